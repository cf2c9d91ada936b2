using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Planning;

/// <summary>Small transforms of a plan that hold changes back. Each says so in the verdicts it touches.</summary>
internal static class PlanLimits
{
    public static Plan Restrict(Plan plan, Situation situation) =>
        WithinLimits(
            InMode(WithinGaps(WithoutContradicted(plan, situation), situation), situation.Policy.Mode), situation.Policy.Limits,
            situation.AllowDeletes);

    /// <summary>Where young events contradict the inventory, nothing is changed, and no verdict is given yet.</summary>
    private static Plan WithoutContradicted(Plan plan, Situation situation)
    {
        if (situation.Contradictions.Count == 0)
            return plan;
        Contradiction? Against(InterfaceVerdict verdict) =>
            (verdict.NetworkInterfaceId is { } id ? situation.DoubtOf(id) : null)
            ?? situation.Contradictions.FirstOrDefault(each => verdict.InstanceId is { } holder && each.Where.Instances.Contains(holder));
        var (interfaces, instances) = (
            plan.Verdicts.Select(verdict => verdict.NetworkInterfaceId).ToHashSet(), plan.Verdicts.Select(verdict => verdict.InstanceId)
                .ToHashSet());
        return plan with
        {
            Changes = [.. plan.Changes.Where(change => situation.DoubtOf(change.NetworkInterfaceId) is null)],
            Standbys = [.. plan.Standbys.Where(standby => situation.DoubtOf(standby.Create.NetworkInterfaceId) is null)],
            Verdicts =
            [
                .. plan.Verdicts.Select(verdict => Against(verdict) is { } by ? verdict.Unsettled(by) : verdict),
                .. from each in situation.Contradictions
                   from instance in each.Where.Instances
                   where !instances.Contains(instance)
                   select new InterfaceVerdict(null, instance, new Verdict.Gone(), []).Unsettled(each),
                .. from each in situation.Contradictions
                   from networkInterface in each.Where.NetworkInterfaces
                   where !interfaces.Contains(networkInterface) && each.Where.Instances.IsEmpty
                   select new InterfaceVerdict(networkInterface, null, new Verdict.Gone(), []).Unsettled(each),
            ],
        };
    }

    private static InterfaceVerdict Unsettled(this InterfaceVerdict verdict, Contradiction by) =>
        verdict with { Verdict = new Verdict.Unsettled(), Because = [.. verdict.Because, new Reason.Contradicted(by)] };

    /// <summary>An incomplete inventory deletes nothing: what looks unwanted may only not have been seen.
    /// Where sessions or tags that decide are missing, nothing is done at all.</summary>
    private static Plan WithinGaps(Plan plan, Situation situation)
    {
        var gaps = situation.Inventory.Gaps;
        if (gaps.Count == 0)
            return plan;
        var missesWhatDecides = gaps.Any(gap => Decides(gap, situation.Policy));
        var unmade = !missesWhatDecides ? [] : plan.Changes.OfType<Change.Create>().Select(create => create.NetworkInterfaceId).ToHashSet();
        var withheld = Withhold(plan, change => missesWhatDecides || change is Change.Delete, WithheldBy.Gaps);
        return unmade.Count == 0 ? withheld : withheld with
        {
            // No session is made for them, so they are not mirrored.
            Verdicts =
            [
                .. withheld.Verdicts.Select(verdict => verdict.NetworkInterfaceId is { } id && unmade.Contains(id)
                    ? verdict with { Verdict = new Verdict.Failed(gaps[0].Why) }
                    : verdict),
            ],
        };
    }

    // An interface's, subnet's or VPC's own tag may say no, or name another sensor. Instances that were read are read with their tags.
    private static bool Decides(Gap gap, Policy policy) => gap.Action switch
    {
        Actions.DescribeInstances => false,
        Actions.DescribeInterfaces => policy.TagLevels.Contains(TagLevel.Interface),
        _ => true,
    };

    /// <summary>The policy's mode. <c>observe</c> and <c>off</c> are not here: the one
    /// carries nothing out, the other reads nothing.</summary>
    private static Plan InMode(Plan plan, PolicyMode mode) =>
        mode == PolicyMode.CreateOnly ? Withhold(plan, change => change is Change.Delete, WithheldBy.Mode) : plan;

    /// <summary>The blast radius: an emptied parameter, or a slip in the policy, must not blind a sensor.</summary>
    private static Plan WithinLimits(Plan plan, Limits limits, bool allowDeletes)
    {
        var counted = plan.Changes.Where(change => change.CountsAgainstLimits).ToList();
        if (allowDeletes)
            return plan;
        if (!plan.IsFullSync)
        {
            // A scoped plan can't know all owned sessions; what goes beyond its own limit is left to the next full sync.
            var beyond = counted.Skip(limits.ScopedDeletes).ToHashSet(ReferenceEqualityComparer.Instance);
            return beyond.Count == 0 ? plan : Withhold(plan, beyond.Contains, WithheldBy.Limits, new Problem(
                ProblemKind.BlastRadius,
                $"{beyond.Count} of {counted.Count} deletes and target changes go beyond the policy's limits.scopedDeletes of "
                    + $"{limits.ScopedDeletes}: the next full sync looks at them."));
        }

        if (counted.Count <= limits.Deletes || counted.Count * 100L <= (long)limits.Percent * plan.OwnedSessions)
            return plan;
        return Withhold(plan, change => change.CountsAgainstLimits, WithheldBy.Limits, new Problem(
            ProblemKind.BlastRadius,
            $"{counted.Count} of {plan.OwnedSessions} sessions would be deleted or sent to another target, more than the policy's limits "
            + $"({limits.Deletes}, and {limits.Percent} %) let through. If that is meant, send the event "
            + "{\"action\":\"resync\",\"allowDeletes\":true}; if not, correct the tags, the policy or the targets."));
    }

    /// <summary>The plan without some of its changes; the verdicts on their interfaces say what held them back.</summary>
    private static Plan Withhold(Plan plan, Func<Change, bool> isHeld, WithheldBy by, Problem? problem = null)
    {
        // Where a double stays, its number stays taken: the session that would have moved there keeps its own.
        var doubled = plan.Changes.OfType<Change.Delete>().Where(isHeld).Select(delete => delete.NetworkInterfaceId).ToHashSet();
        bool Held(Change change) => isHeld(change)
            || (change is Change.Modify { Difference.SessionNumber: not null } && doubled.Contains(change.NetworkInterfaceId));

        var interfaces = plan.Changes.Where(Held).Select(change => change.NetworkInterfaceId).ToHashSet();
        var unmoved = plan.Changes.OfType<Change.Modify>().Where(modify => Held(modify))
            .ToDictionary(modify => modify.NetworkInterfaceId, modify => modify.Session.TargetId);
        return interfaces.Count == 0 ? plan : plan with
        {
            Changes = [.. plan.Changes.Where(change => !Held(change))],
            Standbys = [.. plan.Standbys.Where(standby => !Held(standby.Create))],
            Verdicts = [.. plan.Verdicts.Noting(interfaces, by).Select(verdict => StayingOn(verdict, unmoved))],
            Problems = problem is null ? plan.Problems
                : [.. plan.Problems, problem.About(interfaces.Select(id => (Id<NetworkInterface>?)id))],
        };
    }

    // Its packets go where they went before, not where the plan would have sent them.
    private static InterfaceVerdict StayingOn(
        InterfaceVerdict verdict, Dictionary<Id<NetworkInterface>, Id<TrafficMirrorTarget>> targets) =>
        verdict is { NetworkInterfaceId: { } id, Verdict: Verdict.Mirrored mirrored } && targets.TryGetValue(id, out var target)
            ? verdict with { Verdict = mirrored with { Settings = mirrored.Settings with { TargetId = target } } }
            : verdict;

    /// <summary>The verdicts, with a word at those whose interface has a change that is held back.</summary>
    internal static IReadOnlyList<InterfaceVerdict> Noting(
        this IReadOnlyList<InterfaceVerdict> verdicts, IReadOnlySet<Id<NetworkInterface>> interfaces, WithheldBy by) =>
    [
        .. verdicts.Select(verdict => verdict.NetworkInterfaceId is { } id && interfaces.Contains(id)
            ? verdict with { Because = [.. verdict.Because, new Reason.Withheld(by)] }
            : verdict),
    ];
}
