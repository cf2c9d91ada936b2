using AutoMirror.Core.Applying;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>What the outcomes make of the plan's verdicts and problems.</summary>
internal static class Aftermath
{
    /// <summary>The verdicts as they stand after the changes.</summary>
    public static IReadOnlyList<InterfaceVerdict> Verdicts(IReadOnlyList<InterfaceVerdict> planned, IReadOnlyList<AppliedChange> applied)
    {
        // Several changes can concern one interface (a double deleted, the other session modified): the first that went wrong tells, and
        // otherwise what was found out last.
        var byInterface = applied.GroupBy(each => each.Change.NetworkInterfaceId)
            .ToDictionary(group => group.Key, group => group.MaxBy(each => (Weight(each.Outcome), each.Outcome.Revised is not null))!);
        return PlanProblems.CountWaiting(
            [.. planned.Select(verdict => verdict.NetworkInterfaceId is { } id && byInterface.TryGetValue(id, out var change) ? After(change.Outcome.Revised ?? verdict, change.Outcome) : verdict)]);
    }

    /// <summary>The plan's problems, as far as they are there still, and those that came up while it was carried out.</summary>
    public static IEnumerable<Problem> Problems(Plan plan, IReadOnlyList<InterfaceVerdict> after, IReadOnlyList<AppliedChange> applied, Setup setup)
    {
        foreach (var problem in plan.Problems.Except(PlanProblems.Of(plan.Verdicts, setup)).Concat(PlanProblems.Of(after, setup)))
            yield return problem;

        foreach (var group in applied.Select(each => each.Outcome).OfType<Outcome.Failed>().GroupBy(failed => failed.Refusal.Code).OrderBy(group => group.Key, StringComparer.Ordinal))
            yield return new Problem(ProblemKind.Failed, $"{Changes(group.Count())} failed: {group.First().Refusal}. {Advice(group.First().Refusal.Kind)}");
        if (applied.Count(each => each.Outcome is Outcome.Postponed) is > 0 and var postponed)
            yield return new Problem(ProblemKind.Failed, $"{Changes(postponed)} not started, since the invocation's time was over: send the event again, or raise the function's timeout.");
    }

    private static string Changes(int count) => count == 1 ? "1 change" : $"{count} changes";

    private static string Advice(RefusalKind kind) => kind switch
    {
        RefusalKind.Denied => "Give the function's role this permission, as infra/sam/template.yaml has it.",
        RefusalKind.ConfiguredGone => "Correct the filter and the targets in Parameter Store.",
        RefusalKind.Transient => "The next event or re-sync tries again.",
        _ => "EC2's own words say what is wrong.",
    };

    private static InterfaceVerdict After(InterfaceVerdict verdict, Outcome outcome) => outcome switch
    {
        Outcome.Created { Settings: var settings } when verdict.Verdict is Verdict.Mirrored mirrored => verdict with { Verdict = mirrored with { Settings = settings } },
        Outcome.Modified { Settings: var settings } when verdict.Verdict is Verdict.Mirrored mirrored => verdict with { Verdict = mirrored with { Settings = settings } },
        Outcome.Refused { Verdict: var refused } => refused with { Because = [.. verdict.Because.Where(reason => reason is not Reason.Placed), .. refused.Because] },
        Outcome.Failed { Refusal: var refusal } => Failed(verdict, refusal),
        Outcome.Postponed => Failed(verdict, new Refusal(RefusalKind.Transient, Applier.NoTimeLeft, "the invocation's time was over")),
        _ => verdict,
    };

    private static InterfaceVerdict Failed(InterfaceVerdict verdict, Refusal refusal) =>
        verdict with { Verdict = new Verdict.Failed(refusal), Because = [.. verdict.Because, new Reason.Refused(refusal)] };

    private static int Weight(Outcome outcome) => outcome switch
    {
        Outcome.Failed => 4,
        Outcome.Postponed => 3,
        Outcome.Refused => 2,
        Outcome.Deleted => 0,
        _ => 1,
    };
}
