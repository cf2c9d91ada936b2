namespace AutoMirror.Core.Observing;

/// <summary>What a warm process remembers of its full syncs. A time that a clock which was set back has not reached yet says nothing:
/// an hour of events would count as covered.</summary>
internal sealed class FullSyncs
{
    private DateTimeOffset? _lastAt;
    private DateTimeOffset? _nextAt;

    /// <summary>How many describe calls the last one took.</summary>
    public int? Calls { get; set; }

    /// <summary>When the last one began that saw everything and left nothing to do; null when none is known of.</summary>
    public DateTimeOffset? LastBefore(DateTimeOffset now) => _lastAt <= now ? _lastAt : null;

    /// <summary>Notes one that saw everything and left nothing to do.</summary>
    public void Ended(DateTimeOffset beganAt) => _lastAt = beganAt;

    /// <summary>Whether a shared one has been arranged through the queue that is due within <paramref name="longest"/>.</summary>
    public bool IsArranged(DateTimeOffset now, TimeSpan longest) => _nextAt > now && _nextAt <= now + longest;

    /// <summary>Notes a shared one that was arranged.</summary>
    public void Arranged(DateTimeOffset dueAt) => _nextAt = dueAt;
}
