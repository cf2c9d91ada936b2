using AutoMirror.Testing;

namespace AutoMirror.Simulation.Hosting;

/// <summary>The clock as one process sees it: when the process is dead, its timers no longer fire.</summary>
internal sealed class ProcessTime(VirtualTime clock, Func<bool> isDead) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(
        each =>
        {
            if (!isDead())
                callback(each);
        },
        state,
        dueTime,
        period);
}
