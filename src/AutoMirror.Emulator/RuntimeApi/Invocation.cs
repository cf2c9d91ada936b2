namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>One attempt at an invocation, from its queue to its answer.</summary>
internal sealed record Invocation
{
    /// <summary>The id of the event, which its retries keep.</summary>
    public required string RequestId { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    public required string TraceId { get; init; }

    public bool IsAsynchronous { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>Called within the turn when it ends: an event source mapping deletes its messages here.</summary>
    public Action<FunctionResult>? Ended { get; init; }

    public string? ClientContext { get; init; }

    /// <summary>When the event came to Lambda; its retries keep the time.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When a sandbox got it.</summary>
    public DateTimeOffset BegunAt { get; init; }

    public DateTimeOffset Deadline { get; init; }

    /// <summary>Completed for a caller who waits. Its continuations run elsewhere, never within the turn.</summary>
    public required TaskCompletionSource<FunctionResult> Completion { get; init; }
}
