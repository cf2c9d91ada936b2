using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Sns;

/// <summary>A topic. Of its subscriptions the emulator delivers to those of queues; others stay silent.</summary>
public sealed class Topic
{
    private readonly List<(string? Subject, string Message)> _published = [];

    internal Topic(string arn) => Arn = arn;

    public string Arn { get; }

    /// <summary>What was published, with its subject, since the start.</summary>
    public IReadOnlyList<(string? Subject, string Message)> Published => _published;

    internal ImmutableSortedDictionary<string, string> Tags { get; set; } = Resource.NoTags;

    /// <summary>The attributes that somebody set.</summary>
    internal SortedDictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    internal List<Subscription> Subscriptions { get; } = [];

    internal void Add(string? subject, string message) => _published.Add((subject, message));
}

/// <summary>Who gets a topic's messages.</summary>
internal sealed record Subscription(string Arn, string Protocol, string Endpoint, bool IsRaw);
