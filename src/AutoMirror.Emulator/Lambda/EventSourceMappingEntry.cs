using System.Collections.Immutable;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Lambda;

/// <summary>An event source mapping as somebody set it up, with what runs of it.</summary>
internal sealed class EventSourceMappingEntry
{
    public required string Id { get; init; }

    public required string Arn { get; init; }

    public required Queue Queue { get; init; }

    public required LambdaFunction Function { get; set; }

    public int BatchSize { get; set; } = 10;

    /// <summary>Seconds.</summary>
    public int Window { get; set; }

    public int? MaximumConcurrency { get; set; }

    public IReadOnlyList<string> ResponseTypes { get; set; } = [];

    public bool IsEnabled { get; set; } = true;

    public DateTimeOffset LastModified { get; set; }

    public ImmutableSortedDictionary<string, string> Tags { get; set; } = Resource.NoTags;

    /// <summary>What takes the messages; null while it is disabled.</summary>
    public EventSourceMapping? Running { get; set; }

    public string State => IsEnabled ? "Enabled" : "Disabled";
}
