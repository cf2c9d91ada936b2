namespace AutoMirror.Core.Observing;

/// <summary>When something was: the time of day, and the timestamp of a clock that nobody sets.</summary>
/// <remarks>A machine's time of day may be ahead, and is set back one day. What was noted before would look young again an hour later. The
/// timestamp alone does not do either: it may stand still while a sandbox is frozen.</remarks>
internal readonly record struct Moment(DateTimeOffset At, long Timestamp)
{
    // Clocks are corrected by less than this all the time.
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>How long ago that is; null when the time of day was set back since, and nobody can say.</summary>
    /// <param name="now">The time of day.</param>
    /// <param name="time">The clock of the timestamps.</param>
    public TimeSpan? AgeAt(DateTimeOffset now, TimeProvider time)
    {
        var age = now - At;
        return age >= TimeSpan.Zero && time.GetElapsedTime(Timestamp) - age < Tolerance ? age : null;
    }
}
