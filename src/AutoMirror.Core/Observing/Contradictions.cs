using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>Holds an inventory against the witnesses.</summary>
internal static class Contradictions
{
    /// <summary>Where witnesses and inventory do not agree; at most one for each thing that an event speaks of.</summary>
    public static IReadOnlyList<Contradiction> In(Inventory inventory, Policy policy, IReadOnlyList<IReadOnlyList<MirrorEvent>> witnesses)
    {
        if (witnesses.Count == 0)
            return [];
        var instances = inventory.Instances.ToDictionary(instance => instance.Id);
        var found = new List<Contradiction>();
        foreach (var about in witnesses)
        {
            var each = about.Select(witness => Between(witness, inventory, instances, policy)).ToList();
            if (each.TrueForAll(contradiction => contradiction is not null))
                found.Add(each[0]!);
        }

        return found;
    }

    private static Contradiction? Between(
        MirrorEvent witness, Inventory inventory, IReadOnlyDictionary<Id<Instance>, Instance> instances, Policy policy) => witness switch
        {
            MirrorEvent.InstanceStateChange { InstanceId: var id, State: var said } => instances.GetValueOrDefault(id) is { } instance
                ? !Agree(said, instance.State) ? new Contradiction.OtherState(id, said, instance.State)
                    : said == InstanceState.Terminated ? StillAttachedTo(id, inventory)
                    : null
                : said is InstanceState.Terminated or InstanceState.ShuttingDown ? null : NotShown(id, inventory),
            MirrorEvent.TagChange { After: { } after } change => Between(change, after, inventory, instances, policy),
            MirrorEvent.InterfaceAttached { NetworkInterfaceId: var id, InstanceId: var on } =>
                instances.GetValueOrDefault(on) is not { } holder ? NotShown(on, inventory)
                : holder.NetworkInterfaces.Any(each => each.Id == id) ? null
                : new Contradiction.NotAttached(id, on),
            MirrorEvent.InterfaceCreated { NetworkInterfaceId: var id } => NotShown(id, inventory),
            MirrorEvent.SessionDeleted { SessionId: var id } =>
                inventory.Sessions.FirstOrDefault(session => session.Id == id) is { } session
                ? new Contradiction.SessionStillListed(id, session.NetworkInterfaceId)
                : null,
            _ => null,
        };

    /// <summary>Whether a state that EC2 shows fits what an event says.</summary>
    /// <remarks>Pending and running are one thing here: both are mirrored. Of what is stopping nothing is decided.</remarks>
    private static bool Agree(InstanceState said, InstanceState shown) => said switch
    {
        InstanceState.Stopping or InstanceState.ShuttingDown => true,
        InstanceState.Pending or InstanceState.Running => shown is InstanceState.Pending or InstanceState.Running,
        _ => shown == said,
    };

    private static Contradiction? Between(
        MirrorEvent.TagChange change, Tags after, Inventory inventory, IReadOnlyDictionary<Id<Instance>, Instance> instances, Policy policy)
    {
        var keys = change.ChangedKeys.Where(key => policy.Counts(change.Level, key)).ToList();
        if (Read(change, inventory, instances) is { } shown)
        {
            return keys.Find(key => after[key] != shown[key]) is { } key
                ? new Contradiction.OtherTag(change.Where, change.Level, key, after[key], shown[key])
                : null;
        }

        // A tag that is set says that the resource exists. One that is removed may have been removed with it.
        return change switch
        {
            _ when !keys.Exists(key => after[key] is not null) => null,
            { Level: TagLevel.Instance } => NotShown(change.Where.Instances[0], inventory),
            { Level: TagLevel.Interface } => NotShown(change.Where.NetworkInterfaces[0], inventory),
            _ => null,
        };
    }

    /// <summary>A terminated instance has no interfaces. One that outlives it was
    /// seen by itself, and is then attached to nothing.</summary>
    private static Contradiction.StillAttached? StillAttachedTo(Id<Instance> id, Inventory inventory) =>
        inventory.Sessions.Where(session => session.Tags[Ownership.InstanceIdKey] == id.Value).Select(session => session.NetworkInterfaceId)
            .Where(each => !inventory.MissingInterfaces.Contains(each) && Find(each, inventory) is null)
            .Select(each => new Contradiction.StillAttached(each, id)).FirstOrDefault();

    // Only what was asked for can be missing.
    private static Contradiction.InstanceNotShown? NotShown(Id<Instance> id, Inventory inventory) =>
        inventory.MissingInstances.Contains(id) || inventory.SessionCoverage is SessionCoverage.Account
            ? new Contradiction.InstanceNotShown(id)
            : null;

    private static Contradiction.InterfaceNotShown? NotShown(Id<NetworkInterface> id, Inventory inventory) =>
        inventory.MissingInterfaces.Contains(id) ? new Contradiction.InterfaceNotShown(id) : null;

    /// <summary>The tags that were read of the resource whose tags changed; null when they were not read.</summary>
    private static Tags? Read(MirrorEvent.TagChange change, Inventory inventory, IReadOnlyDictionary<Id<Instance>, Instance> instances) =>
        change.Level switch
        {
            TagLevel.Instance => instances.GetValueOrDefault(change.Where.Instances[0])?.Tags,
            TagLevel.Interface => Find(change.Where.NetworkInterfaces[0], inventory)?.Tags,
            TagLevel.Subnet => inventory.SubnetTags.GetValueOrDefault(change.Where.Subnets[0]),
            TagLevel.Vpc => inventory.VpcTags.GetValueOrDefault(change.Where.Vpcs[0]),
            _ => null,
        };

    private static NetworkInterface? Find(Id<NetworkInterface> id, Inventory inventory) =>
        inventory.StandaloneInterfaces.FirstOrDefault(each => each.Id == id)
        ?? inventory.Instances.SelectMany(instance => instance.NetworkInterfaces).FirstOrDefault(each => each.Id == id);
}
