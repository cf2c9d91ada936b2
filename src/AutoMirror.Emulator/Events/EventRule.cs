using System.Collections.Immutable;

namespace AutoMirror.Emulator.Events;

/// <summary>A rule of the bus.</summary>
public sealed record EventRule(
    string Name, string? Pattern, string? ScheduleExpression = null, bool Enabled = true, string? Description = null)
{
    /// <summary>Its targets by their ids.</summary>
    public ImmutableSortedDictionary<string, EventTarget> Targets { get; init; } = ImmutableSortedDictionary<string, EventTarget>.Empty;

    /// <summary>The role that it was given.</summary>
    public string? RoleArn { get; init; }
}
