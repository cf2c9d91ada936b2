using AutoMirror.Cli.Plans;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli.Adopting;

/// <summary>Takes over sessions that a script or a person made, in place: their tags and their description change, and nothing else,
/// so that no packet is missed.</summary>
internal sealed class Adoption
{
    private readonly List<AdoptedSession> _sessions = [];
    private readonly List<SkippedSession> _skipped = [];
    private readonly Dictionary<string, (Tags Tags, string Description)> _made = new(StringComparer.Ordinal);

    private Adoption()
    {
    }

    /// <summary>The sessions that are taken over.</summary>
    public IReadOnlyList<AdoptedSession> Sessions => _sessions;

    /// <summary>Those that were meant, and are left.</summary>
    public IReadOnlyList<SkippedSession> Skipped => _skipped;

    /// <summary>What the next sync then does.</summary>
    public required ChangeLists Next { get; init; }

    /// <summary>Finds what can be taken over. What the next sync would delete or send elsewhere is left.</summary>
    public static async Task<Adoption> PlanAsync(IAccountSource source, Selection selection, CancellationToken cancellationToken)
    {
        var nothing = new Dictionary<string, string>();
        var look = await Look.AtAsync(source, new Scope.Everything(), nothing, cancellationToken);
        var draft = new Adoption { Next = PlanDocument.Of(look).Changes };
        draft.Choose(look, selection);
        while (true)
        {
            var then = await Look.AtAsync(new AdoptedAccount(source, draft._made), new Scope.Everything(), nothing, cancellationToken);
            if (!draft.LeaveWhatWouldGo(then))
                return draft.With(PlanDocument.Of(then).Changes);
        }
    }

    /// <summary>The sessions that are taken over, without some.</summary>
    public IReadOnlyList<AdoptedSession> Without(IReadOnlyList<SkippedSession> failed) =>
        [.. _sessions.Where(session => !failed.Any(each => each.TrafficMirrorSessionId == session.TrafficMirrorSessionId))];

    /// <summary>Takes them over, one after the other, as fast as EC2 lets it.</summary>
    /// <returns>Why those that could not be taken over could not.</returns>
    public async Task<IReadOnlyList<SkippedSession>> CarryOutAsync(
        IEc2 ec2, PacedCalls paced, Action done, CancellationToken cancellationToken)
    {
        var failed = new List<SkippedSession>();
        foreach (var session in _sessions)
        {
            var (id, made) = (Id<TrafficMirrorSession>.Parse(session.TrafficMirrorSessionId), _made[session.TrafficMirrorSessionId]);

            // The tag first: a sync in between then keeps the session, since its filter and target are the configuration's.
            var why = await paced.CallAsync(() => ec2.TagSessionAsync(id, made.Tags, cancellationToken), cancellationToken)
                ?? await paced.CallAsync(
                    () => ec2.ModifySessionAsync(id, new SessionDifference { Description = made.Description }, cancellationToken),
                    cancellationToken);
            if (why is null)
                done();
            else
                failed.Add(new SkippedSession(session.TrafficMirrorSessionId, session.NetworkInterfaceId, $"{why}"));
        }

        return failed;
    }

    private Adoption With(ChangeLists next)
    {
        var adoption = new Adoption { Next = next };
        adoption._sessions.AddRange(_sessions);
        adoption._skipped.AddRange(_skipped.OrderBy(each => each.TrafficMirrorSessionId, StringComparer.Ordinal));
        foreach (var (id, made) in _made)
            adoption._made[id] = made;
        return adoption;
    }

    private void Choose(Look look, Selection selection)
    {
        var (owner, deployment) = (look.Situation.Owner, look.Situation.Deployment);
        var holders = look.Plan.Verdicts.Where(verdict => verdict.NetworkInterfaceId is not null)
            .DistinctBy(verdict => verdict.NetworkInterfaceId)
            .ToDictionary(verdict => verdict.NetworkInterfaceId!.Value, verdict => verdict.InstanceId);
        var owned = look.Situation.Inventory.Sessions.Where(owner.Owns).Select(session => session.NetworkInterfaceId).ToHashSet();
        foreach (var session in look.Situation.Inventory.Sessions.Where(selection.Has)
            .OrderBy(each => each.SessionNumber).ThenBy(each => each.Id))
        {
            if (owner.Owns(session))
                continue;
            if (WhyNot(session, look, holders, owned) is { } why)
            {
                Skip(session.Id.Value, session.NetworkInterfaceId.Value, why);
                continue;
            }

            var instance = holders[session.NetworkInterfaceId];
            var sensor = look.Situation.Configuration.SensorsOf(look.Situation.Configuration.Targets[session.TargetId]).First();
            owned.Add(session.NetworkInterfaceId);
            _sessions.Add(new AdoptedSession(
                session.Id.Value, session.NetworkInterfaceId.Value, instance?.Value, sensor.Value, session.TargetId.Value,
                session.SessionNumber.Value));
            _made[session.Id.Value] = (
                deployment.TagsFor(session.NetworkInterfaceId, instance, sensor, end: null, set: [], look.Situation.Policy.SessionTags),
                instance is { } id ? deployment.DescriptionFor(id) : deployment.DescriptionFor(session.NetworkInterfaceId));
        }
    }

    private static string? WhyNot(
        TrafficMirrorSession session, Look look, IReadOnlyDictionary<Id<NetworkInterface>, Id<Instance>?> holders,
        HashSet<Id<NetworkInterface>> owned)
    {
        var configuration = look.Situation.Configuration;
        return session.Tags[Ownership.ManagedByKey] is { } other && other != look.Situation.Deployment.Name
            ? $"it belongs to the deployment {Words.Quote(other)}"
            : !holders.ContainsKey(session.NetworkInterfaceId) ? "its interface is none that the policy looks at"
            : owned.Contains(session.NetworkInterfaceId) ? "the deployment has a session on this interface, or takes one over"
            : !configuration.Targets.TryGetValue(session.TargetId, out var target) || !configuration.SensorsOf(target).Any()
                ? $"its target {session.TargetId} belongs to no sensor: automirror setup --sensor NAME=eni-… first"
                : null;
    }

    /// <summary>Leaves the sessions that a sync would delete or send to another target; false where there are none.</summary>
    private bool LeaveWhatWouldGo(Look then)
    {
        var reasons = PlanDocument.Of(then).Verdicts.Where(each => each.NetworkInterfaceId is not null)
            .DistinctBy(each => each.NetworkInterfaceId)
            .ToDictionary(each => each.NetworkInterfaceId!, each => each.Because);
        var going = then.Plan.Changes.OfType<Change.Delete>().Select(delete => (delete.Session, Why: "a sync would delete it"))
            .Concat(then.Plan.Changes.OfType<Change.Modify>().Where(modify => modify.Difference.TargetId is not null)
                .Select(modify => (modify.Session, Why: "a sync would send it to another target")))
            .Where(each => _made.ContainsKey(each.Session.Id.Value)).ToList();
        foreach (var (session, why) in going)
        {
            _made.Remove(session.Id.Value);
            _sessions.RemoveAll(each => each.TrafficMirrorSessionId == session.Id.Value);
            Skip(session.Id.Value, session.NetworkInterfaceId.Value,
                $"{why}: {reasons.GetValueOrDefault(session.NetworkInterfaceId.Value)}");
        }

        return going.Count > 0;
    }

    private void Skip(string session, string networkInterface, string why) =>
        _skipped.Add(new SkippedSession(session, networkInterface, why));
}

/// <summary>A session that is taken over, or would be.</summary>
internal sealed record AdoptedSession(
    string TrafficMirrorSessionId, string NetworkInterfaceId, string? InstanceId, string Sensor, string TargetId, int SessionNumber);

/// <summary>A session that is left as it is, and why.</summary>
internal sealed record SkippedSession(string TrafficMirrorSessionId, string NetworkInterfaceId, string Why);
