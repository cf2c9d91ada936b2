using System.Collections.Concurrent;
using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Applying;

/// <summary>The calls of one change. Only a target that is full is dealt with here: the next in rank is tried.</summary>
internal sealed class SessionChanges(ApplyContext context)
{
    private readonly IEc2 _ec2 = context.Ec2;
    private readonly PacedCalls _calls = new(context.Limiter, context.Time, context.StopAt);
    private readonly ConcurrentDictionary<Id<TrafficMirrorTarget>, bool> _full = [];

    public void ForgetFullTargets() => _full.Clear();

    /// <summary>Carries out a change, or says why EC2 does not let it pass.</summary>
    public async Task<Answer<AppliedChange>> ExecuteAsync(Change change, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(change, cancellationToken);

        // Told at once: whatever becomes of the invocation, the log has what was done.
        if (answer.TryGet(out var applied, out _) && applied.Outcome is Outcome.Done)
            context.OnDone(applied);
        return answer;
    }

    private Task<Answer<AppliedChange>> CallAsync(Change change, CancellationToken cancellationToken) => change switch
    {
        Change.Create create => CreateAsync(create, cancellationToken),
        Change.Modify modify => ModifyAsync(modify, cancellationToken),
        Change.Delete delete => DeleteAsync(delete, cancellationToken),
        _ => throw new UnreachableException(),
    };

    private async Task<Answer<AppliedChange>> CreateAsync(Change.Create create, CancellationToken cancellationToken)
    {
        foreach (var target in Open(create.Settings.TargetId, create.NextTargets))
        {
            var settings = create.Settings with { TargetId = target };
            var token = ClientTokens.For(context.RequestId, context.StartedAt, settings);
            var answer = await _calls.CallAsync(() => _ec2.CreateSessionAsync(settings, token, cancellationToken), cancellationToken);
            if (answer.TryGet(out var session, out var refusal))
                return Done(create with { Settings = settings }, session);
            if (refusal.Kind != RefusalKind.TargetFull)
                return new Answer<AppliedChange>.Refused(refusal);
            _full[target] = true;
        }

        return NoRoom(create, create.Settings);
    }

    private async Task<Answer<AppliedChange>> ModifyAsync(Change.Modify modify, CancellationToken cancellationToken)
    {
        var (found, refusal) = modify.Difference.TargetId is { } first
            ? await MoveAsync(modify, first, cancellationToken)
            : (modify, await ModifySettingsAsync(modify, cancellationToken));
        refusal ??= await SetTagsAsync(found, cancellationToken);
        if (refusal is not null)
            return new Answer<AppliedChange>.Refused(refusal);
        return modify.Difference.TargetId is not null && found.Difference.TargetId is null
            ? NoRoom(found, modify.Settings)
            : Done(found, modify.Session);
    }

    /// <summary>Moves a session to the first target that has room. Where none has, the
    /// session stays where it is, and the rest of it is put right.</summary>
    private async Task<(Change.Modify Modify, Refusal? Refusal)> MoveAsync(
        Change.Modify modify, Id<TrafficMirrorTarget> first, CancellationToken cancellationToken)
    {
        foreach (var target in Open(first, modify.NextTargets))
        {
            var move =
                modify with
                {
                    Settings = modify.Settings with { TargetId = target },
                    Difference = modify.Difference with { TargetId = target },
                };
            var refusal = await ModifySettingsAsync(move, cancellationToken);
            if (refusal?.Kind != RefusalKind.TargetFull)
                return (move, refusal);
            _full[target] = true;
        }

        var stay = modify with { Difference = modify.Difference.WithoutMove(modify.Session) };
        return (stay, await ModifySettingsAsync(stay, cancellationToken));
    }

    private async Task<Refusal?> ModifySettingsAsync(Change.Modify modify, CancellationToken cancellationToken) =>
        modify.Difference.ChangesSettings
        ? await ChangeAsync(modify.Session.Id, id => _ec2.ModifySessionAsync(id, modify.Difference, cancellationToken), cancellationToken)
        : null;

    private async Task<Refusal?> SetTagsAsync(Change.Modify modify, CancellationToken cancellationToken)
    {
        var (id, difference) = (modify.Session.Id, modify.Difference);
        var refusal = difference.SetsTags
            ? await ChangeAsync(id, each => _ec2.TagSessionAsync(each, difference.Tags, cancellationToken), cancellationToken)
            : null;
        if (refusal is not null)
            return refusal;
        return difference.RemovedTags.Count > 0
            ? await ChangeAsync(id, each => _ec2.UntagSessionAsync(each, difference.RemovedTags, cancellationToken), cancellationToken)
            : null;
    }

    private async Task<Answer<AppliedChange>> DeleteAsync(Change.Delete delete, CancellationToken cancellationToken) =>
        await ChangeAsync(delete.Session.Id, id => _ec2.DeleteSessionAsync(id, cancellationToken), cancellationToken) is { } refusal
            && refusal.Kind != RefusalKind.SessionGone
            ? new Answer<AppliedChange>.Refused(refusal)
            : Done(delete, delete.Session);

    /// <summary>Changes a session. The role's permission rests on the session's owner tag: of one that somebody else has just deleted,
    /// EC2 says that it may not be touched, and not that it is gone.</summary>
    private async Task<Refusal?> ChangeAsync(
        Id<TrafficMirrorSession> id, Func<Id<TrafficMirrorSession>, Task<Refusal?>> change, CancellationToken cancellationToken)
    {
        var refusal = await _calls.CallAsync(() => change(id), cancellationToken);
        return refusal is { Kind: RefusalKind.Denied }
            && (await _ec2.DescribeSessionsAsync(Query.Of([id]), cancellationToken)).TryGet(out var found, out _) && found.Count == 0
                ? refusal with { Kind = RefusalKind.SessionGone }
                : refusal;
    }

    /// <summary>The targets that were not found full yet, the best first.</summary>
    private IEnumerable<Id<TrafficMirrorTarget>> Open(Id<TrafficMirrorTarget> first, IEnumerable<Id<TrafficMirrorTarget>> next) =>
        next.Prepend(first).Where(target => !_full.ContainsKey(target));

    private static Answer<AppliedChange>.Given Done(Change change, TrafficMirrorSession session) =>
        new(new(change, new Outcome.Done(session)));

    private static Answer<AppliedChange>.Given NoRoom(Change change, SessionSettings wanted) => new(new(change, new Outcome.Refused(new(
        wanted.NetworkInterfaceId, wanted.InstanceId, new Verdict.CapacityExhausted(wanted.Sensor), [
            new Reason.AllTargetsFull(wanted.Sensor)]))));
}
