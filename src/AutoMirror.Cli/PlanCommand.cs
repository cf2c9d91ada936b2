using System.CommandLine;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Plans;
using AutoMirror.Cli.Policies;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;

namespace AutoMirror.Cli;

/// <summary><c>automirror plan</c>: what a sync would do, or what another policy would change.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var where = new ScopeOptions();
        var policy = new Option<string?>("--policy")
        {
            Description = "What if this were the policy: a file, or - for standard input. Shows the difference against the one in force.",
            HelpName = "FILE",
        };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Exit with 3 when there is something to change." };
        var (source, output) = (new SourceOptions(), new OutputOptions());
        var verb = new Verb("plan", "Shows what a full sync, or one of a part, would do. Changes nothing.");
        where.AddTo(verb);
        verb.Add(policy);
        verb.Add(detailed);
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror plan --profile prod", "what a full sync would do"),
            ("automirror plan --instance i-0123456789abcdef0", "what it would do with one instance"),
            ("automirror plan --policy new.json", "who gains, loses and moves under another policy, and what it costs"),
            ("automirror plan --detailed-exitcode --quiet", "3 when something is to be changed, for scripts"),
            ("automirror plan --from recorded/", "the same of an account that was recorded"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var scope = where.Read(parsed);
            var candidate = parsed.GetValue(policy) is { } file ? await PolicyFile.ReadAsync(file, cancellationToken) : null;
            using var account = await source.OpenAsync(parsed, cancellationToken);
            var isChange = candidate is null
                ? await PlanAsync(parsed, output, account, scope, cancellationToken)
                : await CompareAsync(parsed, output, account, scope, candidate, cancellationToken);
            return isChange && parsed.GetValue(detailed) ? CommandLine.IsSo : CommandLine.Success;
        });
        return verb;
    }

    private static async Task<bool> PlanAsync(
        ParseResult parsed, OutputOptions output, IAccountSource account, Scope scope, CancellationToken cancellationToken)
    {
        var plan = PlanDocument.Of(await Look.AtAsync(account, scope, new Dictionary<string, string>(), cancellationToken));
        output.Print(parsed, plan, (page, limit) => PlanText.Write(page, plan, limit));
        return plan.Changes.Count > 0;
    }

    private static async Task<bool> CompareAsync(
        ParseResult parsed, OutputOptions output, IAccountSource account, Scope scope, PolicyFile candidate,
        CancellationToken cancellationToken)
    {
        candidate.ThrowIfWrong();
        var before = await Look.AtAsync(account, scope, new Dictionary<string, string>(), cancellationToken);
        var after = await Look.AtAsync(
            account, scope, SnapshotParameters.WithPolicy(account.Settings.Prefix, candidate.Json), cancellationToken);
        var difference = WhatIf.Between(before, after, SessionPrice.In(account.Settings.Region));
        output.Print(parsed, difference, difference.Write);
        return !difference.IsNone;
    }
}
