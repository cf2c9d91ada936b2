namespace AutoMirror.Core.Events;

/// <summary>What an invocation was given.</summary>
internal abstract record Payload
{
    private Payload() { }

    /// <summary>Events with one answer for all of them: the report. Mostly one; a topic or a pipe may bring several.</summary>
    /// <param name="Readings">At least one.</param>
    public sealed record Events(IReadOnlyList<EventReading> Readings) : Payload;

    /// <summary>Messages of a queue, answered with those that failed.</summary>
    /// <param name="Records">The events in the messages, in the queue's order; of one message there may be several.</param>
    public sealed record Batch(IReadOnlyList<QueueRecord> Records) : Payload;
}

/// <summary>An event in a message of a queue.</summary>
/// <param name="Reading">What came of reading it.</param>
internal sealed record QueueRecord(string MessageId, EventReading Reading);
