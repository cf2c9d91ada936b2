using AutoMirror.Aws.Hosting;

namespace AutoMirror.Lambda;

/// <summary>How one invocation of the function ended.</summary>
/// <param name="Outcome">What to tell Lambda.</param>
/// <param name="IsBug">Whether the function threw, so that nobody has logged it yet.</param>
/// <param name="StillRunning">The function ignored its cancellation: this process can't take another invocation beside it.</param>
internal sealed record HostedResult(InvocationOutcome Outcome, bool IsBug = false, bool StillRunning = false)
{
    /// <summary>
    /// How long before Lambda's deadline the work is cancelled. At the deadline Lambda ends the process and records only that, so what
    /// went wrong must be on its way before.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(500);

    public static async Task<HostedResult> RunAsync(
        HostedFunction function, NextInvocation.Received work, TimeProvider clock, CancellationToken stop)
    {
        var left = Between(TimeSpan.Zero, work.Invocation.Deadline - clock.GetUtcNow(), RuntimeApiClient.LongestInvocation);
        var margin = Between(TimeSpan.Zero, left / 2, Margin);
        using var deadline = new CancellationTokenSource(left - margin, clock);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stop);

        var running = StartAsync(function, work, cancelled.Token);
        // The second half of the margin is for a function that doesn't listen: what it does is unknown, but Lambda is still told.
        await ((Task)running).WaitAsync(left - (margin / 2), clock, CancellationToken.None)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!running.IsCompleted)
            return new HostedResult(HostFailures.OutOfTime, StillRunning: true);

        try
        {
            return new HostedResult(await running);
        }
        catch (Exception exception)
        {
            return exception is not OperationCanceledException || !cancelled.IsCancellationRequested
                ? new HostedResult(HostFailures.Of(exception), IsBug: true)
                : new HostedResult(deadline.IsCancellationRequested ? HostFailures.OutOfTime : HostFailures.Stopped);
        }
    }

    // Async, so that what is thrown before the first await ends up in the task like everything else.
    private static async Task<InvocationOutcome> StartAsync(
        HostedFunction function, NextInvocation.Received work, CancellationToken cancel) =>
        await function.InvokeAsync(work.Payload, work.Invocation, cancel);

    private static TimeSpan Between(TimeSpan least, TimeSpan value, TimeSpan most) => value < least ? least : value > most ? most : value;
}
