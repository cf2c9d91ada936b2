using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>The linter that every plan passes before it is applied, in production too. A plan that breaks a rule is a bug, and is refused.</summary>
public static class PlanRules
{
    /// <summary>Every rule that the plan breaks, in words; none for a sound plan.</summary>
    public static IReadOnlyList<string> Broken(Plan plan, Deployment deployment, Setup setup, Inventory inventory)
    {
        var sensorInterfaces = setup.Targets.Values
            .Select(target => target.Destination).OfType<TargetDestination.CaptureInterface>().Select(capture => capture.Id).ToHashSet();
        var seen = inventory.Instances.SelectMany(instance => instance.NetworkInterfaces).Concat(inventory.StandaloneInterfaces).Select(each => each.Id).ToHashSet();
        var sessions = inventory.Sessions.ToLookup(session => session.NetworkInterfaceId);
        return
        [
            .. plan.Changes.SelectMany(change => Broken(change, deployment, sensorInterfaces, seen)),
            .. plan.Changes.GroupBy(change => change.NetworkInterfaceId).SelectMany(group => BrokenAfter([.. group], sessions[group.Key])),
            .. plan.Verdicts.Select(verdict => verdict.NetworkInterfaceId).OfType<Id<NetworkInterface>>().CountBy(id => id)
                .Where(entry => entry.Value > 1).Select(entry => $"{entry.Key} has {entry.Value} verdicts"),
            .. inventory.Gaps.Count > 0 && plan.Changes.Any(change => change is Change.Delete) ? (string[])["an incomplete inventory would delete sessions"] : [],
        ];
    }

    private static IEnumerable<string> Broken(
        Change change, Deployment deployment, HashSet<Id<NetworkInterface>> sensorInterfaces, HashSet<Id<NetworkInterface>> seen)
    {
        if (change is Change.Modify { Session: var modified } && !deployment.Owns(modified))
            yield return $"the foreign session {modified.Id} would be modified";
        if (change is Change.Delete { Session: var deleted } && !deployment.Owns(deleted))
            yield return $"the foreign session {deleted.Id} would be deleted";
        if (change is not Change.Delete && sensorInterfaces.Contains(change.NetworkInterfaceId))
            yield return $"{change.NetworkInterfaceId} is a mirror target and would become a source";
        if (!seen.Contains(change.NetworkInterfaceId))
            yield return $"{change.NetworkInterfaceId} was not seen, and its session would be changed";
    }

    /// <summary>What would be wrong on one interface once the changes are carried out.</summary>
    private static IEnumerable<string> BrokenAfter(IReadOnlyList<Change> changes, IEnumerable<TrafficMirrorSession> sessions)
    {
        var networkInterface = changes[0].NetworkInterfaceId;
        var numbers = sessions.ToDictionary(session => session.Id.Value, session => session.SessionNumber);
        foreach (var change in changes)
        {
            switch (change)
            {
                case Change.Delete delete:
                    numbers.Remove(delete.Session.Id.Value);
                    break;
                case Change.Modify modify:
                    numbers[modify.Session.Id.Value] = modify.Settings.SessionNumber;
                    break;
                case Change.Create create:
                    numbers[$"new {numbers.Count}"] = create.Settings.SessionNumber;
                    break;
            }
        }

        if (changes.Any(change => change is Change.Create) && numbers.Count > Quotas.SessionsPerInterface)
            yield return $"{networkInterface} would have {numbers.Count} sessions";
        foreach (var (number, count) in numbers.Values.CountBy(number => number).Where(entry => entry.Value > 1))
            yield return $"{networkInterface} would have {count} sessions with the number {number}";
    }
}
