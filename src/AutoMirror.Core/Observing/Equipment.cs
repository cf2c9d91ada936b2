using System.Collections.Immutable;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Observing;

/// <summary>What EC2 shows of the things that the configuration names: where each sensor takes its copies in, and the filters.</summary>
internal sealed record Equipment
{
    /// <summary>Nothing was read yet, or nothing could be.</summary>
    public static Equipment Unknown { get; } = new();

    /// <summary>By mirror target; what is not in here is unknown.</summary>
    public IReadOnlyDictionary<Id<TrafficMirrorTarget>, CapturePoint> CapturePoints { get; init; } =
        new Dictionary<Id<TrafficMirrorTarget>, CapturePoint>();

    /// <summary>The configured filters that exist; null where that could not be read.</summary>
    public IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter>? Filters { get; init; }

    /// <summary>When the first of it was read.</summary>
    public DateTimeOffset ReadAt { get; init; }

    public CapturePoint Of(Id<TrafficMirrorTarget> target) => CapturePoints.GetValueOrDefault(target, CapturePoint.Unknown);

    /// <summary>The targets that each sensor's host holds.</summary>
    public IReadOnlyDictionary<Id<Instance>, ImmutableSortedSet<Id<TrafficMirrorTarget>>> Hosts() => CapturePoints
        .Where(point => point.Value.InstanceId is not null).GroupBy(point => point.Value.InstanceId!.Value, point => point.Key)
        .ToDictionary(group => group.Key, group => group.ToImmutableSortedSet());

    /// <summary>The same, with what young events say of sensors' hosts: EC2 may not show it yet.</summary>
    public Equipment Heeding(IReadOnlyList<IReadOnlyList<MirrorEvent>> witnesses)
    {
        var said = witnesses.Select(about => about[0]).OfType<MirrorEvent.InstanceStateChange>()
            .ToDictionary(change => change.InstanceId, change => change.State);
        return said.Count == 0 ? this : this with
        {
            CapturePoints = CapturePoints.ToDictionary(
                point => point.Key,
                point => point.Value is { InstanceId: { } host } known && said.TryGetValue(host, out var state)
                    ? known with { State = StateOf(state) }
                    : point.Value),
        };
    }

    /// <summary>Whether copies can arrive at an instance in that state.</summary>
    public static CaptureState StateOf(InstanceState host) =>
        host is InstanceState.Pending or InstanceState.Running ? CaptureState.Living : CaptureState.Stopped;
}
