using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Applying;

/// <summary>Carries out a change, and decides what follows when EC2 refuses it.</summary>
/// <remarks>
/// Session numbers, unique on an interface, make racing invocations safe. When one is taken, or EC2 otherwise differs from the inventory,
/// the interface is looked at again, with every session on it, and planned anew.
/// </remarks>
internal sealed class Settling(ApplyContext context, SessionChanges changes, SecondLook secondLook)
{
    // How often one interface is looked at again before its change fails.
    private const int MostLooks = 5;

    // How long the second look waits; each further one waits twice as long.
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    /// <summary>Carries out a change. What became of it comes last; other changes that a new plan led to come before.</summary>
    public Task<IReadOnlyList<AppliedChange>> ExecuteAsync(Change change, CancellationToken cancellationToken) =>
        ExecuteAsync(change, 0, cancellationToken);

    /// <summary>Re-plans an interface against the sessions now on it and carries that out; null
    /// when the new plan is the create that was just refused.</summary>
    public Task<IReadOnlyList<AppliedChange>?> ReplanAsync(
        Change change, IReadOnlyList<TrafficMirrorSession> sessions, CancellationToken cancellationToken) =>
        ReplanAsync(change, sessions, 0, cancellationToken);

    private async Task<IReadOnlyList<AppliedChange>> ExecuteAsync(Change change, int looks, CancellationToken cancellationToken)
    {
        var family = change is Change.Create ? secondLook.FamilyToLearn(change.NetworkInterfaceId) : null;
        if (family is not null && secondLook.WasRefusedSince(family, context.RefusedFamilies))
        {
            return Final(
                change, new Verdict.Unsupported(),
                new Reason.RefusedFamily(secondLook.InstanceOf(change.NetworkInterfaceId)!.InstanceType));
        }

        if (!(await changes.ExecuteAsync(change, cancellationToken)).TryGet(out var applied, out var refusal))
            return await AfterRefusalAsync(change, refusal, looks, cancellationToken);
        if (family is not null)
            context.RefusedFamilies.Accepted(family);
        return [applied];
    }

    private IReadOnlyList<AppliedChange> Final(Change change, Verdict verdict, Reason because) =>
        [new(change, new Outcome.Refused(
            new(change.NetworkInterfaceId, secondLook.InstanceOf(change.NetworkInterfaceId)?.Id, verdict, [because])))];

    private async Task<IReadOnlyList<AppliedChange>> AfterRefusalAsync(
        Change change, Refusal refusal, int looks, CancellationToken cancellationToken)
    {
        if (refusal.Kind == RefusalKind.SourceNotSupported && secondLook.FamilyToLearn(change.NetworkInterfaceId) is { } family)
            context.RefusedFamilies.Refused(family);
        return refusal.Kind switch
        {
            RefusalKind.Throttled => [new(change, new Outcome.Postponed())],
            _ when change is Change.Delete => [new(change, new Outcome.Failed(refusal))],
            RefusalKind.SourceGone => [new(change, new Outcome.Unsettled(refusal))],
            RefusalKind.SourceNotSupported when !secondLook.IsAttached(change.NetworkInterfaceId) =>
                Final(change, new Verdict.NotRunning(), new Reason.NotAttachedYet()),
            RefusalKind.SourceNotSupported => Final(change, new Verdict.Unsupported(), new Reason.Refused(refusal)),
            RefusalKind.SessionsPerAccount => Final(change, new Verdict.SessionLimit(), new Reason.Refused(refusal)),
            RefusalKind.SessionNumberTaken or RefusalKind.SessionsPerInterface or RefusalKind.TokenReused or RefusalKind.SessionGone =>
                await LookAgainAsync(change, refusal, looks, cancellationToken),
            _ => [new(change, new Outcome.Failed(refusal))],
        };
    }

    private async Task<IReadOnlyList<AppliedChange>> LookAgainAsync(
        Change change, Refusal refusal, int looks, CancellationToken cancellationToken)
    {
        for (; looks < MostLooks; looks++)
        {
            // The session that is in the way may be too new to be seen. That does not permit the next number: wait, and look again.
            var wait = looks > 0 ? FirstWait * Math.Pow(2, looks - 1) : TimeSpan.Zero;
            if (context.Time.GetUtcNow() + wait >= context.StopAt)
                break;
            await Task.Delay(wait, context.Time, cancellationToken);

            if (!(await secondLook.ReadAsync([change.NetworkInterfaceId], cancellationToken)).TryGet(out var now, out var failed))
                return [new(change, new Outcome.Failed(failed))];
            if (await ReplanAsync(change, [.. now[change.NetworkInterfaceId]], looks, cancellationToken) is { } applied)
                return applied;
        }

        return [new(change, new Outcome.Failed(refusal with { Kind = RefusalKind.Transient }))];
    }

    private async Task<IReadOnlyList<AppliedChange>?> ReplanAsync(
        Change change, IReadOnlyList<TrafficMirrorSession> sessions, int looks, CancellationToken cancellationToken)
    {
        if (!(await secondLook.PlanAsync(change.NetworkInterfaceId, sessions, cancellationToken)).TryGet(out var plan, out var broken))
            return [new(change, new Outcome.Failed(broken))];
        if (plan.Changes is [])
            return [new(change, new Outcome.Settled { Revised = plan.Verdict })];
        if (IsSame(plan.Changes[0], change))
            return null;

        var applied = new List<AppliedChange>();
        foreach (var next in plan.Changes)
            applied.AddRange(await ExecuteAsync(next, looks + 1, cancellationToken));
        var last = applied[^1];
        applied[^1] = last with { Outcome = last.Outcome with { Revised = last.Outcome.Revised ?? plan.Verdict } };
        return applied;
    }

    // The same create again, with the same token, would only be refused again.
    private static bool IsSame(Change next, Change before) =>
        next is Change.Create { Settings: var now } && before is Change.Create { Settings: var then }
            && now.SessionNumber == then.SessionNumber;
}
