namespace AutoMirror.Core.Observing;

/// <summary>What a warm process remembers of its full syncs.</summary>
internal sealed class FullSyncs(TimeProvider time)
{
    private Moment? _last;
    private Moment? _next;

    /// <summary>How many describe calls the last one took.</summary>
    public int? Calls { get; set; }

    /// <summary>When the last one began that saw everything and left nothing to do; null when none is known of.</summary>
    public DateTimeOffset? LastBefore(DateTimeOffset now) => _last is { } last && last.AgeAt(now, time) is not null ? last.At : null;

    /// <summary>Notes one that saw everything and left nothing to do.</summary>
    public void Ended(DateTimeOffset beganAt) => _last = new(beganAt, time.GetTimestamp());

    /// <summary>Whether a shared one has been arranged through the queue that is not due yet.</summary>
    /// <param name="now">The time of day.</param>
    /// <param name="wait">How long a shared one waits at the most; one that is due later was arranged by a clock that was set back.</param>
    public bool IsArranged(DateTimeOffset now, TimeSpan wait) =>
        _next is { } next && next.At > now && next.At <= now + wait && time.GetElapsedTime(next.Timestamp) < wait;

    /// <summary>Notes a shared one that was arranged.</summary>
    public void Arranged(DateTimeOffset dueAt) => _next = new(dueAt, time.GetTimestamp());
}
