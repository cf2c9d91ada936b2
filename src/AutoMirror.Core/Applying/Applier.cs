using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>Carries a plan out in phases: deletes, which free numbers and places; changes in place; creates.</summary>
internal sealed class Applier
{
    private readonly SessionChanges _changes;
    private readonly Workers _workers;

    public Applier(ApplyContext context, SecondLook secondLook)
    {
        _changes = new SessionChanges(context);
        _workers = new Workers(context, new Settling(context, _changes, secondLook), secondLook);
    }

    /// <summary>Returns one outcome for each change, in the order of the plan, then the
    /// extra changes that re-planning or freed places caused.</summary>
    public async Task<IReadOnlyList<AppliedChange>> ApplyAsync(Plan plan, CancellationToken cancellationToken)
    {
        var extra = new List<AppliedChange>();
        var applied = await RunPhasesAsync(plan.Changes, extra, cancellationToken);
        await RetryWherePlacesWereFreedAsync(plan.Changes, applied, extra, cancellationToken);
        if (applied.Any(each => each.Outcome is Outcome.Refused))
            extra.AddRange(await TryStandbysAsync(plan.Standbys, cancellationToken));
        return [.. applied, .. extra.OrderBy(each => each.Change.NetworkInterfaceId)];
    }

    private async Task<AppliedChange[]> RunPhasesAsync(
        IReadOnlyList<Change> changes, List<AppliedChange> extra, CancellationToken cancellationToken)
    {
        var applied = new List<AppliedChange>();
        foreach (var phase in changes.GroupBy(change => change.GetType()))
        {
            foreach (var each in await _workers.RunAsync([.. phase], cancellationToken))
            {
                applied.Add(each[^1]);
                extra.AddRange(each.SkipLast(1));
            }
        }

        return [.. applied];
    }

    /// <summary>
    /// A session that moves frees a place on its old target, maybe just after another source was refused it. While moves succeed, retries
    /// the changes that found every target full.
    /// </summary>
    private async Task RetryWherePlacesWereFreedAsync(
        IReadOnlyList<Change> changes, AppliedChange[] applied, List<AppliedChange> extra, CancellationToken cancellationToken)
    {
        for (var latest = applied; latest.Any(each => each.HasMoved);)
        {
            var waiting = Enumerable.Range(0, applied.Length).Where(index => applied[index].Outcome.IsForLackOfRoom).ToList();
            _changes.ForgetFullTargets();
            latest = await RunPhasesAsync([.. waiting.Select(index => changes[index])], extra, cancellationToken);
            foreach (var (index, each) in waiting.Zip(latest))
                applied[index] = each.Outcome is Outcome.Postponed ? applied[index] : each;
        }
    }

    /// <summary>EC2 refused a source that the planner had reserved a place for. Offers that place to
    /// the standbys; one that is refused again keeps its verdict.</summary>
    private async Task<IEnumerable<AppliedChange>> TryStandbysAsync(IReadOnlyList<Standby> standbys, CancellationToken cancellationToken)
    {
        var extra = new List<AppliedChange>();
        var tried = await RunPhasesAsync([.. standbys.Select(standby => standby.Create)], extra, cancellationToken);
        return standbys.Zip(tried).Where(each => each.Second.Outcome is not Outcome.Postponed && !each.Second.Outcome.IsForLackOfRoom)
            .Select(
                each =>
                    each.Second with { Outcome = each.Second.Outcome with { Revised = each.Second.Outcome.Revised ?? each.First.Verdict } })
            .Concat(extra);
    }
}
