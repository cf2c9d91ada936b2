using AutoMirror.Aws;

namespace AutoMirror.Simulation;

/// <summary>Planted bugs about time.</summary>
internal static partial class Mutants
{
    /// <summary>A clock on which nobody gives up waiting for an answer.</summary>
    public sealed class WaitsForEver(TimeProvider time) : TimeProvider
    {
        private static readonly TimeSpan Attempt = AwsCaller.AttemptLimit + TimeSpan.FromSeconds(1);

        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime == Attempt ? Timeout.InfiniteTimeSpan : dueTime, period);
    }

    public sealed class MeasuresByTheWall(TimeProvider time) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetUtcNow().UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            time.CreateTimer(callback, state, dueTime, period);
    }
}
