using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>How the session of a wanted source should be, and the verdict that then holds.</summary>
internal sealed class Drafts
{
    private readonly Situation _situation;
    private readonly Placement _placement;
    private readonly Shadowing _shadowing;
    private readonly HashSet<Id<TrafficMirrorSession>> _sharing;
    private readonly Dictionary<VirtualNetworkId, SortedSet<Id<Vpc>>> _vpcsOf = [];

    public Drafts(Situation situation, Placement placement)
    {
        (_situation, _placement) = (situation, placement);
        _shadowing = new Shadowing(situation.Inventory);

        // EC2 chooses at random, so two owned sessions with one identifier got it from somebody. One of them may keep it.
        _sharing = !situation.IsFullSync ? [] : situation.Inventory.Sessions
            .Where(session => session.VirtualNetworkId is not null && situation.Owner.Owns(session))
            .GroupBy(session => session.VirtualNetworkId!.Value).SelectMany(group => group.OrderBy(session => session.Id).Skip(1))
            .Select(session => session.Id).ToHashSet();
    }

    /// <summary>A new session on the first of some targets; the others follow where EC2 says that it is full.</summary>
    public (Change.Create Create, InterfaceVerdict Verdict) New(
        Source source, Eligibility.Wanted wanted, IReadOnlyList<Id<TrafficMirrorTarget>> targets)
    {
        var rules = RulesFor(wanted);
        var number = SessionNumber.FirstFree(rules.SessionNumber, [.. source.Foreign.Select(session => session.SessionNumber)]);
        var settings = Settings(source, wanted, rules, targets[0], number);
        return (
            new Change.Create(settings, [.. targets.Skip(1)]) { Cause = ChangeCause.Source },
            Mirrored(source, wanted, rules, settings, kept: false));
    }

    /// <summary>The session that a source has, put right, on a target; no change where nothing differs.</summary>
    public (Change.Modify? Modify, InterfaceVerdict Verdict) Kept(
        Source source, Eligibility.Wanted wanted, Id<TrafficMirrorTarget> target, IReadOnlyList<Id<TrafficMirrorTarget>> nextTargets)
    {
        var (kept, rules) = (source.Owned[0], RulesFor(wanted));
        var settings = Settings(source, wanted, rules, target, NumberOf(source, kept, rules));
        var isLoadBalancer =
            _situation.Configuration.Targets.GetValueOrDefault(target)?.Destination is not TargetDestination.CaptureInterface;
        var difference = SessionDifference.Between(kept, settings, isLoadBalancer, _sharing.Contains(kept.Id));
        var moves = difference.TargetId is not null;
        var modify = difference.IsNone ? null : new Change.Modify(kept, settings, difference, nextTargets)
        {
            // A session that leaves a dead target of its own pool was sent elsewhere by no decision.
            Cause = moves && wanted.Pool.All.All(other => other.Id != kept.TargetId) ? ChangeCause.Decision : ChangeCause.Source,
        };
        return (modify, Mirrored(source, wanted, rules, settings, kept: !moves));
    }

    /// <summary>VPCs that share a network identifier, though each should have its own.</summary>
    public IEnumerable<Problem> Problems() =>
        _vpcsOf.Where(entry => entry.Value.Count > 1).OrderBy(entry => entry.Key.Value).Select(entry =>
        new Problem(
            ProblemKind.VirtualNetworkShared,
            $"{string.Join(
                " and ", entry.Value)} have the same network identifier {entry.Key}, which follows from their ids: give one of them "
                + "a sensor with a virtualNetworkId of its own."));

    private SessionRules RulesFor(Eligibility.Wanted wanted) => _situation.Configuration.Parameters.RulesFor(wanted.Sensor);

    // A scoped plan leaves a session on a fallback number alone: it can't see whether the policy's number is free.
    private SessionNumber NumberOf(Source source, TrafficMirrorSession kept, SessionRules rules) =>
        _situation.IsFullSync && source.Foreign.All(session => session.SessionNumber != rules.SessionNumber)
            ? rules.SessionNumber
            : kept.SessionNumber;

    private SessionSettings Settings(
        Source source, Eligibility.Wanted wanted, SessionRules rules, Id<TrafficMirrorTarget> target, SessionNumber number)
    {
        var (id, instance, deployment) = (source.Interface.Id, source.Instance?.Id, _situation.Deployment);
        var network = rules.VirtualNetworkId.For(source.Interface.VpcId);
        if (network is { } shared && rules.VirtualNetworkId is VirtualNetworks.PerVpc && source.Interface.VpcId is { } vpc)
            (_vpcsOf.TryGetValue(shared, out var vpcs) ? vpcs : _vpcsOf[shared] = []).Add(vpc);
        string[] set =
        [
            .. network is null ? (string[])[] : [Ownership.SetVirtualNetworkId],
            .. rules.PacketLength is null ? (string[])[] : [Ownership.SetPacketLength],
        ];
        return new(
            id, instance, wanted.Sensor, target, rules.FilterId, number, rules.PacketLength, network,
            instance is { } holder ? deployment.DescriptionFor(holder) : deployment.DescriptionFor(id),
            deployment.TagsFor(id, instance, wanted.Sensor, wanted.End, set, _situation.Policy.SessionTags));
    }

    private InterfaceVerdict Mirrored(Source source, Eligibility.Wanted wanted, SessionRules rules, SessionSettings settings, bool kept)
    {
        var because = wanted.Because.ToList();
        if (source.Instance?.ManagedBy is { } manager)
            because.Add(new Reason.ManagedBy(manager));
        if (source.Interface.RequesterId is { } requester)
            because.Add(new Reason.RequestedBy(requester));
        var rank = _placement.RankOf(source.Interface, wanted.Pool.Settled, settings.TargetId);
        because.Add(new Reason.Placed(settings.Sensor, settings.TargetId, rank, wanted.Pool.Settled.Count, kept));
        if (_placement.IsInAnotherVpc(source.Interface, settings.TargetId))
            because.Add(new Reason.InAnotherVpc(settings.TargetId));
        if (_situation.Equipment.Of(settings.TargetId).State is var state and (CaptureState.Stopped or CaptureState.Gone))
            because.Add(new Reason.SensorIsOut(settings.TargetId, state));
        if (settings.SessionNumber != rules.SessionNumber)
        {
            because.Add(source.Foreign.Any(session => session.SessionNumber == rules.SessionNumber)
                ? new Reason.NumberTaken(rules.SessionNumber, settings.SessionNumber)
                : new Reason.NumberKept(rules.SessionNumber, settings.SessionNumber));
        }

        var (how, by) = _shadowing.Of(settings, source.Foreign);
        if (by is { } session)
            because.Add(new Reason.ShadowedBy(session, how ?? Shadow.None));
        return source.Is(new Verdict.Mirrored(settings, how), because);
    }
}
