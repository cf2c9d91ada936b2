using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>Carries out changes of one kind, several at once, until the time is over.</summary>
internal sealed class Workers(ApplyContext context, Settling settling, SecondLook secondLook)
{
    private const int MostWorkers = 8;

    // A worker calls sequentially; at about 50 ms a call it could make 20 a second. 10 leaves headroom.
    private const double CallsOfWorkerASecond = 10;

    /// <summary>What became of each change, in the order of the changes. What became of the change itself comes last in its list.</summary>
    public async Task<IReadOnlyList<AppliedChange>[]> RunAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var applied = new IReadOnlyList<AppliedChange>[changes.Count];
        var waiting = new WorkList(changes, context.RequestId, context.Time.GetUtcNow());
        await Task.WhenAll(
            Enumerable.Range(0, Math.Min(MostWorkers, changes.Count))
                .Select(worker => WorkAsync(worker, waiting, applied, cancellationToken)));
        return applied;
    }

    private async Task WorkAsync(int worker, WorkList waiting, IReadOnlyList<AppliedChange>[] applied, CancellationToken cancellationToken)
    {
        while (!IsSurplus(worker) && waiting.TryTake() is var (index, change))
        {
            applied[index] = context.IsOver
                ? [new(change, new Outcome.Postponed())]
                : await ExecuteAsync(waiting, change, cancellationToken);
        }
    }

    // While calls are paced, a change that leaves the list early is stale by its turn, so only as many workers run as the rate keeps busy.
    private bool IsSurplus(int worker) => context.Limiter.Rate is { } rate && worker > rate / CallsOfWorkerASecond;

    private async Task<IReadOnlyList<AppliedChange>> ExecuteAsync(WorkList waiting, Change change, CancellationToken cancellationToken)
    {
        if (change is Change.Create && await ReplanWhatOthersDidAsync(waiting, change, cancellationToken) is { } replanned)
            return replanned;
        var applied = await settling.ExecuteAsync(change, cancellationToken);
        if (change is Change.Create && applied[^1].Outcome is Outcome.Settled)
            waiting.Collided();
        return applied;
    }

    /// <summary>A create that another invocation has done meanwhile would only cost rate:
    /// it is planned anew instead. Null for any other.</summary>
    private async Task<IReadOnlyList<AppliedChange>?> ReplanWhatOthersDidAsync(
        WorkList waiting, Change change, CancellationToken cancellationToken)
    {
        if (waiting.TryBeginLook(context.Time.GetUtcNow(), out var ids)
            && (await secondLook.ReadAsync([.. ids, change.NetworkInterfaceId], cancellationToken)).TryGet(out var seen, out _))
        {
            waiting.Look(seen);
        }

        return waiting.Seen is { } now && now.Contains(change.NetworkInterfaceId)
            ? await settling.ReplanAsync(change, [.. now[change.NetworkInterfaceId]], cancellationToken)
            : null;
    }
}
