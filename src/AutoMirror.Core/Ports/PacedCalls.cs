namespace AutoMirror.Core.Ports;

/// <summary>Makes the calls that change something, at the rate that EC2 lets through, until the time is over.</summary>
/// <param name="limiter">The rate, shared by all of them.</param>
/// <param name="stopAt">When no further call is started.</param>
internal sealed class PacedCalls(RateLimiter limiter, TimeProvider time, DateTimeOffset stopAt)
{
    private static readonly Refusal OutOfTime = new(RefusalKind.Throttled, RefusalCodes.NoTimeLeft, "the invocation's time was over");

    /// <summary>Makes a call, and makes it again, slower, as long as EC2 throttles it.</summary>
    public async Task<Answer<T>> CallAsync<T>(Func<Task<Answer<T>>> call, CancellationToken cancellationToken)
    {
        Answer<T> answer = new Answer<T>.Refused(OutOfTime);
        while (await limiter.TakeAsync(stopAt - time.GetUtcNow(), cancellationToken))
        {
            var startedAt = time.GetTimestamp();
            answer = await call();
            if (answer is not Answer<T>.Refused { Refusal.Kind: RefusalKind.Throttled })
            {
                limiter.Succeeded();
                return answer;
            }

            limiter.Throttled(startedAt);
        }

        return answer;
    }

    /// <summary>The same for a call that gives nothing back: null when it succeeded.</summary>
    public async Task<Refusal?> CallAsync(Func<Task<Refusal?>> call, CancellationToken cancellationToken)
    {
        var answer = await CallAsync<bool>(
            async () => await call() is { } refused ? new Answer<bool>.Refused(refused) : new Answer<bool>.Given(true), cancellationToken);
        return answer.TryGet(out _, out var refusal) ? null : refusal;
    }
}
