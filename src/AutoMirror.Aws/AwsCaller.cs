using System.Collections.Concurrent;
using AutoMirror.Core.Ports;

namespace AutoMirror.Aws;

/// <summary>Makes calls: counts them, tries again what may pass by itself, and turns
/// errors into values. The SDK's own retries are off.</summary>
/// <remarks>
/// A loop of our own, not Polly: measured in the function compiled ahead of time, Polly.Core costs 1.3 MB of binary, 1.8 ms of CPU and
/// 3 MB of memory at start. This loop is thirty lines, knows the invocation's deadline, and waits on a clock that tests control.
/// </remarks>
/// <param name="retries">How long to try.</param>
/// <param name="limiterOf">The rate at which an action that reads is called; null calls as fast as callers ask.</param>
internal sealed class AwsCaller(RetryPolicy retries, Func<string, RateLimiter>? limiterOf = null)
{
    /// <summary>How long one attempt may take, wherever it hangs.</summary>
    public static TimeSpan AttemptLimit { get; } = TimeSpan.FromSeconds(15);

    // The transport gives up first, and says why.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    // In a storm a call may be refused again and again while others have their turn. Time ends that; this ends it where time stands still.
    private const int MostPacedAttempts = 1000;

    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private int _throttles;

    /// <summary>How often each action was called, every attempt counted.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>How many calls were throttled.</summary>
    public int Throttles => _throttles;

    /// <summary>Calls until there is an answer, a refusal that stays, or no time left.</summary>
    public Task<Answer<T>> ReadAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(action, call, limiterOf?.Invoke(action), triesThrottledAgain: true, cancellationToken);

    /// <summary>The same for a call that makes something. Being throttled is a refusal: whoever calls paces all changes together.</summary>
    public Task<Answer<T>> CreateAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(action, call, limiter: null, triesThrottledAgain: false, cancellationToken);

    /// <summary>The same for a change whose answer says nothing more: null when it is done.</summary>
    public async Task<Refusal?> ChangeAsync(string action, Func<CancellationToken, Task> call, CancellationToken cancellationToken)
    {
        var answer = await CreateAsync(
            action,
            async token =>
            {
                await call(token);
                return true;
            },
            cancellationToken);
        return answer.TryGet(out _, out var refusal) ? null : refusal;
    }

    private async Task<Answer<T>> CallAsync<T>(
        string action, Func<CancellationToken, Task<T>> call, RateLimiter? limiter, bool triesThrottledAgain,
        CancellationToken cancellationToken)
    {
        var failures = 0;
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (limiter is not null && !await limiter.TakeAsync(retries.Left, cancellationToken))
                return NoTimeLeft<T>(action, attempt - 1);

            _calls.AddOrUpdate(action, 1, (_, count) => count + 1);
            var startedAt = retries.Time.GetTimestamp();
            var answer = await Failures.TryAsync(
                action, token => call(token).WaitAsync(AttemptLimit + Grace, retries.Time, token), cancellationToken);
            if (answer is not Answer<T>.Refused { Refusal: { Kind: RefusalKind.Throttled or RefusalKind.Transient } refusal })
            {
                limiter?.Succeeded();
                return answer;
            }

            var isThrottled = refusal.Kind == RefusalKind.Throttled;
            if (isThrottled)
                Throttled(limiter, startedAt);
            if (isThrottled && !triesThrottledAgain)
                return answer;

            // A paced call waits for its turn instead. Having waited long says nothing about failures of other kinds.
            if (isThrottled && limiter is not null ? attempt >= MostPacedAttempts : !await WaitAsync(++failures, cancellationToken))
                return GaveUp<T>(action, refusal, attempt);
        }
    }

    private void Throttled(RateLimiter? limiter, long startedAt)
    {
        Interlocked.Increment(ref _throttles);
        limiter?.Throttled(startedAt);
    }

    /// <summary>Waits before the next attempt; false when none is left.</summary>
    private async Task<bool> WaitAsync(int failures, CancellationToken cancellationToken)
    {
        if (retries.WaitAfter(failures) is not { } wait)
            return false;
        await Task.Delay(wait, retries.Time, cancellationToken);
        return true;
    }

    private static Answer<T>.Refused GaveUp<T>(string action, Refusal refusal, int attempts) =>
        new(refusal with { Kind = RefusalKind.Transient, Message = $"{action}: {refusal.Message} ({Tries(attempts)})" });

    private static Answer<T>.Refused NoTimeLeft<T>(string action, int attempts) =>
        new(new Refusal(RefusalKind.Transient, RefusalCodes.NoTimeLeft, $"{action}: {Tries(attempts)}"));

    private static string Tries(int attempts) => attempts <= 1 ? "tried once, no time left" : $"tried {attempts} times";
}
