using System.Collections.Immutable;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>An alarm on a metric or on an expression of metrics, with its state.</summary>
public sealed record MetricAlarm
{
    public required string Name { get; init; }

    /// <summary><c>OK</c>, <c>ALARM</c> or <c>INSUFFICIENT_DATA</c>.</summary>
    public string State { get; init; } = "INSUFFICIENT_DATA";

    /// <summary>Why it has this state, in a sentence.</summary>
    public string StateReason { get; init; } = "Unchecked: Initial alarm creation";

    public DateTimeOffset StateUpdated { get; init; }

    /// <summary>Its settings as PutMetricAlarm had them, but for the tags.</summary>
    internal JsonObject Settings { get; init; } = [];

    internal DateTimeOffset Configured { get; init; }

    internal ImmutableSortedDictionary<string, string> Tags { get; init; } = Resource.NoTags;

    internal string? StateReasonData { get; init; }
}
