using System.Diagnostics;
using AutoMirror.Aws.Hosting;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Lambda;

/// <summary>
/// The life of a Lambda process: initialise once, then ask for work, do it and answer, until told to stop. A failed invocation does not
/// end it (an exit would cost the next event a cold start); only a Runtime API that can't go on, or a function that can't be stopped, does.
/// </summary>
/// <param name="api">Where work comes from and answers go.</param>
/// <param name="start">Makes the function; called once, and what it throws is reported like any failed initialisation.</param>
/// <param name="setTrace">Told before each invocation to which trace it belongs, or null for none.</param>
/// <param name="log">The host's own log.</param>
/// <param name="clock">The time that deadlines are held against.</param>
internal sealed class RuntimeLoop(
    RuntimeApiClient api, Func<HostedFunction> start, Action<string?> setTrace, ILogger log, TimeProvider clock)
{
    /// <summary>Lambda gives initialisation 10 s and then starts it over inside the first invocation: better to go on without.</summary>
    public static readonly TimeSpan LongestInitialization = TimeSpan.FromSeconds(8);

    /// <returns>The process's exit code.</returns>
    public async Task<int> RunAsync(bool snapStart, CancellationToken stop)
    {
        if (snapStart)
            return await RefuseToStartAsync(HostFailures.SnapStart);
        try
        {
            return await InitializeAsync(stop) switch
            {
                Started.Ready(var function) => await InvokeUntilEndedAsync(function, stop),
                Started.Failed(var failure) => await RefuseToStartAsync(failure),
                _ => throw new UnreachableException(),
            };
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return 0;
        }
    }

    private async Task<Started> InitializeAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(LongestInitialization, clock);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        HostedFunction? function = null;
        try
        {
            function = start();
            await function.InitializeAsync(cancelled.Token);
            return new Started.Ready(function);
        }
        catch (OperationCanceledException) when (function is not null && limit.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            log.Warn(
                $"Warm-up took longer than {LongestInitialization.TotalSeconds:0} s and was cut short: the first invocation pays.");
            return new Started.Ready(function);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            return new Started.Failed(HostFailures.Of(exception));
        }
    }

    private async Task<int> RefuseToStartAsync(InvocationOutcome.Failed failure)
    {
        log.Failed(failure.ErrorType, failure.Message, failure.StackTrace);
        if (await api.FailInitializationAsync(failure, CancellationToken.None) is Receipt.Ended(var reason))
            log.Error(reason);
        return 1;
    }

    private async Task<int> InvokeUntilEndedAsync(HostedFunction function, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var goesOn = await api.NextAsync(stop) switch
            {
                NextInvocation.Received work => await InvokeAsync(function, work, stop),
                NextInvocation.Ended(var reason) => End(reason),
                _ => throw new UnreachableException(),
            };
            if (!goesOn)
                return 1;
        }

        return 0;
    }

    /// <returns>Whether the process can take another invocation.</returns>
    private async Task<bool> InvokeAsync(HostedFunction function, NextInvocation.Received work, CancellationToken stop)
    {
        setTrace(work.Invocation.TraceId);
        var requestId = work.Invocation.RequestId;
        var run = await HostedResult.RunAsync(function, work, clock, stop);
        if (run is { IsBug: true, Outcome: InvocationOutcome.Failed bug })
            log.Failed(bug.ErrorType, bug.Message, bug.StackTrace, requestId);

        // Not under the stop token: the answer to work that was done gets out even when the process is told to stop meanwhile.
        var receipt = await SendAsync(requestId, run.Outcome);
        var goesOn = receipt is Receipt.Accepted || await GoesOnAfterAsync(receipt, run.Outcome, requestId);
        return run.StillRunning
            ? End("The function did not stop when its time was over: this process ends, so that the next invocation starts clean.")
            : goesOn;
    }

    /// <summary>An answer that Lambda does not take is told as an error; whether there can be a next invocation.</summary>
    private async Task<bool> GoesOnAfterAsync(Receipt receipt, InvocationOutcome outcome, string requestId)
    {
        if (receipt is Receipt.TooLarge(var size) && outcome is InvocationOutcome.Answered)
        {
            var failure = HostFailures.AnswerTooLarge(size);
            log.Failed(failure.ErrorType, failure.Message, failure.StackTrace, requestId);
            receipt = await SendAsync(requestId, failure);
        }

        switch (receipt)
        {
            case Receipt.NotCurrent(var reason):
                log.Warn($"Lambda no longer waits for this invocation: {reason}", requestId);
                break;
            case Receipt.TooLarge(var reason):
                log.Error($"Lambda took neither the answer nor the error: {reason}", requestId);
                break;
            case Receipt.Ended(var reason):
                return End(reason);
        }

        return true;
    }

    private bool End(string reason)
    {
        log.Fatal(reason);
        return false;
    }

    private Task<Receipt> SendAsync(string requestId, InvocationOutcome outcome) => outcome switch
    {
        InvocationOutcome.Answered answered => api.AnswerAsync(requestId, answered.Json, CancellationToken.None),
        InvocationOutcome.Failed failed => api.FailAsync(requestId, failed, CancellationToken.None),
        _ => throw new UnreachableException(),
    };

    private abstract record Started
    {
        private Started()
        {
        }

        public sealed record Ready(HostedFunction Function) : Started;

        public sealed record Failed(InvocationOutcome.Failed Failure) : Started;
    }
}
