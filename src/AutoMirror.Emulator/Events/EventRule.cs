using System.Collections.Immutable;
using System.Text.Json;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Events;

/// <summary>A rule of the bus: a pattern that events match, a schedule, or both.</summary>
public sealed record EventRule(
    string Name, string? Pattern, string? ScheduleExpression = null, bool Enabled = true, string? Description = null)
{
    /// <summary>The targets by their ids.</summary>
    public ImmutableSortedDictionary<string, EventTarget> Targets { get; init; } = ImmutableSortedDictionary<string, EventTarget>.Empty;

    public ImmutableSortedDictionary<string, string> Tags { get; init; } = Resource.NoTags;

    /// <summary>The role that it was given, which has no effect here.</summary>
    public string? RoleArn { get; init; }

    internal string ArnIn(Cloud cloud) => cloud.Arn("events", $"rule/{Name}");

    /// <summary>Whether the rule passes on an event, of which this is the envelope.</summary>
    internal bool Takes(JsonElement envelope) =>
        Enabled && Pattern is not null && EventPattern.Matches(EventPattern.Parse(Pattern), envelope);
}
