using System.Collections.Concurrent;
using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>Carries changes out: deletes, then changes in place, then creates, several of a kind at once, until the time is over.</summary>
/// <param name="ec2">EC2.</param>
/// <param name="time">The clock.</param>
/// <param name="run">What the applier has to know of this run.</param>
internal sealed class Applier(IEc2 ec2, TimeProvider time, ApplyRun run)
{
    /// <summary>The name under which a change that was not started fails.</summary>
    public const string NoTimeLeft = "AutoMirror.NoTimeLeft";

    private readonly ConcurrentDictionary<Id<TrafficMirrorTarget>, bool> _full = [];
    private readonly ConcurrentBag<AppliedChange> _besides = [];

    // One after the other, at some 50 ms a call, with room to spare.
    private const double CallsOfWorkerASecond = 10;

    /// <summary>Carries out a plan, and says what became of each change, in its order; what second looks and free room led to besides comes last.</summary>
    public async Task<IReadOnlyList<AppliedChange>> ApplyAsync(Plan plan, CancellationToken cancellationToken)
    {
        var outcomes = await ApplyAsync(plan.Changes, cancellationToken);
        await RetryWhereRoomWasMadeAsync(plan.Changes, outcomes, cancellationToken);
        if (outcomes.Any(outcome => outcome is Outcome.Refused))
            await StandInAsync(plan.Standbys, cancellationToken);
        return [.. plan.Changes.Zip(outcomes, (change, outcome) => new AppliedChange(change, outcome)), .. _besides.OrderBy(each => each.Change.NetworkInterfaceId)];
    }

    /// <summary>A move makes room on the target that it leaves, perhaps just after that had no room for another: as long as sessions move, those that found none try again.</summary>
    private async Task RetryWhereRoomWasMadeAsync(IReadOnlyList<Change> changes, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        for (var latest = outcomes; latest.Any(outcome => outcome is Outcome.Modified { Difference.TargetId: not null });)
        {
            var waiting = Enumerable.Range(0, outcomes.Length).Where(index => outcomes[index] is Outcome.Refused { Verdict.Verdict: Verdict.CapacityExhausted }).ToList();
            _full.Clear();
            latest = await ApplyAsync([.. waiting.Select(index => changes[index])], cancellationToken);
            foreach (var (index, outcome) in waiting.Zip(latest))
                outcomes[index] = outcome is Outcome.Postponed ? outcomes[index] : outcome;
        }
    }

    /// <summary>EC2 has refused a source that room was reckoned with for: others may have that. Of those that still find none there is nothing new to say.</summary>
    private async Task StandInAsync(IReadOnlyList<Standby> standbys, CancellationToken cancellationToken)
    {
        foreach (var (standby, outcome) in standbys.Zip(await ApplyAsync([.. standbys.Select(standby => standby.Create)], cancellationToken)))
        {
            if (outcome is not (Outcome.Postponed or Outcome.Refused { Verdict.Verdict: Verdict.CapacityExhausted }))
                _besides.Add(new AppliedChange(standby.Create, outcome with { Revised = outcome.Revised ?? standby.Verdict }));
        }
    }

    private async Task<Outcome[]> ApplyAsync(IReadOnlyList<Change> changes, CancellationToken cancellationToken)
    {
        var outcomes = new Outcome[changes.Count];
        foreach (var kind in changes.Index().GroupBy(entry => entry.Item.GetType()))
        {
            var waiting = new WorkList(kind, run.RequestId, time.GetUtcNow());
            await Task.WhenAll(Enumerable.Range(0, Math.Min(run.Concurrency, waiting.Count)).Select(worker => WorkAsync(worker, waiting, outcomes, cancellationToken)));
        }

        return outcomes;
    }

    private async Task WorkAsync(int worker, WorkList waiting, Outcome[] outcomes, CancellationToken cancellationToken)
    {
        while (!IsSurplus(worker) && waiting.TryTake() is var (index, change))
            outcomes[index] = IsOver ? new Outcome.Postponed() : await ApplyAsync(waiting, change, cancellationToken);
    }

    /// <summary>Applies a change that may have waited long: what another invocation has done meanwhile is not tried again, which would only use up the rate.</summary>
    private async Task<Outcome> ApplyAsync(WorkList waiting, Change change, CancellationToken cancellationToken)
    {
        if (change is not Change.Create)
            return await ApplyAsync(change, looks: 0, cancellationToken);
        if (waiting.TryBeginLook(time.GetUtcNow(), out var ids)
            && await run.SecondLook.ReadAsync([.. ids, change.NetworkInterfaceId], cancellationToken) is Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>.Given { Value: var seen })
        {
            waiting.Look(seen);
        }

        if (waiting.Seen is { } now && now.Contains(change.NetworkInterfaceId)
            && await SettleAsync(change, [.. now[change.NetworkInterfaceId]], looks: 0, cancellationToken) is { } settled)
        {
            return settled;
        }

        var outcome = await ApplyAsync(change, looks: 0, cancellationToken);
        if (outcome is Outcome.FoundSettled)
            waiting.Collided();
        return outcome;
    }

    // What is taken while calls are paced waits for its turn, and grows old: then no more is taken at once than the rate needs.
    private bool IsSurplus(int worker) => run.Budget.Rate is { } rate && worker > rate / CallsOfWorkerASecond;

    private bool IsOver => time.GetUtcNow() >= run.StopAt;

    private Task<Outcome> ApplyAsync(Change change, int looks, CancellationToken cancellationToken) => change switch
    {
        Change.Create create => CreateAsync(create, looks, cancellationToken),
        Change.Modify modify => ModifyAsync(modify, looks, cancellationToken),
        Change.Delete delete => DeleteAsync(delete, cancellationToken),
        _ => throw new UnreachableException(),
    };

    private async Task<Outcome> CreateAsync(Change.Create create, int looks, CancellationToken cancellationToken)
    {
        var settings = create.Settings;
        foreach (var target in Open(settings.TargetId, create.NextTargets))
        {
            settings = settings with { TargetId = target };
            var wanted = settings;
            var answer = await PacedAsync(() => ec2.CreateSessionAsync(wanted, ClientTokens.For(run.RequestId, wanted), cancellationToken), cancellationToken);
            if (answer is Answer<TrafficMirrorSession>.Given { Value: var session })
                return new Outcome.Created(session, settings);
            if (answer is Answer<TrafficMirrorSession>.Refused { Refusal: var refusal } && !IsFull(refusal, target))
                return await AfterRefusalAsync(create, refusal, looks, cancellationToken);
        }

        return Exhausted(settings);
    }

    private async Task<Outcome> ModifyAsync(Change.Modify modify, int looks, CancellationToken cancellationToken)
    {
        var difference = modify.Difference;
        var moves = difference.TargetId is not null;
        foreach (var target in (difference.TargetId is { } first ? Open(first, modify.NextTargets) : []).Select(id => (Id<TrafficMirrorTarget>?)id).Append(null))
        {
            // Where no target has room, the session stays where it is, and the rest of it is put right.
            difference = target is null && moves ? StayingPut(difference) : difference with { TargetId = target };
            if (!difference.ChangesSettings)
                break;
            var wanted = difference;
            if (await PacedAsync(() => ec2.ModifySessionAsync(modify.Session.Id, wanted, cancellationToken), cancellationToken)
                is not Answer<Id<TrafficMirrorSession>>.Refused { Refusal: var refusal })
                break;
            if (target is not { } full || !IsFull(refusal, full))
                return await AfterRefusalAsync(modify, refusal, looks, cancellationToken);
        }

        if (difference.SetsTags
            && await PacedAsync(() => ec2.TagSessionAsync(modify.Session.Id, difference.Tags, cancellationToken), cancellationToken)
                is Answer<Id<TrafficMirrorSession>>.Refused { Refusal: var tagging })
        {
            return await AfterRefusalAsync(modify, tagging, looks, cancellationToken);
        }

        if (difference.RemovesUntil
            && await PacedAsync(() => ec2.UntagSessionAsync(modify.Session.Id, Ownership.UntilKey, cancellationToken), cancellationToken)
                is Answer<Id<TrafficMirrorSession>>.Refused { Refusal: var untagging })
        {
            return await AfterRefusalAsync(modify, untagging, looks, cancellationToken);
        }

        if (moves && difference.TargetId is null)
            return Exhausted(modify.Settings);
        return new Outcome.Modified(modify.Session, modify.Settings with { TargetId = difference.TargetId ?? modify.Settings.TargetId }, difference);
    }

    private static SessionDifference StayingPut(SessionDifference difference) =>
        difference with { TargetId = null, Tags = new Tags(difference.Tags.Pairs.Where(pair => pair.Key != Ownership.SensorKey)) };

    private async Task<Outcome> DeleteAsync(Change.Delete delete, CancellationToken cancellationToken) =>
        await PacedAsync(() => ec2.DeleteSessionAsync(delete.Session.Id, cancellationToken), cancellationToken) is Answer<Id<TrafficMirrorSession>>.Refused { Refusal: var refusal }
            ? Unfinished(refusal)
            : new Outcome.Deleted(delete.Session);

    /// <summary>Calls when the budget allows, and again, slower, when EC2 throttles; what still is throttled when the time is over is refused.</summary>
    private async Task<Answer<T>> PacedAsync<T>(Func<Task<Answer<T>>> call, CancellationToken cancellationToken)
    {
        var answer = OutOfTime<T>();
        while (await run.Budget.TakeAsync(run.StopAt, cancellationToken))
        {
            var startedAt = time.GetUtcNow();
            answer = await call();
            if (answer is not Answer<T>.Refused { Refusal.Kind: RefusalKind.Throttled })
            {
                run.Budget.Succeeded();
                return answer;
            }

            run.Budget.Throttled(startedAt);
        }

        return answer;
    }

    private static Answer<T> OutOfTime<T>() => new Answer<T>.Refused(new Refusal(RefusalKind.Throttled, NoTimeLeft, "the invocation's time was over"));

    private static Outcome Unfinished(Refusal refusal) => refusal.Kind == RefusalKind.Throttled ? new Outcome.Postponed() : new Outcome.Failed(refusal);

    /// <summary>The targets that have not been found full yet, the best first.</summary>
    private IEnumerable<Id<TrafficMirrorTarget>> Open(Id<TrafficMirrorTarget> first, IEnumerable<Id<TrafficMirrorTarget>> next) =>
        next.Prepend(first).Where(target => !_full.ContainsKey(target));

    private bool IsFull(Refusal refusal, Id<TrafficMirrorTarget> target) => refusal.Kind == RefusalKind.TargetFull && (_full[target] = true);

    private static Outcome.Refused Exhausted(SessionSettings settings) => new(new(
        settings.NetworkInterfaceId, settings.InstanceId, new Verdict.CapacityExhausted(settings.Sensor), [new Reason.AllTargetsFull(settings.Sensor, 1)]));

    private async Task<Outcome> AfterRefusalAsync(Change change, Refusal refusal, int looks, CancellationToken cancellationToken)
    {
        Outcome.Refused Final(Verdict verdict, params IReadOnlyList<Reason> because) =>
            new(new(change.NetworkInterfaceId, run.SecondLook.InstanceOf(change.NetworkInterfaceId)?.Id, verdict, because));

        switch (refusal.Kind)
        {
            case RefusalKind.SourceGone:
                return Final(new Verdict.Gone(), new Reason.Refused(refusal));
            case RefusalKind.SourceNotSupported when !run.SecondLook.IsAttached(change.NetworkInterfaceId):
                return Final(new Verdict.NotRunning(), new Reason.NotAttachedYet());
            case RefusalKind.SourceNotSupported:
                return Final(new Verdict.Unsupported(), new Reason.Refused(refusal));
            case RefusalKind.SessionsPerAccount:
                return Final(new Verdict.SessionLimit(), new Reason.Refused(refusal));

            // EC2 is not as the inventory had it: look at this interface again, whole, and decide again. Session numbers,
            // unique on an interface, are what makes racing invocations safe.
            case RefusalKind.SessionNumberTaken or RefusalKind.SessionsPerInterface or RefusalKind.TokenReused or RefusalKind.SessionGone:
                return await LookAgainAsync(change, refusal, looks, cancellationToken);
            default:
                return Unfinished(refusal);
        }
    }

    private async Task<Outcome> LookAgainAsync(Change change, Refusal refusal, int looks, CancellationToken cancellationToken)
    {
        for (; looks < ApplyRun.MostLooks; looks++)
        {
            // What stands in the way may be too new to be seen: that is no licence for the next number. Wait, and look again.
            var wait = looks > 0 ? ApplyRun.FirstWait * Math.Pow(2, looks - 1) : TimeSpan.Zero;
            if (time.GetUtcNow() + wait >= run.StopAt)
                break;
            await Task.Delay(wait, time, cancellationToken);

            switch (await run.SecondLook.ReadAsync([change.NetworkInterfaceId], cancellationToken))
            {
                case Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>.Refused { Refusal: var failed }:
                    return new Outcome.Failed(failed);
                case Answer<ILookup<Id<NetworkInterface>, TrafficMirrorSession>>.Given { Value: var now }
                    when await SettleAsync(change, [.. now[change.NetworkInterfaceId]], looks, cancellationToken) is { } outcome:
                    return outcome;
            }
        }

        return new Outcome.Failed(refusal with { Kind = RefusalKind.Transient });
    }

    /// <summary>Does what the interface needs with these sessions on it; null where that is the very change that was refused.</summary>
    private async Task<Outcome?> SettleAsync(Change change, IReadOnlyList<TrafficMirrorSession> sessions, int looks, CancellationToken cancellationToken)
    {
        var (plan, failed) = await run.SecondLook.PlanAsync(change.NetworkInterfaceId, sessions, cancellationToken);
        if (plan is null)
            return new Outcome.Failed(failed!);
        if (plan.Changes is [])
            return new Outcome.FoundSettled { Revised = plan.Verdict };
        if (IsSame(plan.Changes[0], change))
            return null;

        var outcomes = new List<Outcome>();
        foreach (var next in plan.Changes)
        {
            outcomes.Add(await ApplyAsync(next, looks + 1, cancellationToken));
            if (next != plan.Changes[^1])
                _besides.Add(new AppliedChange(next, outcomes[^1]));
        }

        return outcomes[^1].Revised is null ? outcomes[^1] with { Revised = plan.Verdict } : outcomes[^1];
    }

    // The same create again, under the same token, would only be refused again.
    private static bool IsSame(Change next, Change before) =>
        next is Change.Create { Settings: var now } && before is Change.Create { Settings: var then } && now.SessionNumber == then.SessionNumber;
}
