using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>Chooses targets out of a sensor's pool: stable, spread, in the source's
/// VPC and Availability Zone where that is possible.</summary>
/// <remarks>
/// Rendezvous hashing: every (interface, target) pair has a weight of its own, and the heaviest target wins. So adding or losing
/// one of n targets moves about 1/n of the sources, and invocations that know nothing of each other choose alike.
/// </remarks>
internal sealed class Placement
{
    private readonly Dictionary<Id<TrafficMirrorTarget>, Slot> _slots = [];
    private readonly Dictionary<IReadOnlyList<TrafficMirrorTarget>, Slot[]> _pools = new(ReferenceEqualityComparer.Instance);

    /// <summary>Counts everyone's sources, where the inventory holds them all; otherwise EC2's refusal decides.</summary>
    public Placement(Situation situation)
    {
        foreach (var target in situation.Configuration.Targets.Values)
        {
            var point = situation.Equipment.Of(target.Id);
            var capacity = situation.IsFullSync ? TargetCapacity.Of(target.Destination, point.InstanceType) : null;
            _slots[target.Id] = new Slot(target, point, capacity);
        }

        foreach (var session in situation.Inventory.Sessions)
            Add(session.TargetId, session.NetworkInterfaceId);
    }

    /// <summary>The targets of a pool that take another source, as far as is known, the best first.</summary>
    public IReadOnlyList<Id<TrafficMirrorTarget>> Open(NetworkInterface source, IReadOnlyList<TrafficMirrorTarget> pool) =>
        Ranked(source, [.. Reachable(source, pool).Where(slot => HasRoom(slot) || slot.SessionsOf.ContainsKey(source.Id))]);

    /// <summary>Every target of a pool, full or not, the best first.</summary>
    public IReadOnlyList<Id<TrafficMirrorTarget>> Ranked(NetworkInterface source, IReadOnlyList<TrafficMirrorTarget> pool) =>
        Ranked(source, [.. Reachable(source, pool)]);

    /// <summary>Which place a target has among all of its pool, from 1; 0 when it is not in the pool.</summary>
    public int RankOf(NetworkInterface source, IReadOnlyList<TrafficMirrorTarget> pool, Id<TrafficMirrorTarget> target)
    {
        var slots = SlotsOf(pool);
        if (Array.Find(slots, slot => slot.Target.Id == target) is not { } chosen)
            return 0;
        var hash = Hash(source.Id.Value);
        var rank = RankOf(source, hash, chosen);
        return 1 + slots.Count(slot => RankOf(source, hash, slot).CompareTo(rank) < 0);
    }

    public void Add(Id<TrafficMirrorTarget> target, Id<NetworkInterface> source) => Count(target, source, +1);

    public void Remove(Id<TrafficMirrorTarget> target, Id<NetworkInterface> source) => Count(target, source, -1);

    // Where the source's own VPC has a target, full or not, one in another VPC is none: the copies may have no route there.
    private IEnumerable<Slot> Reachable(NetworkInterface source, IReadOnlyList<TrafficMirrorTarget> pool)
    {
        var slots = SlotsOf(pool);
        return Array.Exists(slots, slot => VpcDistance(source, slot.Point) == 0)
            ? slots.Where(slot => VpcDistance(source, slot.Point) < 2)
            : slots;
    }

    private static Id<TrafficMirrorTarget>[] Ranked(NetworkInterface source, Slot[] slots)
    {
        if (slots.Length > 1)
        {
            var hash = Hash(source.Id.Value);
            Array.Sort(Array.ConvertAll(slots, slot => RankOf(source, hash, slot)), slots);
        }

        return Array.ConvertAll(slots, slot => slot.Target.Id);
    }

    private static bool HasRoom(Slot slot) => slot.Capacity is not { } capacity || slot.SessionsOf.Count < capacity;

    // The quota is of sources: one with two sessions on a target counts once.
    private void Count(Id<TrafficMirrorTarget> target, Id<NetworkInterface> source, int by)
    {
        if (!_slots.TryGetValue(target, out var slot) || slot.Capacity is null)
            return;
        var sessions = slot.SessionsOf.GetValueOrDefault(source) + by;
        if (sessions > 0)
            slot.SessionsOf[source] = sessions;
        else
            slot.SessionsOf.Remove(source);
    }

    private Slot[] SlotsOf(IReadOnlyList<TrafficMirrorTarget> pool)
    {
        if (!_pools.TryGetValue(pool, out var slots))
            _pools[pool] = slots = [.. pool.Select(target => _slots[target.Id]).OrderBy(slot => slot.Target.Id)];
        return slots;
    }

    /// <summary>Whether a target lies in another VPC than a source, so that the copies need a route between the two.</summary>
    public bool IsInAnotherVpc(NetworkInterface source, Id<TrafficMirrorTarget> target) =>
        _slots.TryGetValue(target, out var slot) && VpcDistance(source, slot.Point) == 2;

    // The nearest first, of those the heaviest; equal weights, which are as good as impossible, in the order of the ids.
    private static (int Distance, ulong Lightness, Id<TrafficMirrorTarget> Id) RankOf(NetworkInterface source, ulong hash, Slot slot) => (
        (3 * VpcDistance(source, slot.Point)) + ZoneDistance(source, slot.Point),
        ~Mix(hash ^ (slot.Hash * 0x9E3779B97F4A7C15UL)), slot.Target.Id);

    // Copies are routed like other packets: into another VPC they need peering or a transit gateway, which may not be there.
    private static int VpcDistance(NetworkInterface source, CapturePoint point) =>
        source.VpcId is { } own && point.VpcId is { } other ? (own == other ? 0 : 2) : 1;

    // Mirrored traffic that leaves the Availability Zone is paid for. A load balancer has no zone of its own.
    private static int ZoneDistance(NetworkInterface source, CapturePoint point) =>
        source.AvailabilityZone is { } own && point.AvailabilityZone is { } other ? (own == other ? 0 : 2) : 1;

    /// <summary>FNV-1a, then <see cref="Mix"/>.</summary>
    private static ulong Hash(string id)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in id)
            hash = (hash ^ c) * 1099511628211UL;
        return Mix(hash);
    }

    /// <summary>Spreads what differs in a few bits only over all 64 (the finalizer of MurmurHash3).</summary>
    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdUL;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53UL;
        return hash ^ (hash >> 33);
    }

    /// <summary>A target with what is reckoned of it once for a plan.</summary>
    private sealed class Slot(TrafficMirrorTarget target, CapturePoint point, int? capacity)
    {
        public TrafficMirrorTarget Target { get; } = target;
        public CapturePoint Point { get; } = point;
        public ulong Hash { get; } = Hash(target.Id.Value);

        /// <summary>How many sources it takes; null where that is not known, or not all of them are seen.</summary>
        public int? Capacity { get; } = capacity;

        public Dictionary<Id<NetworkInterface>, int> SessionsOf { get; } = [];
    }
}
