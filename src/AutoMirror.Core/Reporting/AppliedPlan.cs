using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Reporting;

/// <summary>What the outcomes of a plan's changes make of its verdicts, and the problems that came up on the way.</summary>
internal static class AppliedPlan
{
    /// <summary>The verdicts after every round: what was looked at again has its last verdict.</summary>
    public static IReadOnlyList<InterfaceVerdict> Verdicts(IReadOnlyList<Round> rounds)
    {
        IReadOnlyList<InterfaceVerdict> verdicts = [];
        foreach (var round in rounds)
        {
            var now = Verdicts(round.Plan.Verdicts, round.Applied);
            var (interfaces, instances) = (
                now.Select(verdict => verdict.NetworkInterfaceId).OfType<Id<NetworkInterface>>().ToHashSet(),
                now.Select(verdict => verdict.InstanceId).OfType<Id<Instance>>().ToHashSet());
            verdicts = rounds is [_] ? now :
            [
                .. verdicts.Where(verdict => !(verdict.NetworkInterfaceId is { } id && interfaces.Contains(id))
                    && !(verdict.InstanceId is { } instance && instances.Contains(instance))).Concat(now)
                    .OrderBy(verdict => verdict.NetworkInterfaceId?.Value, StringComparer.Ordinal)
                    .ThenBy(verdict => verdict.InstanceId?.Value, StringComparer.Ordinal),
            ];
        }

        return verdicts;
    }

    /// <summary>What was done in every round, without what had to be tried again in a later one.</summary>
    public static IReadOnlyList<AppliedChange> Changes(IReadOnlyList<Round> rounds) => [
        .. rounds.SkipLast(1)
            .SelectMany(round => round.Applied.Where(each => each.Outcome is not Outcome.Unsettled)), .. rounds[^1].Applied];

    /// <summary>The verdicts as they stand after the changes.</summary>
    public static IReadOnlyList<InterfaceVerdict> Verdicts(IReadOnlyList<InterfaceVerdict> planned, IReadOnlyList<AppliedChange> applied)
    {
        // If several changes concern one interface, the worst outcome decides; among equals, a revised verdict.
        var byInterface = applied.GroupBy(each => each.Change.NetworkInterfaceId)
            .ToDictionary(group => group.Key, group => group.MaxBy(each => (Weight(each), each.Outcome.Revised is not null))!);
        return
        [
            .. planned.Select(verdict => verdict.NetworkInterfaceId is { } id && byInterface.TryGetValue(id, out var change)
                ? After(change.Outcome.Revised ?? verdict, change)
                : verdict),
        ];
    }

    /// <summary>The changes that failed, by cause, and those that found no time.</summary>
    public static IEnumerable<Problem> Problems(IReadOnlyList<AppliedChange> applied)
    {
        var failures = applied.Where(each => each.Outcome is Outcome.Failed)
            .Select(each => (each.Change.NetworkInterfaceId, ((Outcome.Failed)each.Outcome).Refusal)).GroupBy(each => each.Refusal.Code);
        foreach (var group in failures.OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var refusal = group.First().Refusal;
            yield return new Problem(ProblemKind.Failed, $"{Changes(group.Count())} failed: {refusal}. {Advice(refusal.Kind)}")
                .About(group.Select(each => (Id<NetworkInterface>?)each.NetworkInterfaceId));
        }

        if (applied.Where(each => each.Outcome is Outcome.Postponed).ToList() is { Count: > 0 } postponed)
        {
            yield return new Problem(
                ProblemKind.Failed,
                $"{Changes(postponed.Count)} not started, since the invocation's time was over: send the event again, or raise the "
                    + "function's timeout.").About(postponed.Select(each => (Id<NetworkInterface>?)each.Change.NetworkInterfaceId));
        }
    }

    private static string Changes(int count) => count == 1 ? "1 change" : $"{count} changes";

    private static string Advice(RefusalKind kind) => kind switch
    {
        RefusalKind.Denied => "Give the function's role this permission, as infra/sam/template.yaml has it.",
        RefusalKind.ConfiguredGone => "Correct the filter and the targets in Parameter Store.",
        RefusalKind.Transient => "The next event or full sync tries again.",
        _ => "EC2's own words say what is wrong.",
    };

    private static InterfaceVerdict After(InterfaceVerdict verdict, AppliedChange applied) => applied switch
    {
        { Outcome: Outcome.Done, Change: Change.Create { Settings: var settings } } when verdict.Verdict is Verdict.Mirrored mirrored =>
            verdict with { Verdict = mirrored with { Settings = settings } },
        { Outcome: Outcome.Done, Change: Change.Modify { Settings: var settings } } when verdict.Verdict is Verdict.Mirrored mirrored =>
            verdict with { Verdict = mirrored with { Settings = settings } },
        { Outcome: Outcome.Refused { Verdict: var refused } } =>
            refused with { Because = [.. verdict.Because.Where(reason => reason is not Reason.Placed), .. refused.Because] },
        { Outcome: Outcome.Unsettled { Refusal: var refusal } } =>
            verdict with { Verdict = new Verdict.Unsettled(), Because = [.. verdict.Because, new Reason.Refused(refusal)] },
        { Outcome: Outcome.Failed { Refusal: var refusal } } => Failed(verdict, refusal),
        { Outcome: Outcome.Postponed } =>
            Failed(verdict, new Refusal(RefusalKind.Transient, RefusalCodes.NoTimeLeft, "the invocation's time was over")),
        _ => verdict,
    };

    private static InterfaceVerdict Failed(InterfaceVerdict verdict, Refusal refusal) =>
        verdict with { Verdict = new Verdict.Failed(refusal), Because = [.. verdict.Because, new Reason.Refused(refusal)] };

    private static int Weight(AppliedChange applied) => applied switch
    {
        { Outcome: Outcome.Failed } => 4,
        { Outcome: Outcome.Postponed or Outcome.Unsettled } => 3,
        { Outcome: Outcome.Refused } => 2,
        { Change: Change.Delete } => 0,
        _ => 1,
    };
}
