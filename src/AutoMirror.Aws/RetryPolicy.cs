namespace AutoMirror.Aws;

/// <summary>How long, and how often, the calls of one invocation are tried.</summary>
/// <param name="Time">The clock.</param>
/// <param name="StopAt">When no further attempt is made.</param>
/// <param name="Jitter">Spreads the waits of invocations that were throttled together: from 0 to 1, anew each time.</param>
internal sealed record RetryPolicy(TimeProvider Time, DateTimeOffset StopAt, Func<double> Jitter)
{
    /// <summary>How often one call is tried at the most.</summary>
    public const int MostAttempts = 10;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How much time is left for attempts; nothing or less when it is over.</summary>
    public TimeSpan Left => StopAt - Time.GetUtcNow();

    /// <summary>How long to wait after an attempt that failed; null when no time, or no attempt, is left.</summary>
    /// <remarks>"Full jitter": anything from nothing to a limit that doubles, which spreads a herd best.</remarks>
    public TimeSpan? WaitAfter(int attempt)
    {
        if (attempt >= MostAttempts)
            return null;
        var limit = FirstWait * Math.Pow(2, attempt - 1);
        var wait = (limit < LongestWait ? limit : LongestWait) * Jitter();
        return wait < Left ? wait : null;
    }
}
