using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>How the session of a wanted source should be, and the verdict that then holds.</summary>
internal sealed class Drafts(Situation situation, Placement placement)
{
    private readonly Shadowing _shadowing = new(situation.Inventory);

    private Policy Policy => situation.Policy;

    /// <summary>A new session on the first of some targets; the others follow where EC2 says that it is full.</summary>
    public (Change.Create Create, InterfaceVerdict Verdict) New(
        Source source, Eligibility.Wanted wanted, IReadOnlyList<Id<TrafficMirrorTarget>> targets)
    {
        var number = SessionNumber.FirstFree(Policy.SessionNumber, [.. source.Foreign.Select(session => session.SessionNumber)]);
        var settings = Settings(source, wanted, targets[0], number);
        return (
            new Change.Create(settings, [.. targets.Skip(1)]) { Cause = ChangeCause.Source },
            Mirrored(source, wanted, settings, kept: false));
    }

    /// <summary>The session that a source has, put right, on a target; no change where nothing differs.</summary>
    public (Change.Modify? Modify, InterfaceVerdict Verdict) Kept(
        Source source, Eligibility.Wanted wanted, Id<TrafficMirrorTarget> target, IReadOnlyList<Id<TrafficMirrorTarget>> nextTargets)
    {
        var kept = source.Owned[0];
        var settings = Settings(source, wanted, target, NumberOf(source, kept));
        var difference = SessionDifference.Between(kept, settings);
        var moves = difference.TargetId is not null;
        var modify = difference.IsNone ? null : new Change.Modify(kept, settings, difference, nextTargets)
        {
            Cause = moves ? ChangeCause.Decision : ChangeCause.Source,
        };
        return (modify, Mirrored(source, wanted, settings, kept: !moves));
    }

    // A scoped plan leaves a session on a fallback number alone: it can't see whether the policy's number is free.
    private SessionNumber NumberOf(Source source, TrafficMirrorSession kept) =>
        situation.IsFullSync && source.Foreign.All(session => session.SessionNumber != Policy.SessionNumber)
            ? Policy.SessionNumber
            : kept.SessionNumber;

    private SessionSettings Settings(Source source, Eligibility.Wanted wanted, Id<TrafficMirrorTarget> target, SessionNumber number) => new(
        source.Interface.Id,
        source.Instance?.Id,
        wanted.Sensor,
        target,
        situation.Configuration.Parameters.FilterId,
        number,
        Policy.PacketLength,
        Policy.VirtualNetworkId,
        source.Instance is { } instance
            ? situation.Deployment.DescriptionFor(instance.Id)
            : situation.Deployment.DescriptionFor(source.Interface.Id),
        situation.Deployment.TagsFor(source.Interface.Id, source.Instance?.Id, wanted.Sensor, wanted.Until));

    private InterfaceVerdict Mirrored(Source source, Eligibility.Wanted wanted, SessionSettings settings, bool kept)
    {
        var because = wanted.Because.ToList();
        var rank = placement.RankOf(source.Interface, wanted.Targets, settings.TargetId);
        because.Add(new Reason.Placed(settings.Sensor, settings.TargetId, rank, wanted.Targets.Count, kept));
        if (settings.SessionNumber != Policy.SessionNumber)
        {
            because.Add(source.Foreign.Any(session => session.SessionNumber == Policy.SessionNumber)
                ? new Reason.NumberTaken(Policy.SessionNumber, settings.SessionNumber)
                : new Reason.NumberKept(Policy.SessionNumber, settings.SessionNumber));
        }

        var (how, by) = _shadowing.Of(settings, source.Foreign);
        if (by is { } session)
            because.Add(new Reason.ShadowedBy(session, how ?? Shadow.None));
        return source.Is(new Verdict.Mirrored(settings, how), because);
    }
}
