namespace AutoMirror.Testing;

/// <summary>A clock that stands still until it is told to jump to the next thing that is
/// due, and then lets that happen on the caller's thread.</summary>
/// <remarks>Driven from one plain thread, everything that waits on it runs in one order only: ties are broken by who asked first.</remarks>
public sealed class VirtualTime(DateTimeOffset start) : TimeProvider
{
    private readonly PriorityQueue<Due, (DateTimeOffset At, long Order)> _due = new();
    private DateTimeOffset _now = start;
    private long _order;

    /// <summary>What time it is.</summary>
    public DateTimeOffset Now => _now;

    /// <summary>When the next thing is due; null when nothing is.</summary>
    public DateTimeOffset? Next
    {
        get
        {
            while (_due.TryPeek(out var due, out var when))
            {
                if (!due.IsOff)
                    return when.At;
                _due.Dequeue();
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _now;

    /// <inheritdoc/>
    public override long GetTimestamp() => _now.UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Does something at a time; at once, in its turn, where that is past.</summary>
    public void At(DateTimeOffset time, Action action) => Put(new Due(action), time);

    /// <summary>Does something after a wait.</summary>
    public void In(TimeSpan wait, Action action) => At(_now + wait, action);

    /// <summary>A wait that ends inline; Task.Delay would do so too, but not when it is cancelled.</summary>
    public Task WaitAsync(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return Task.CompletedTask;
        var over = new TaskCompletionSource();
        In(wait, over.SetResult);
        return over.Task;
    }

    /// <summary>Jumps to a time, if that is ahead.</summary>
    public void AdvanceTo(DateTimeOffset time) => _now = time > _now ? time : _now;

    /// <summary>Jumps to the next thing that is due, and does it; false when nothing is.</summary>
    public bool Step()
    {
        if (Next is not { } at)
            return false;
        AdvanceTo(at);
        _due.Dequeue().Run();
        return true;
    }

    private void Put(Due due, DateTimeOffset time) => _due.Enqueue(due, (time < _now ? _now : time, _order++));

    private sealed class Due(Action action)
    {
        public bool IsOff { get; set; }

        public void Run() => action();
    }

    private sealed class Timer(VirtualTime time, Action action) : ITimer
    {
        private Due? _due;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_due is not null)
                _due.IsOff = true;
            _due = null;
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            _due = new Due(() =>
            {
                if (period > TimeSpan.Zero)
                    Change(period, period);
                action();
            });
            time.Put(_due, time._now + dueTime);
            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
