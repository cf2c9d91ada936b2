using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core.Batching;

/// <summary>A batch of events as one scope, one inventory and one plan. Only records whose work failed come back to the queue.</summary>
/// <param name="reconciler">Does the work.</param>
/// <param name="queue">Takes what could not be finished; null where the function does not know its queue.</param>
/// <param name="state">What is kept between invocations.</param>
/// <param name="time">The clock.</param>
public sealed class BatchRun(Reconciler reconciler, IContinuationQueue? queue, WarmState state, TimeProvider time)
{
    /// <summary>After so many invocations in a row that finished nothing, the chain of continuations ends with an error.</summary>
    /// <remarks>Lambda's own guard against loops has to be off for continuations to work (its limit is about 16 turns), so this is the guard.</remarks>
    public const int MostIdleTurns = 5;

    /// <summary>Handles a batch. Records that can't be understood fail alone.</summary>
    public async Task<BatchConclusion> RunAsync(MirrorEvent.Batch batch, string requestId, DateTimeOffset stopAt, CancellationToken cancellationToken)
    {
        var malformed = batch.Records.Where(record => record.Event is MirrorEvent.Malformed).ToList();
        var understood = batch.Records.Except(malformed).ToList();
        var now = await PaceAsync(understood, cancellationToken);

        var conclusion = await reconciler.RunAsync(new MirrorRequest([.. now.Select(record => record.Event)]), requestId, stopAt, cancellationToken);
        // Where nothing was carried out at all, nothing counts as done.
        if (conclusion is Conclusion.Failed { Report: null } or Conclusion.Failed { ErrorType: Conclusion.BrokenPlanType })
            return new BatchConclusion(conclusion, [.. batch.Records.Select(record => record.MessageId)], [.. Said(malformed)]);

        var report = conclusion switch
        {
            Conclusion.Reported reported => reported.Report,
            Conclusion.Failed failed => failed.Report!,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        var unfinished = Interfaces(report, outcome => outcome is Outcome.Postponed);
        var broken = Interfaces(report, outcome => outcome is Outcome.Failed);
        var handedOn = unfinished.Count == 0 ? null : await HandOnAsync(report, understood, unfinished, cancellationToken);
        if (handedOn is not null)
            broken.UnionWith(unfinished);

        var failing = report.IsIncomplete ? now : now.Where(record => broken.Any(lost => Concerns(record.Event, lost, report)));
        return new BatchConclusion(
            new Conclusion.Reported(report),
            [.. malformed.Concat(failing).Select(record => record.MessageId).Distinct()],
            [.. Said(malformed), .. handedOn is null ? (string[])[] : [handedOn]]);
    }

    private static IEnumerable<string> Said(IEnumerable<BatchRecord> malformed) =>
        malformed.Select(record => $"message {record.MessageId} was not understood: {record.Event}");

    private static HashSet<Lost> Interfaces(Report report, Func<Outcome, bool> isMeant) =>
        [.. report.Changes.Where(change => isMeant(change.Outcome)).Select(change => new Lost(change.Change.NetworkInterfaceId, report.InstanceOf(change.Change.NetworkInterfaceId)))];

    /// <summary>The records to look at now; for those that can wait for a shared look at everything, that look is arranged.</summary>
    private async Task<IReadOnlyList<BatchRecord>> PaceAsync(IReadOnlyList<BatchRecord> records, CancellationToken cancellationToken)
    {
        if (queue is null)
            return records;
        var at = time.GetUtcNow();
        var waits = records.Where(record => reconciler.ScopeOf(record.Event) is { } scope && HealingPace.WaitFor(record.Event, scope, state.LastSweepAt, at) is not null).ToList();
        if (waits.Count == 0)
            return records;

        if (!(state.NextSweepAt > at))
        {
            var delay = (state.LastSweepAt ?? at) + HealingPace.Between - at;
            if (await queue.SendAsync(ContinuationEvent.Write(new Scope.Everything(), 0), delay, cancellationToken) is Answer<string>.Refused)
                return records;
            state.NextSweepAt = at + delay;
        }

        return [.. records.Except(waits)];
    }

    /// <summary>Sends what is left, once; null when that is done, else why it is not.</summary>
    private async Task<string?> HandOnAsync(Report report, IReadOnlyList<BatchRecord> records, IReadOnlySet<Lost> unfinished, CancellationToken cancellationToken)
    {
        var hasGotOn = report.Changes.Any(change => change.Outcome is Outcome.Created or Outcome.Modified or Outcome.Deleted or Outcome.FoundSettled or Outcome.Refused);
        var idleTurns = hasGotOn ? 0 : 1 + records.Select(record => record.Event).OfType<MirrorEvent.Continuation>().Select(each => each.IdleTurns).DefaultIfEmpty(0).Max();
        if (idleTurns >= MostIdleTurns)
            return $"{unfinished.Count} interfaces are left, and {idleTurns} invocations in a row could not change anything: see whether EC2 throttles this account, or whether the function's timeout is too short.";
        if (queue is null)
            return $"{unfinished.Count} interfaces are left for another try: the function does not know its queue, set AUTOMIRROR_QUEUE_URL.";

        var left = new Scope.Part
        {
            Instances = [.. unfinished.Select(lost => lost.InstanceId).OfType<Id<Instance>>()],
            NetworkInterfaces = [.. unfinished.Where(lost => lost.InstanceId is null).Select(lost => lost.NetworkInterfaceId)],
        };
        return await queue.SendAsync(ContinuationEvent.Write(left, idleTurns), TimeSpan.Zero, cancellationToken) is Answer<string>.Refused { Refusal: var refusal }
            ? $"{unfinished.Count} interfaces are left for another try, since they could not be handed on: {refusal}."
            : null;
    }

    private bool Concerns(MirrorEvent mirrorEvent, Lost lost, Report report) => reconciler.ScopeOf(mirrorEvent) switch
    {
        Scope.Nothing => false,
        Scope.Part part when part.Subnets.Count + part.Vpcs.Count + part.Sessions.Count == 0 =>
            part.NetworkInterfaces.Contains(lost.NetworkInterfaceId) || (lost.InstanceId is { } instance && part.Instances.Contains(instance))
            || (part.NetworkInterfaces.Count > 0 && part.Instances.Count == 0 && lost.InstanceId is { } holder && part.NetworkInterfaces.Any(id => report.InstanceOf(id) == holder)),
        _ => true,
    };

    private sealed record Lost(Id<NetworkInterface> NetworkInterfaceId, Id<Instance>? InstanceId);
}

/// <summary>How a batch ended.</summary>
/// <param name="Conclusion">Reported, whatever single records came to; failed only when nothing could be done at all.</param>
/// <param name="FailedMessageIds">The messages that come back to the queue.</param>
/// <param name="Errors">Why, in words for the log.</param>
public sealed record BatchConclusion(Conclusion Conclusion, IReadOnlyList<string> FailedMessageIds, IReadOnlyList<string> Errors);
