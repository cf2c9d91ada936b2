using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core.Batching;

/// <summary>Handles a batch of events as one scope, one inventory and one plan. Only
/// records whose work failed come back to the queue.</summary>
/// <param name="run">Runs the reconciler on the events of the batch.</param>
/// <param name="queue">Takes what could not be finished; null where the function does not know its queue.</param>
internal sealed class BatchHandler(
    Func<IReadOnlyList<MirrorEvent>, Task<RunResult>> run, IContinuationQueue? queue, FullSyncs fullSyncs, TimeProvider time)
{
    /// <summary>After so many invocations in a row that finished nothing, the chain of continuations ends with an error.</summary>
    /// <remarks>Lambda's own guard against loops has to be off for continuations to work, since
    /// it ends them after about 16 turns. This is the guard.</remarks>
    public const int MostIdleTurns = 5;

    /// <summary>Handles a batch. Records that cannot be understood fail alone.</summary>
    public async Task<BatchResult> HandleAsync(Payload.Batch batch, CancellationToken cancellationToken)
    {
        var malformed = batch.Records.Where(record => record.Reading is EventReading.Malformed).ToList();
        var understood = batch.Records.Where(record => record.Reading is EventReading.Understood).ToList();
        List<string> errors = [.. malformed.Select(record => $"message {record.MessageId} cannot be understood: {record.Reading}")];

        var result = await run([.. understood.Select(record => ((EventReading.Understood)record.Reading).Event)]);
        if (result.IsUntouched || result is not { Request: { } request, Report: { } report })
            return new BatchResult(result, [.. batch.Records.Select(record => record.MessageId)], errors);

        var failed = Sources(report, outcome => outcome is Outcome.Failed);
        failed.UnionWith(report.Verdicts.Where(verdict => verdict.Verdict is Verdict.Unsettled)
            .Select(verdict => new ChangedSource(verdict.NetworkInterfaceId, verdict.InstanceId)));
        var unfinished = Sources(report, outcome => outcome is Outcome.Postponed);
        if (unfinished.Count > 0 && await HandOnAsync(report, request, unfinished, cancellationToken) is { } whyNotHandedOn)
        {
            failed.UnionWith(unfinished);
            errors.Add(whyNotHandedOn);
        }

        var whyNotArranged = await ArrangeSharedSyncAsync(request, cancellationToken);
        if (whyNotArranged is not null)
            errors.Add(whyNotArranged);

        // The scopes that the run acted on say whose work failed. They are not asked for again: another policy might answer.
        var returned = understood.Zip(request.Events, (record, each) => (record.MessageId, each.Scope)).Where(each =>
            report.IsIncomplete
                || (each.Scope is Scope.Later ? whyNotArranged is not null : failed.Any(source => Concerns(each.Scope, source, report))));
        var calls = queue is null ? report.ApiCalls : ApiCalls.With(report.ApiCalls, "sqs", queue.Calls);
        return new BatchResult(
            result with { Failure = null, Report = report with { ApiCalls = calls } },
            [.. malformed.Select(record => record.MessageId).Concat(returned.Select(each => each.MessageId)).Distinct()],
            errors);
    }

    private static HashSet<ChangedSource> Sources(Report report, Func<Outcome, bool> isMeant) =>
    [
        .. report.Changes.Where(each => isMeant(each.Outcome)).Select(each => each.Change.NetworkInterfaceId)
            .Select(id => new ChangedSource(id, report.InstanceOf(id))),
    ];

    /// <summary>Arranges the full sync that events share which name no interface; null when that is done, or none waits.</summary>
    private async Task<string?> ArrangeSharedSyncAsync(Request request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var later = request.Events.Select(each => each.Scope).OfType<Scope.Later>().FirstOrDefault();
        if (queue is null || later is null || fullSyncs.IsArranged(now, ScopeRules.BetweenSharedSyncs))
            return null;
        if (await queue.SendAsync(ContinuationEvent.Write(new Scope.Everything(), 0), later.At - now, cancellationToken) is { } refusal)
            return $"the full sync that heals what was deleted or detached could not be arranged: {refusal}.";
        fullSyncs.Arranged(later.At);
        return null;
    }

    /// <summary>Hands on what is left, once; null when that is done, else why it is not.</summary>
    private async Task<string?> HandOnAsync(
        Report report, Request request, HashSet<ChangedSource> unfinished, CancellationToken cancellationToken)
    {
        var finishedAny = report.Changes.Any(each => each.Outcome is Outcome.Done or Outcome.Settled or Outcome.Refused);
        var turnsBefore = request.Events.Select(each => each.Event).OfType<MirrorEvent.Continuation>().Select(each => each.IdleTurns)
            .DefaultIfEmpty(0).Max();
        var idleTurns = finishedAny ? 0 : turnsBefore + 1;
        if (idleTurns >= MostIdleTurns)
        {
            return $"{unfinished.Count} interfaces are left, and {idleTurns} invocations in a row could not change anything: find out "
                + $"whether EC2 throttles "
                + "this account, or whether the function's timeout is too short.";
        }

        if (queue is null)
            return $"{unfinished.Count} interfaces will be retried: AUTOMIRROR_QUEUE_URL is not set, so they cannot be handed on.";
        var left = new Scope.Part
        {
            Instances = [.. unfinished.Select(source => source.InstanceId).OfType<Id<Instance>>()],
            NetworkInterfaces =
            [
                .. unfinished.Where(source => source.InstanceId is null).Select(source => source.NetworkInterfaceId)
                    .OfType<Id<NetworkInterface>>(),
            ],
        };
        return await queue.SendAsync(ContinuationEvent.Write(left, idleTurns), TimeSpan.Zero, cancellationToken) is { } refusal
            ? $"{unfinished.Count} interfaces will be retried, since they could not be handed on: {refusal}."
            : null;
    }

    private static bool Concerns(Scope scope, ChangedSource source, Report report) => scope switch
    {
        Scope.Nothing => false,
        Scope.Part { Subnets.Count: 0, Vpcs.Count: 0, Sessions.Count: 0, Targets.Count: 0 } part =>
            (source.NetworkInterfaceId is { } id && part.NetworkInterfaces.Contains(id))
            || (
                source.InstanceId is { } instance
                    && (part.Instances.Contains(instance) || part.NetworkInterfaces.Any(id => report.InstanceOf(id) == instance))),
        _ => true,
    };

    /// <summary>A source where something could not be done or decided; of an instance
    /// that EC2 does not show, no interface is known.</summary>
    private sealed record ChangedSource(Id<NetworkInterface>? NetworkInterfaceId, Id<Instance>? InstanceId);
}

/// <summary>How a batch ended.</summary>
/// <param name="Result">How the run ended; its failure stands only where nothing at all could be done.</param>
internal sealed record BatchResult(RunResult Result, IReadOnlyList<string> FailedMessageIds, IReadOnlyList<string> Errors);
