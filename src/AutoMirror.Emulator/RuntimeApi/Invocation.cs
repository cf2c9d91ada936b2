namespace AutoMirror.Emulator.RuntimeApi;

/// <summary>One invocation, from its queue to its answer.</summary>
internal sealed record Invocation
{
    public required string RequestId { get; init; }

    public required ReadOnlyMemory<byte> Payload { get; init; }

    public required string TraceId { get; init; }

    public bool IsAsynchronous { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>Told of the end while the lock is still held: what an event source mapping does with its batch.</summary>
    public Action<FunctionResult>? Ended { get; init; }

    public string? ClientContext { get; init; }

    public DateTimeOffset Deadline { get; init; }

    /// <summary>Answered for a caller who waits; its continuations run elsewhere, never under the lock.</summary>
    public required TaskCompletionSource<FunctionResult> Completion { get; init; }
}
