namespace AutoMirror.Core.Ports;

/// <summary>One limiter for all calls that change something: as fast as they come, until
/// EC2 throttles; from then on at a rate that it learns.</summary>
/// <remarks>
/// EC2's bucket of mutating actions holds a burst and refills at a steady rate (EC2 API, "Request throttling": 50, then 5 a second, unless
/// raised). So the burst goes at once. After the first refusal calls are spaced by the documented rate, and it is tried out how much more
/// there is, a share with each success; from the second refusal on the rate rises by a little with each success and falls by a share with
/// each refusal. What is not used while the rate is too low stays in the bucket, so
/// on the whole nothing is lost; what matters is that calls
/// that would only be refused are not made. Kept between invocations: a storm of single events shares what was learnt. All times in here
/// are timestamps of a clock that nobody sets: a wall clock that is set back an hour would stop all changes for an hour.
/// </remarks>
/// <param name="firstRate">The rate after the first refusal, in calls a second.</param>
internal sealed class RateLimiter(TimeProvider time, double firstRate = RateLimiter.ChangesASecond)
{
    /// <summary>EC2's documented refill of changes and of describes, in calls a second.</summary>
    public const double ChangesASecond = 5, DescribesASecond = 20;

    /// <summary>The lowest and the highest rate, in calls a second.</summary>
    public const double LowestRate = 0.2, HighestRate = 1000;

    private const double Probe = 1.02;
    private const double Gain = 0.025;
    private const double Loss = 0.85;

    // By then the bucket is full again, even with the documented rate: burst again.
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private double? _rate;
    private bool _isProbing;
    private long _nextSlot = long.MinValue;
    private long _lastRefusal = long.MinValue;

    /// <summary>The rate that is kept, in calls a second; null while nothing is held back.</summary>
    public double? Rate
    {
        get
        {
            lock (_gate)
                return _rate;
        }
    }

    /// <summary>How many calls EC2 throttled.</summary>
    public int Refusals { get; private set; }

    /// <summary>Waits for the next slot; false when it would only come after <paramref name="left"/> or later, and none is taken.</summary>
    public async ValueTask<bool> TakeAsync(TimeSpan left, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_rate is not null && time.GetElapsedTime(_lastRefusal, now) > ForgetAfter)
                _rate = null;
            var slot = _rate is null || _nextSlot < now ? now : _nextSlot;
            wait = time.GetElapsedTime(now, slot);
            if (wait >= left)
                return false;
            if (_rate is { } rate)
                _nextSlot = After(slot, rate);
        }

        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken);
        return true;
    }

    public void Succeeded()
    {
        lock (_gate)
        {
            if (_rate is { } rate)
                _rate = Math.Min(HighestRate, _isProbing ? rate * Probe : rate + Gain);
        }
    }

    /// <summary>A call that began at the timestamp <paramref name="startedAt"/> was throttled.</summary>
    public void Throttled(long startedAt)
    {
        lock (_gate)
        {
            Refusals++;

            // Calls that were under way together are refused together: that is one lesson, not many.
            if (_rate is { } rate && startedAt <= _lastRefusal)
                return;
            var now = time.GetTimestamp();
            _isProbing = _rate is null;
            _rate = _rate is { } current ? Math.Max(LowestRate, current * Loss) : firstRate;
            _lastRefusal = now;
            _nextSlot = Math.Max(_nextSlot, After(now, _rate.Value));
        }
    }

    private long After(long timestamp, double rate) => timestamp + (long)(time.TimestampFrequency / rate);
}
