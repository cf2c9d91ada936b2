using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>Chooses targets out of a sensor's pool: stable, spread, in the source's Availability Zone where that is possible.</summary>
/// <remarks>
/// Rendezvous hashing: every (interface, target) pair has a weight of its own, and the heaviest target wins. So adding or losing
/// one of n targets moves about 1/n of the sources, and invocations that know nothing of each other choose alike.
/// </remarks>
internal sealed class Placement
{
    private readonly Dictionary<Id<TrafficMirrorTarget>, int>? _sources;

    private Placement(Dictionary<Id<TrafficMirrorTarget>, int>? sources) => _sources = sources;

    /// <summary>A placement that counts everyone's sources, where the inventory holds them all; otherwise EC2's refusal is what tells.</summary>
    public static Placement For(Inventory inventory) => new(inventory.SessionCoverage is not SessionCoverage.Account ? null :
        inventory.Sessions.GroupBy(session => session.TargetId).ToDictionary(group => group.Key, group => group.Count()));

    /// <summary>All targets of a pool, the best first.</summary>
    public static IReadOnlyList<TrafficMirrorTarget> Rank(NetworkInterface source, IReadOnlyList<TrafficMirrorTarget> pool) => pool.Count == 1
        ? pool
        : [.. pool.OrderBy(target => Distance(source, target)).ThenByDescending(target => Weight(source.Id.Value, target.Id.Value)).ThenBy(target => target.Id)];

    /// <summary>Whether a target takes another source, as far as is known.</summary>
    public bool HasRoom(TrafficMirrorTarget target) =>
        _sources is null || TargetCapacity.Of(target.Destination) is not { } capacity || _sources.GetValueOrDefault(target.Id) < capacity;

    /// <summary>A session comes to a target.</summary>
    public void Add(Id<TrafficMirrorTarget> target) => Count(target, +1);

    /// <summary>A session leaves a target.</summary>
    public void Remove(Id<TrafficMirrorTarget> target) => Count(target, -1);

    private void Count(Id<TrafficMirrorTarget> target, int by)
    {
        if (_sources is not null)
            _sources[target] = _sources.GetValueOrDefault(target) + by;
    }

    // Mirrored traffic that leaves the Availability Zone is paid for. A load balancer has no zone of its own.
    private static int Distance(NetworkInterface source, TrafficMirrorTarget target) => target.Destination switch
    {
        TargetDestination.CaptureInterface { AvailabilityZone: { } zone } when source.AvailabilityZone is { } own => zone == own ? 0 : 2,
        _ => 1,
    };

    /// <summary>FNV-1a over both ids, then a finalizer that spreads what differs in a few bits only over all 64.</summary>
    private static ulong Weight(string source, string target)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in source)
            hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ '/') * 1099511628211UL;
        foreach (var c in target)
            hash = (hash ^ c) * 1099511628211UL;
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }
}
