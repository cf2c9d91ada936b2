using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Xml;
using Amazon.Runtime;
using AutoMirror.Core.Applying;

namespace AutoMirror.Aws;

/// <summary>Makes calls: counts them, tries again what passes by itself, and turns errors into values. The SDK's own retries are off.</summary>
/// <remarks>
/// A loop of our own, not Polly: measured in the function compiled ahead of time, Polly.Core costs 1.3 MB of binary, 1.8 ms of CPU and
/// 3 MB of memory at start, for thirty lines; and this loop knows the invocation's deadline, and waits on a clock that tests hold.
/// </remarks>
internal sealed class AwsCaller(CallBudget budget, Func<string, RateBudget>? paceOf = null)
{
    // In a storm a call may be refused again and again while others have their turn; time ends that, and this does where time stands still.
    private const int MostPacedAttempts = 1000;

    // EC2's longest, an encoded refusal of a permission, is about half of this.
    private const int LongestMessage = 4000;

    private int _throttles;
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    /// <summary>How often each action was called, every attempt counted.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>How many calls were throttled.</summary>
    public int Throttles => _throttles;

    /// <summary>Calls until there is an answer, a refusal that stays, or no time left.</summary>
    public Task<Answer<T>> CallAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(action, call, triesThrottledAgain: true, cancellationToken);

    /// <summary>As <see cref="CallAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>, but being throttled is a refusal: the caller paces such calls itself.</summary>
    public Task<Answer<T>> ChangeAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        CallAsync(action, call, triesThrottledAgain: false, cancellationToken);

    private async Task<Answer<T>> CallAsync<T>(string action, Func<CancellationToken, Task<T>> call, bool triesThrottledAgain, CancellationToken cancellationToken)
    {
        var pace = triesThrottledAgain ? paceOf?.Invoke(action) : null;
        var failures = 0;
        for (var attempt = 1; ; attempt++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (pace is not null && !await pace.TakeAsync(budget.StopAt, cancellationToken))
                return new Answer<T>.Refused(new Refusal(RefusalKind.Transient, ErrorCodes.NoTimeLeft, $"{action}: {Tries(attempt - 1)}"));

            _calls.AddOrUpdate(action, 1, (_, count) => count + 1);
            var startedAt = budget.Time.GetUtcNow();
            var answer = await TryAsync(action, call, cancellationToken);
            switch (answer)
            {
                case Answer<T>.Refused { Refusal: { Kind: RefusalKind.Throttled } throttled }:
                    Interlocked.Increment(ref _throttles);
                    if (!triesThrottledAgain)
                        return answer;

                    // What is paced waits for its turn instead; having waited for it long says nothing of what fails otherwise.
                    pace?.Throttled(startedAt);
                    if (pace is not null ? attempt >= MostPacedAttempts : !await WaitAsync(++failures, cancellationToken))
                        return GaveUp<T>(action, throttled, attempt);
                    break;
                case Answer<T>.Refused { Refusal: { Kind: RefusalKind.Transient } transient }:
                    if (!await WaitAsync(++failures, cancellationToken))
                        return GaveUp<T>(action, transient, attempt);
                    break;
                default:
                    pace?.Succeeded();
                    return answer;
            }
        }
    }

    /// <summary>Waits before the next attempt; false when none is left.</summary>
    private async Task<bool> WaitAsync(int failures, CancellationToken cancellationToken)
    {
        if (budget.WaitAfter(failures) is not { } wait)
            return false;
        await Task.Delay(wait, budget.Time, cancellationToken);
        return true;
    }

    private static Answer<T>.Refused GaveUp<T>(string action, Refusal refusal, int attempts) =>
        new(refusal with { Kind = RefusalKind.Transient, Message = $"{action}: {refusal.Message} ({Tries(attempts)})" });

    private static string Tries(int attempts) => attempts <= 1 ? "tried once, no time left" : $"tried {attempts} times";

    private static async Task<Answer<T>> TryAsync<T>(string action, Func<CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return new Answer<T>.Given(await call(cancellationToken));
        }
        catch (AmazonServiceException error) when (!cancellationToken.IsCancellationRequested)
        {
            return Refused<T>(error);
        }
        catch (Exception error) when (IsOnTheWay(error) && !cancellationToken.IsCancellationRequested)
        {
            return Refused<T>(RefusalKind.Transient, ErrorCodes.Connection, Innermost(error));
        }
        catch (XmlException error)
        {
            return Refused<T>(RefusalKind.Transient, ErrorCodes.UnreadableAnswer, error.Message);
        }
        catch (Exception error) when (error is FormatException or OverflowException)
        {
            return Refused<T>(RefusalKind.Other, ErrorCodes.UnreadableAnswer, $"{action}: {error.Message}");
        }
    }

    private static Answer<T>.Refused Refused<T>(AmazonServiceException error)
    {
        // An answer in JSON that was cut short comes as a service exception around what the parser met; one in XML, as the parser's own.
        if (error is AmazonUnmarshallingException || error.ErrorCode is null or "")
        {
            var isCutShort = error.StatusCode is 0 or HttpStatusCode.OK || error.StatusCode >= HttpStatusCode.InternalServerError;
            return Refused<T>(
                isCutShort && error.StatusCode != HttpStatusCode.NotImplemented ? RefusalKind.Transient : RefusalKind.Other,
                error.StatusCode is 0 ? ErrorCodes.Connection : ErrorCodes.UnreadableAnswer,
                error.StatusCode is 0 ? Innermost(error) : $"HTTP status {(int)error.StatusCode}, and nothing that says why");
        }

        return Refused<T>(ErrorCodes.Classify(error.ErrorCode, error.Message, error.StatusCode), error.ErrorCode, error.Message);
    }

    // Time-outs surface as cancellations that nobody here asked for; a broken connection as any of the others.
    private static bool IsOnTheWay(Exception error) => error is AmazonClientException or HttpRequestException or IOException or WebException or OperationCanceledException or TimeoutException;

    // Words from the other side of the wire go into problems, log lines and the answer.
    private static Answer<T>.Refused Refused<T>(RefusalKind kind, string code, string message) => new(new Refusal(kind, Shortened(code), Shortened(message)));

    private static string Shortened(string text) => text.Length <= LongestMessage ? text : $"{text[..LongestMessage]}…";

    private static string Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error.Message;
}

/// <summary>Answers, handed on.</summary>
internal static class Answers
{
    /// <summary>The same refusal, or the value turned into another.</summary>
    public static Answer<TOut> Select<TIn, TOut>(this Answer<TIn> answer, Func<TIn, TOut> convert) => answer switch
    {
        Answer<TIn>.Given { Value: var value } => new Answer<TOut>.Given(convert(value)),
        Answer<TIn>.Refused { Refusal: var refusal } => new Answer<TOut>.Refused(refusal),
        _ => throw new UnreachableException(),
    };
}
