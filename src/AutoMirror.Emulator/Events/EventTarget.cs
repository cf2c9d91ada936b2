namespace AutoMirror.Emulator.Events;

/// <summary>Where a rule sends what it matches: a function or a queue, the whole event or a constant instead.</summary>
public sealed record EventTarget(string Id, string Arn, string? Input = null, string? InputPath = null, string? RoleArn = null)
{
    /// <summary>The retry policy, as JSON; giving an event to a function or a queue does not fail here.</summary>
    public string? RetryPolicy { get; init; }

    /// <summary>Where events go that could not be given to the target, as JSON; likewise.</summary>
    public string? DeadLetterConfig { get; init; }
}
