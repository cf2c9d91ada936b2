namespace AutoMirror.Emulator.Faults;

/// <summary>What befalls one request, drawn before it is looked at.</summary>
internal sealed record Fate(FateKind Kind, TimeSpan Latency, TimeSpan SlowBodyFor)
{
    public static Fate None { get; } = new(FateKind.Answered, TimeSpan.Zero, TimeSpan.Zero);

    public static Fate Draw(Cloud cloud, string call)
    {
        var latency = cloud.Latency?.Next(cloud.Seeded.Latency) ?? TimeSpan.Zero;
        var faults = cloud.RequestFaults;
        if (faults is null || (faults.Only is { } only && !only(call)))
            return None with { Latency = latency };
        var draw = cloud.Seeded.Faults.NextDouble();
        (double Share, FateKind Kind)[] shares =
        [
            (faults.Throttled, FateKind.Throttled), (faults.InternalError, FateKind.InternalError),
            (faults.Unavailable, FateKind.Unavailable), (faults.Timeout, FateKind.Timeout), (faults.CutBefore, FateKind.CutBefore),
            (faults.CutAfter, FateKind.CutAfter), (faults.SlowBody, FateKind.SlowBody), (faults.TruncatedBody, FateKind.TruncatedBody),
        ];
        foreach (var (share, kind) in shares)
        {
            if ((draw -= share) < 0)
                return new(kind, latency, faults.SlowBodyFor);
        }

        return None with { Latency = latency };
    }

    /// <summary>
    /// Waits by the cloud's clock. What comes after the wait runs within the timer's own call, so that simulated time stays on one thread.
    /// </summary>
    public static async Task WaitAsync(TimeProvider time, TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait <= TimeSpan.Zero)
            return;
        var over = new TaskCompletionSource();
        using var timer = time.CreateTimer(_ => over.TrySetResult(), null, wait, Timeout.InfiniteTimeSpan);
        using var cancelled = cancellationToken.Register(() => over.TrySetCanceled(cancellationToken));
        await over.Task;
    }
}
