namespace AutoMirror.Aws.Hosting;

/// <summary>A clock that shows the time of day at which it was made, and from then on moves as time passes, whatever becomes of the
/// machine's clock: the deadline of an invocation must not move with it.</summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _madeAt = time.GetUtcNow();
    private readonly long _madeAtTimestamp = time.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => time.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _madeAt + time.GetElapsedTime(_madeAtTimestamp);

    /// <inheritdoc/>
    public override long GetTimestamp() => time.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
