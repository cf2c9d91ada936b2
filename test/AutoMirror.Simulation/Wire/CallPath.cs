using AutoMirror.Simulation.Hosting;

namespace AutoMirror.Simulation.Wire;

/// <summary>What befalls one call.</summary>
internal enum CallFate
{
    Answered,
    Throttled,
    InternalError,
    Unavailable,
    TimedOut,
    Stalled,
    CutBefore,
    CutAfter,
    CutShort,
}

/// <summary>What one transport makes of a fate: how its errors look to the SDK's caller.</summary>
internal interface ITransport<T>
{
    /// <summary>Does the work, as AWS does; a refusal throws or is an answer, as the transport has it.</summary>
    T Do();

    /// <summary>Gives the answer of a call that failed at the service or on the way.</summary>
    T Fail(CallFate fate);
}

/// <summary>The way of one process's calls to AWS: takes time, goes wrong as the dials
/// have it, and ends for good when the process is killed.</summary>
internal sealed class CallPath(History history, Process process)
{
    /// <summary>When the SDK gives up on an attempt.</summary>
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(15);

    /// <summary>What the process is at work on.</summary>
    public Handling? Handling => process.Handling;

    public async Task<T> CallAsync<T>(string service, string action, bool isUnfiltered, ITransport<T> transport)
    {
        if (process.IsDead || process.Handling is not { } handling)
            return await NeverAsync<T>();
        var changes = service == "ec2" && !action.StartsWith("Describe", StringComparison.Ordinal);
        handling.Calls++;
        history.Statistics.Calls++;
        history.Watch.Begins(handling, action, changes);
        handling.StalledAt = null;
        var isLast = handling.Calls == handling.DiesAtCall;
        var fate = history.DrawFate(action);
        await history.Clock.WaitAsync(history.DrawLatency());
        if (isLast && !handling.DiesAfterwards)
            process.Kill("before a call was done");
        if (process.IsDead)
            return await NeverAsync<T>();
        if (fate == CallFate.Answered && !history.TryTakeToken(service, action, isUnfiltered))
            fate = CallFate.Throttled;
        if (fate != CallFate.Answered)
        {
            history.Statistics.Faults++;

            // Being throttled by EC2 is waited out, and costs no attempt.
            if (fate != CallFate.Throttled || service != "ec2")
                handling.NoteFault(action);
            history.Note(() => $"{handling.Id} {action}: {fate}");
        }

        if (fate is CallFate.Throttled or CallFate.InternalError or CallFate.Unavailable or CallFate.CutBefore)
            return transport.Fail(fate);

        T answer;
        Exception? refusal = null;
        try
        {
            answer = transport.Do();
        }
        catch (Exception error)
        {
            (answer, refusal) = (default!, error);
        }

        if (changes)
            history.Note(() => $"{handling.Id} {action}{(refusal is null ? "" : $" refused: {refusal.Message}")}");
        history.Observe(handling);
        if (isLast)
            process.Kill("after a call was done");
        await history.Clock.WaitAsync(fate == CallFate.TimedOut ? AttemptLimit : history.DrawLatency());
        if (process.IsDead)
            return await NeverAsync<T>();
        if (fate == CallFate.Stalled)
        {
            handling.StalledAt = history.Clock.Now;
            return await NeverAsync<T>();
        }

        if (fate is CallFate.TimedOut or CallFate.CutAfter or CallFate.CutShort)
            return transport.Fail(fate);
        return refusal is null ? answer : throw refusal;
    }

    private static Task<T> NeverAsync<T>() => new TaskCompletionSource<T>().Task;
}
