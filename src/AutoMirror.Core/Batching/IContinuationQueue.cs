using AutoMirror.Core.Applying;

namespace AutoMirror.Core.Batching;

/// <summary>The port to the queue that the function's events come from, by which an invocation hands on what it could not finish.</summary>
public interface IContinuationQueue
{
    /// <summary>How often each action was called so far, retries included.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    /// <summary>Sends a message, to be seen after a delay of at most 15 minutes (SQS API reference, DelaySeconds).</summary>
    Task<Answer<string>> SendAsync(string message, TimeSpan delay, CancellationToken cancellationToken);
}
