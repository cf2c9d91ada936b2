namespace AutoMirror.Core.Ports;

/// <summary>The port to the queue that the function's events come from. An invocation hands on what it could not finish.</summary>
internal interface IContinuationQueue
{
    /// <summary>How often each action was called so far, every attempt counted.</summary>
    IReadOnlyDictionary<string, int> Calls { get; }

    /// <summary>Sends a message that becomes visible after a delay of at most 15 minutes (SQS
    /// API reference, DelaySeconds); null when that is done.</summary>
    Task<Refusal?> SendAsync(string message, TimeSpan delay, CancellationToken cancellationToken);
}
