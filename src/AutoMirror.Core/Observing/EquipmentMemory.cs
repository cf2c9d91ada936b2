using System.Collections.Immutable;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>What a warm process remembers of the equipment.</summary>
internal sealed class EquipmentMemory(TimeProvider time)
{
    private readonly Dictionary<Id<NetworkInterface>, long> _lastShown = [];
    private readonly Dictionary<Id<NetworkInterface>, long> _firstMissed = [];
    private Configuration? _of;
    private Equipment? _kept;
    private Moment _readAt;

    /// <summary>How far apart two reads must be that both do not show an interface, before it counts as gone.</summary>
    public static TimeSpan BetweenReads { get; } = TimeSpan.FromSeconds(5);

    // EC2 shows an interface and then not, when reads reach copies of different age. After a minute they agree.
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(60);

    /// <summary>The sensors' hosts with their targets, as they were read last; null before the first read. A host that is gone stays in
    /// here until the next read, so that its last events are known for what they are.</summary>
    public IReadOnlyDictionary<Id<Instance>, ImmutableSortedSet<Id<TrafficMirrorTarget>>>? Hosts { get; private set; }

    /// <summary>What was read for a configuration, where that is young enough.</summary>
    public Equipment? Of(Configuration configuration, DateTimeOffset now, DateTimeOffset? notBefore) =>
        ReferenceEquals(_of, configuration) && !(_readAt.At < notBefore) && _readAt.AgeAt(now, time) < ConfigurationCache.Lifetime
            ? _kept
            : null;

    public void Keep(Configuration configuration, Equipment equipment)
    {
        (_of, _kept, _readAt) = (configuration, equipment, new(equipment.ReadAt, time.GetTimestamp()));
        var hosts = equipment.Hosts();
        Hosts = Hosts is null ? hosts : hosts.Concat(Hosts.Where(host => !hosts.ContainsKey(host.Key)
            && host.Value.All(target => equipment.Of(target).State is not CaptureState.Living))).ToDictionary();
    }

    public void Shown(Id<NetworkInterface> id)
    {
        _lastShown[id] = time.GetTimestamp();
        _firstMissed.Remove(id);
    }

    /// <summary>Notes that a read did not show an interface; whether it counts as gone.</summary>
    public bool Missed(Id<NetworkInterface> id)
    {
        if (!_firstMissed.TryGetValue(id, out var first))
            _firstMissed[id] = first = time.GetTimestamp();
        return time.GetElapsedTime(first) >= BetweenReads && !WasJustShown(id);
    }

    public bool WasJustShown(Id<NetworkInterface> id) =>
        _lastShown.TryGetValue(id, out var shown) && time.GetElapsedTime(shown) < Settled;
}
