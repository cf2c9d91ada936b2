using System.CommandLine;
using AutoMirror.Cli.Changing;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Plans;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;

namespace AutoMirror.Cli;

/// <summary><c>automirror sync</c>: brings sessions in step from here, as the function does.</summary>
internal static class SyncCommand
{
    public static Command Create()
    {
        var (where, aws, output) = (new ScopeOptions(), new AwsOptions(), new OutputOptions());
        var allowDeletes = new Option<bool>("--allow-deletes")
        {
            Description = "Let through more deletes and moves than the policy's limits. See automirror plan first.",
        };
        var verb = new Verb(
            "sync", "Makes, changes and deletes sessions as the function would, from here. It keeps the policy's limits and never asks.");
        where.AddTo(verb);
        verb.Add(allowDeletes);
        output.AddTo(verb);
        aws.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror sync --profile prod", "a full sync"),
            ("automirror sync --vpc vpc-0123456789abcdef0", "one VPC"),
            ("automirror sync --allow-deletes", "beyond the policy's limits, after a look at automirror plan"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await Connection.OpenAsync(aws.Read(parsed), cancellationToken);
            var account = await connection.AccountAsync(cancellationToken);
            using var run = new RunHere(connection, account, output.IsQuiet(parsed));
            var request = new MirrorEvent.ManualRequest(where.Read(parsed), DryRun: false, parsed.GetValue(allowDeletes));
            var (report, failure) = await run.RunAsync(request, "automirror sync", cancellationToken);
            var done = PlanDocument.OfDone(run.Settings, report);
            output.Print(parsed, done, (page, limit) => PlanText.WriteDone(page, done, limit));
            if (failure is not null)
                throw new CommandException(failure.Message);
            return report.Converged ? CommandLine.Success : CommandLine.Failure;
        });
        return verb;
    }
}
