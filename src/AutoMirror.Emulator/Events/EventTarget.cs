using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Events;

/// <summary>Where a rule sends what it matches: a function or a queue, which gets the whole event, its detail, or a constant.</summary>
/// <param name="Id">The id, unique in its rule.</param>
/// <param name="Arn">The ARN of the function or the queue.</param>
/// <param name="Input">The constant; null for the event.</param>
/// <param name="InputPath"><c>$</c> or null for the whole event, <c>$.detail</c> for its detail.</param>
/// <param name="RoleArn">The role that it was given, which has no effect here.</param>
public sealed record EventTarget(string Id, string Arn, string? Input = null, string? InputPath = null, string? RoleArn = null)
{
    /// <summary>The retry policy as JSON. It has no effect, since an event that a function or a queue does not take is not worth a second
    /// attempt.</summary>
    public string? RetryPolicy { get; init; }

    /// <summary>Where events go that the target did not take, as JSON.</summary>
    public string? DeadLetterConfig { get; init; }

    internal string? DeadLetterArn =>
        DeadLetterConfig is null ? null : JsonNode.Parse(DeadLetterConfig)?[nameof(Arn)]?.GetValue<string>();
}
