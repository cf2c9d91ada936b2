namespace AutoMirror.Simulation;

/// <summary>Virtual time: a queue of what is due. A step jumps to the next due time and runs it on the caller's thread, so a run depends on its seed alone.</summary>
internal sealed class SimulatedClock : TimeProvider
{
    private readonly PriorityQueue<Action, (DateTimeOffset Due, long Sequence)> _queue = new();
    private long _sequence;

    /// <summary>When the simulated world begins.</summary>
    public static DateTimeOffset Start { get; } = new(2026, 3, 2, 6, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; private set; } = Start;

    /// <summary>When the next thing is due; null when nothing will ever happen again.</summary>
    public DateTimeOffset? NextDue => _queue.TryPeek(out _, out var priority) ? priority.Due : null;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.Ticks;

    public void At(DateTimeOffset due, Action action) => _queue.Enqueue(action, (due < Now ? Now : due, _sequence++));

    public void In(TimeSpan wait, Action action) => At(Now + wait, action);

    public void AdvanceTo(DateTimeOffset time) => Now = time > Now ? time : Now;

    /// <summary>Jumps to the next due time, and does what is due first.</summary>
    public void Step()
    {
        if (!_queue.TryDequeue(out var action, out var priority))
            throw new InvalidOperationException("Nothing is due: the simulation has stalled.");
        AdvanceTo(priority.Due);
        action();
    }

    /// <summary>A wait that ends inline; Task.Delay would do so too, but not when it is cancelled.</summary>
    public Task WaitAsync(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return Task.CompletedTask;
        var over = new TaskCompletionSource();
        In(wait, over.SetResult);
        return over.Task;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime);

    private sealed class Timer : ITimer
    {
        private readonly SimulatedClock _clock;
        private readonly TimerCallback _callback;
        private readonly object? _state;
        private int _version;

        public Timer(SimulatedClock clock, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            (_clock, _callback, _state) = (clock, callback, state);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _clock.In(dueTime, () =>
                {
                    if (version == _version)
                        _callback(_state);
                });
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

/// <summary>The clock as one process sees it: when the process is dead, its timers no longer fire.</summary>
internal sealed class ProcessTime(SimulatedClock clock, Func<bool> isDead) : TimeProvider
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
