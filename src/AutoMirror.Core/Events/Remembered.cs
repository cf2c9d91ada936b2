using System.Collections.Immutable;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>What a process remembers that decides where events lead.</summary>
internal sealed record Remembered
{
    /// <summary>When this process last began a full sync that saw and did everything; null when it has not.</summary>
    public DateTimeOffset? LastFullSyncAt { get; init; }

    /// <summary>Before this, an event that needs a full sync waits for one that it shares with others; null when none waits.</summary>
    public DateTimeOffset? EarliestSharedSync { get; init; }

    /// <summary>The targets that each sensor's host holds.</summary>
    public IReadOnlyDictionary<Id<Instance>, ImmutableSortedSet<Id<TrafficMirrorTarget>>> SensorHosts { get; init; } =
        new Dictionary<Id<Instance>, ImmutableSortedSet<Id<TrafficMirrorTarget>>>();
}
