using AutoMirror.Core;
using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Snapshots;

/// <summary>What the function itself would see, conclude and do, in a dry run of its own code.</summary>
/// <param name="Source">Where it looked.</param>
/// <param name="Report">The dry run's report.</param>
/// <param name="Situation">What the plan follows from.</param>
/// <param name="Plan">What it would do.</param>
/// <param name="IsOff">Whether AutoMirror is switched off: this is then what it would do in the mode <c>sync</c>.</param>
internal sealed record Look(IAccountSource Source, Report Report, Situation Situation, Plan Plan, bool IsOff)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Looks at a scope.</summary>
    /// <param name="instead">Parameters that hold instead of those in Parameter Store.</param>
    /// <exception cref="CommandException">There is no plan: the configuration is wrong, or could not be read.</exception>
    public static async Task<Look> AtAsync(
        IAccountSource source, Scope where, IReadOnlyDictionary<string, string> instead, CancellationToken cancellationToken)
    {
        if (await TryAsync(source, where, instead, cancellationToken) is { } look)
            return look;
        var mode = ParameterSetReader.ModeParameter(source.Settings.Prefix);
        var policy = ParameterSetReader.PolicyParameter(source.Settings.Prefix);
        var on = new Dictionary<string, string>(instead) { [mode] = PolicyWords.Modes.WordFor(PolicyMode.Sync) };
        if (await SwitchedOnAsync(source, on, policy, cancellationToken) is { } json)
            on[policy] = json;
        return await TryAsync(source, where, on, cancellationToken) is { } switchedOn
            ? switchedOn with { IsOff = true }
            : throw new CommandException($"AutoMirror is switched off, and what it would do can't be seen: correct {mode}.");
    }

    private static async Task<Look?> TryAsync(
        IAccountSource source, Scope where, IReadOnlyDictionary<string, string> instead, CancellationToken cancellationToken)
    {
        (Situation Situation, CheckedPlan Plan)? seen = null;
        var reconciler = new Reconciler(
            source.Port is { } port && where is Scope.Part ? port : new SnapshotEc2(source), new SnapshotParameters(source, instead),
            new WarmState(source.Time), source.Time, source.Settings);
        var delivery = new Delivery(Guid.NewGuid().ToString(), source.Time.GetUtcNow() + Limit)
        {
            OnPlanned = (situation, plan) => seen = (situation, plan),
        };
        var result = await reconciler.RunAsync(
            [new MirrorEvent.ManualRequest(where, DryRun: true, AllowDeletes: false)], delivery, cancellationToken);
        if (result.Report is null || (result.Failure is { } failure && seen is null))
            throw new CommandException(result.Failure?.Message ?? "there is no report");
        return seen is var (situation, checkedPlan)
            ? new Look(
                source, result.Report with { ApiCalls = source.Calls }, situation, checkedPlan.Plan, IsOff: false)
            : null;
    }

    /// <summary>The policy in force with the mode <c>sync</c>; null where it has no mode of its own.</summary>
    private static async Task<string?> SwitchedOnAsync(
        IAccountSource source, Dictionary<string, string> instead, string policy, CancellationToken cancellationToken)
    {
        var parameters = await new SnapshotParameters(source, instead).ReadAsync(source.Settings.Prefix, cancellationToken);
        if (!parameters.TryGet(out var found, out _) || found.FirstOrDefault(each => each.Name == policy)?.Value is not { } json
            || System.Text.Json.Nodes.JsonNode.Parse(json.TrimStart('\uFEFF')) is not System.Text.Json.Nodes.JsonObject fields)
        {
            return null;
        }

        fields["mode"] = PolicyWords.Modes.WordFor(PolicyMode.Sync);
        return fields.ToJsonString();
    }
}
