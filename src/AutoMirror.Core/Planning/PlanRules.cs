using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>The linter that every plan passes before it is applied, in production too.
/// A plan that breaks a rule is a bug, and is refused.</summary>
internal static class PlanRules
{
    /// <summary>Every rule that the plan breaks, in words; none for a sound plan.</summary>
    public static IReadOnlyList<string> Broken(Plan plan, Situation situation)
    {
        var (configuration, inventory) = (situation.Configuration, situation.Inventory);
        var sensorInterfaces = configuration.Targets.Values
            .Select(target => target.Destination).OfType<TargetDestination.CaptureInterface>().Select(capture => capture.Id).ToHashSet();
        var seen = inventory.Instances.SelectMany(instance => instance.NetworkInterfaces).Concat(inventory.StandaloneInterfaces)
            .Select(each => each.Id).ToHashSet();
        var sessions = inventory.Sessions.ToLookup(session => session.NetworkInterfaceId);
        var changes = plan.Changes.Concat(plan.Standbys.Select(standby => standby.Create)).ToList();
        return
        [
            .. changes.SelectMany(change => Broken(change, situation.Owner, sensorInterfaces, seen)),
            .. changes.GroupBy(change => change.NetworkInterfaceId).SelectMany(group => BrokenAfter([.. group], sessions[group.Key])),
            .. plan.Verdicts.Select(verdict => verdict.NetworkInterfaceId).OfType<Id<NetworkInterface>>().CountBy(id => id)
                .Where(entry => entry.Value > 1).Select(entry => $"{entry.Key} has {entry.Value} verdicts"),
            .. inventory.Gaps.Count > 0 && plan.Changes.Any(change => change is Change.Delete)
                ? (string[])["an incomplete inventory would delete sessions"]
                : [],
            .. situation.Policy.Mode == PolicyMode.CreateOnly && plan.Changes.Any(change => change is Change.Delete)
                ? (string[])["a plan in the mode create-only would delete sessions"]
                : [],
            .. changes.Where(change => situation.DoubtOf(change.NetworkInterfaceId) is not null)
                .Select(change => $"{change.NetworkInterfaceId} would be changed although a young event contradicts what was read of it"),
            .. BeyondLimits(plan, situation.Policy.Limits, situation.AllowDeletes),
        ];
    }

    private static IEnumerable<string> Broken(
        Change change, SessionOwner owner, HashSet<Id<NetworkInterface>> sensorInterfaces, HashSet<Id<NetworkInterface>> seen)
    {
        if (change is Change.Modify { Session: var modified } && !owner.Owns(modified))
            yield return $"the foreign session {modified.Id} would be modified";
        if (change is Change.Delete { Session: var deleted } && !owner.Owns(deleted))
            yield return $"the foreign session {deleted.Id} would be deleted";
        if (change is not Change.Delete && sensorInterfaces.Contains(change.NetworkInterfaceId))
            yield return $"{change.NetworkInterfaceId} is a mirror target and would become a source";
        if (!seen.Contains(change.NetworkInterfaceId))
            yield return $"{change.NetworkInterfaceId} was not seen, and its session would be changed";
    }

    private static IEnumerable<string> BeyondLimits(Plan plan, Limits limits, bool allowDeletes)
    {
        var counted = plan.Changes.Count(change => change.CountsAgainstLimits);
        var isBeyond = plan.IsFullSync
            ? counted > limits.Deletes && counted * 100L > (long)limits.Percent * plan.OwnedSessions
            : counted > limits.ScopedDeletes;
        if (isBeyond && !allowDeletes)
        {
            var changes = counted == 1 ? "1 delete or target change is" : $"{counted} deletes and target changes are";
            yield return $"{changes} beyond the policy's limits";
        }
    }

    /// <summary>What would be wrong on one interface once the changes are carried out.</summary>
    private static IEnumerable<string> BrokenAfter(IReadOnlyList<Change> changes, IEnumerable<TrafficMirrorSession> sessions)
    {
        var networkInterface = changes[0].NetworkInterfaceId;
        var numbers = sessions.ToDictionary(session => session.Id.Value, session => session.SessionNumber);
        var given = new HashSet<SessionNumber>();
        foreach (var change in changes)
        {
            switch (change)
            {
                case Change.Delete delete:
                    numbers.Remove(delete.Session.Id.Value);
                    break;
                case Change.Modify modify:
                    numbers[modify.Session.Id.Value] = modify.Settings.SessionNumber;
                    if (modify.Difference.SessionNumber is { } changed)
                        given.Add(changed);
                    break;
                case Change.Create create:
                    numbers[$"new {numbers.Count}"] = create.Settings.SessionNumber;
                    given.Add(create.Settings.SessionNumber);
                    break;
            }
        }

        if (changes.Any(change => change is Change.Create) && numbers.Count > Quotas.SessionsPerInterface)
            yield return $"{networkInterface} would have {numbers.Count} sessions";

        // A number that EC2 itself shows twice, since one of the two is just deleted and still listed, is no fault of the plan.
        foreach (
            var (number, count) in numbers.Values.CountBy(number => number).Where(entry => entry.Value > 1 && given.Contains(entry.Key)))
        {
            yield return $"{networkInterface} would have {count} sessions with the number {number}";
        }
    }
}
