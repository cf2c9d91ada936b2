namespace AutoMirror.Core.Events;

/// <summary>What an invocation was given.</summary>
internal abstract record Payload
{
    private Payload() { }

    /// <summary>One event, answered with the report.</summary>
    public sealed record Single(EventReading Reading) : Payload;

    /// <summary>Messages of a queue, answered with those that failed.</summary>
    /// <param name="Records">The messages, in the queue's order.</param>
    public sealed record Batch(IReadOnlyList<QueueRecord> Records) : Payload;
}

/// <summary>One message of a queue.</summary>
/// <param name="Reading">What came of reading the event in its body.</param>
internal sealed record QueueRecord(string MessageId, EventReading Reading);
