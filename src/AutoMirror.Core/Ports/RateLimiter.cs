namespace AutoMirror.Core.Ports;

/// <summary>One limiter for all calls that change something: as fast as they come, until
/// EC2 throttles; from then on at a rate that it learns.</summary>
/// <remarks>
/// EC2's bucket of mutating actions holds a burst and refills at a steady rate (EC2 API, "Request throttling": 50, then 5 a second, unless
/// raised). So the burst goes at once. After the first refusal calls are spaced by the documented rate, and it is tried out how much more
/// there is, a share with each success; from the second refusal on the rate rises by a little with each success and falls by a share with
/// each refusal. What is not used while the rate is too low stays in the bucket, so
/// on the whole nothing is lost; what matters is that calls
/// that would only be refused are not made. Kept between invocations: a storm of single events shares what was learnt.
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
    private DateTimeOffset _nextSlot = DateTimeOffset.MinValue;
    private DateTimeOffset _lastRefusal = DateTimeOffset.MinValue;

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

    /// <summary>Waits for the next slot; false when it would only come at <paramref name="stopAt"/> or later, and none is taken.</summary>
    public async ValueTask<bool> TakeAsync(DateTimeOffset stopAt, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (_rate is not null && now - _lastRefusal > ForgetAfter)
                _rate = null;
            var slot = _rate is null || _nextSlot < now ? now : _nextSlot;
            if (slot >= stopAt)
                return false;
            if (_rate is { } rate)
                _nextSlot = slot + TimeSpan.FromSeconds(1 / rate);
            wait = slot - now;
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

    /// <summary>A call that began at <paramref name="startedAt"/> was throttled.</summary>
    public void Throttled(DateTimeOffset startedAt)
    {
        lock (_gate)
        {
            Refusals++;

            // Calls that were under way together are refused together: that is one lesson, not many.
            if (_rate is { } rate && startedAt <= _lastRefusal)
                return;
            var now = time.GetUtcNow();
            _isProbing = _rate is null;
            _rate = _rate is { } current ? Math.Max(LowestRate, current * Loss) : firstRate;
            _lastRefusal = now;
            var earliest = now + TimeSpan.FromSeconds(1 / _rate.Value);
            if (_nextSlot < earliest)
                _nextSlot = earliest;
        }
    }
}
