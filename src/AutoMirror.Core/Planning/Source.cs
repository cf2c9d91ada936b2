using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>An interface with everything that the planner knows of it.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Instance">The instance that has it; null when none in the inventory has.</param>
/// <param name="HeldTarget">The mirror target that the instance holds on any of its interfaces.</param>
/// <param name="Owned">This deployment's sessions on it, by number, then id.</param>
/// <param name="Foreign">All others' sessions on it, in the same order.</param>
internal sealed record Source(
    NetworkInterface Interface,
    Instance? Instance,
    Id<TrafficMirrorTarget>? HeldTarget,
    IReadOnlyList<TrafficMirrorSession> Owned,
    IReadOnlyList<TrafficMirrorSession> Foreign)
{
    public InterfaceVerdict Is(Verdict verdict, IReadOnlyList<Reason> because) => new(Interface.Id, Instance?.Id, verdict, because);

    /// <summary>Every interface of an inventory, by id.</summary>
    public static IEnumerable<Source> AllOf(Situation situation, Sensors sensors)
    {
        var sessions = situation.Inventory.Sessions.OrderBy(session => session.SessionNumber).ThenBy(session => session.Id)
            .ToLookup(session => session.NetworkInterfaceId);
        Source Of(NetworkInterface each, Instance? instance, Id<TrafficMirrorTarget>? heldTarget) => new(
            each, instance, heldTarget,
            [.. sessions[each.Id].Where(situation.Owner.Owns)],
            [.. sessions[each.Id].Where(session => !situation.Owner.Owns(session))]);

        var attached =
            from instance in situation.Inventory.Instances
            let heldTarget = instance.NetworkInterfaces.Select(each => sensors.TargetOn(each.Id)).Where(target => target is not null).Min()
            from each in instance.NetworkInterfaces
            select Of(each, instance, heldTarget);
        return attached.Concat(situation.Inventory.StandaloneInterfaces.Select(each => Of(each, null, null)))
            .OrderBy(source => source.Interface.Id);
    }
}
