using AutoMirror.Aws.Hosting;
using AutoMirror.Simulation.Hosting;

namespace AutoMirror.Simulation.Checks;

/// <summary>How invocations end: with an answer, or because their time is over.</summary>
internal sealed partial class Watch
{
    private const int MostAttempts = 10;

    private static readonly string[] WordsOfTheWay = [
        "connection was cut", "internal error", "service is unavailable", "HttpClient.Timeout", "ended prematurely"];

    // An attempt is given up after 16 s; what follows is begun at once, or after 5 s of waiting at the most.
    private static readonly TimeSpan StalledAtMost = TimeSpan.FromSeconds(25);

    /// <summary>An invocation has answered.</summary>
    public void Ended(Handling handling, InvocationOutcome outcome, ReadOnlySpan<byte> log)
    {
        var failed = outcome as InvocationOutcome.Failed;
        history.Note(() => $"{handling.Id} {(failed is null ? "answers" : $"fails: {failed.ErrorType}: {failed.Message}")}");
        if (failed is not null && !failed.ErrorType.StartsWith("AutoMirror.", StringComparison.Ordinal))
            history.Violated($"{handling.Id} threw {failed.ErrorType}: {failed.Message} {string.Join(" ", failed.StackTrace.Take(3))}");
        if (log.IndexOf("BrokenPlan"u8) >= 0 || log.IndexOf("broken-plan"u8) >= 0)
            history.Violated($"{handling.Id} made a plan that breaks its own rules: {System.Text.Encoding.UTF8.GetString(log)}");

        // What passes by itself is tried again while there is time.
        var left = handling.Deadline - history.Clock.Now;
        var isOfTheWay = failed is not null && WordsOfTheWay.Any(words => failed.Message.Contains(words, StringComparison.Ordinal));
        if (isOfTheWay && handling.MostFaultsOfOneAction is > 0 and < MostAttempts && left > (handling.Deadline - handling.StartedAt) / 2)
        {
            history.Violated(
                $"{handling.Id} gave up after {handling.MostFaultsOfOneAction} faults, with {left.TotalSeconds:F0} s left: "
                    + $"{failed!.ErrorType}: {failed.Message}");
        }
    }

    /// <summary>An invocation's time is over. One answer that stalls must not have cost what was left of it.</summary>
    public void RanOut(Handling handling)
    {
        if (handling.StalledAt is { } since && handling.Deadline - since > StalledAtMost)
            history.Violated($"{handling.Id} waited for a stalled answer from {since:T} to its end at {handling.Deadline:T}");
    }
}
