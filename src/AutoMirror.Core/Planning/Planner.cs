using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>The pure heart: from what should be and what is to what is to be done, with a verdict for every interface.</summary>
public static class Planner
{
    /// <summary>Plans one scope. Equal input gives an equal plan, whatever the order of the inventory.</summary>
    public static Plan Plan(Deployment deployment, Setup setup, Inventory inventory) => new PlanRun(deployment, setup, inventory).Run();

    private sealed class PlanRun(Deployment deployment, Setup setup, Inventory inventory)
    {
        private readonly Sensors _sensors = new(setup);
        private readonly Shadowing _shadowing = new(inventory);
        private readonly Placement _placement = new(setup, inventory);
        private readonly bool _isFullSync = inventory.SessionCoverage is SessionCoverage.Account;
        private readonly ILookup<Id<NetworkInterface>, TrafficMirrorSession> _sessions =
            inventory.Sessions.OrderBy(session => session.SessionNumber).ThenBy(session => session.Id).ToLookup(session => session.NetworkInterfaceId);

        private readonly List<Change> _changes = [];
        private readonly List<Standby> _standbys = [];
        private readonly List<InterfaceVerdict> _verdicts = [];

        private Policy Policy => setup.Policy;

        public Plan Run()
        {
            var judge = new Judge(setup, inventory, _sensors);
            var (stay, move, come) = (new List<Wish>(), new List<Wish>(), new List<Wish>());
            foreach (var source in Sources())
            {
                switch (judge.Decide(source.Interface, source.Instance, source.HeldTarget, source.Owned))
                {
                    case Eligibility.Wanted yes:
                        (source.Owned is [] ? come : StaysPut(source.Owned[0], yes) ? stay : move).Add(new Wish(source, yes));
                        DropDoubles(source);
                        break;
                    case Eligibility.Unwanted no:
                        Drop(source, no);
                        break;
                }
            }

            // Sources that stay where they are come first, then those that move, and make room elsewhere, in the order in which
            // changes are carried out: what is placed anew gets the room that is left.
            stay.ForEach(wish => Keep(wish.Source, wish.Eligibility, wish.Source.Owned[0].TargetId));
            move.ForEach(wish => Move(wish.Source, wish.Eligibility));
            come.ForEach(wish => Create(wish.Source, wish.Eligibility));

            foreach (var missing in inventory.MissingInstances)
                _verdicts.Add(new(null, missing, new Verdict.Gone(), [new Reason.UnknownToEc2()]));
            foreach (var missing in inventory.MissingInterfaces)
                _verdicts.Add(new(missing, null, new Verdict.Gone(), [new Reason.UnknownToEc2()]));

            // A sweep has nothing to say of what was terminated an hour ago; somebody who asks for an instance gets an answer.
            foreach (var instance in inventory.Instances.Where(instance => !_isFullSync && instance.NetworkInterfaces.Count == 0))
                _verdicts.Add(new(null, instance.Id, new Verdict.NotRunning(), [new Reason.InState(instance.State), new Reason.NoInterfaces()]));

            var verdicts = PlanProblems.CountWaiting(_verdicts)
                .OrderBy(verdict => verdict.NetworkInterfaceId?.Value, StringComparer.Ordinal).ThenBy(verdict => verdict.InstanceId?.Value, StringComparer.Ordinal)
                .ToList();
            return new Plan(
                [.. _changes.OrderBy(Order).ThenBy(change => change.NetworkInterfaceId).ThenBy(change => (change as Change.Delete)?.Session.Id.Value, StringComparer.Ordinal)],
                [.. _standbys.OrderBy(standby => standby.Create.NetworkInterfaceId)],
                verdicts,
                PlanProblems.Of(verdicts, _sensors, setup, inventory),
                inventory.Sessions.Count(deployment.Owns),
                _isFullSync);
        }

        private static int Order(Change change) => change switch
        {
            Change.Delete => 0,
            Change.Modify => 1,
            _ => 2,
        };

        private IEnumerable<Source> Sources()
        {
            var attached =
                from instance in inventory.Instances
                let heldTarget = instance.NetworkInterfaces.Select(each => _sensors.TargetOn(each.Id)).Where(target => target is not null).Min()
                from networkInterface in instance.NetworkInterfaces
                select SourceOf(networkInterface, instance, heldTarget);
            return attached
                .Concat(inventory.StandaloneInterfaces.Select(networkInterface => SourceOf(networkInterface, null, null)))
                .OrderBy(source => source.Interface.Id);
        }

        private Source SourceOf(NetworkInterface networkInterface, Instance? instance, Id<TrafficMirrorTarget>? heldTarget)
        {
            var sessions = _sessions[networkInterface.Id].ToList();
            return new Source(
                networkInterface, instance, heldTarget, [.. sessions.Where(deployment.Owns)], [.. sessions.Where(session => !deployment.Owns(session))]);
        }

        private static bool StaysPut(TrafficMirrorSession kept, Eligibility.Wanted eligibility) => eligibility.Targets.Any(target => target.Id == kept.TargetId);

        private void Drop(Source source, Eligibility.Unwanted no)
        {
            if (no.Fate != SessionFate.Keep)
                source.Owned.ForEach(session => Delete(session, no.Fate == SessionFate.DeleteByDecision ? ChangeCause.Decision : ChangeCause.Source));
            _verdicts.Add(On(source, no.Verdict, no.Because));
        }

        // Of several owned sessions on one interface the first in number, then id, stays. Two with one number can't both be there: one has just
        // been deleted, and is listed still (EC2 API, "Eventual consistency"). Which, can't be told, so neither is a double of the other.
        private void DropDoubles(Source source)
        {
            foreach (var session in source.Owned.Where(session => session.SessionNumber != source.Owned[0].SessionNumber))
                Delete(session, ChangeCause.Source);
        }

        private void Delete(TrafficMirrorSession session, ChangeCause cause)
        {
            _changes.Add(new Change.Delete(session) { Cause = cause });
            _placement.Remove(session.TargetId, session.NetworkInterfaceId);
        }

        private void Move(Source source, Eligibility.Wanted wanted)
        {
            // Its target has left the pool. Where no other has room, the session stays where it is, and for whom: better than none.
            var (kept, open) = (source.Owned[0], _placement.Open(source.Interface, wanted.Targets));
            if (open is [])
                Keep(source, wanted with { Sensor = SensorOf(kept) ?? wanted.Sensor, Because = [.. wanted.Because, new Reason.AllTargetsFull(wanted.Sensor, 0)] }, kept.TargetId);
            else
                Keep(source, wanted, open[0], [.. open.Skip(1)]);
        }

        private void Create(Source source, Eligibility.Wanted wanted)
        {
            if (source.Foreign.Count >= Quotas.SessionsPerInterface)
            {
                _verdicts.Add(On(source, new Verdict.SessionLimit(), [.. wanted.Because, new Reason.SessionsOnInterface(source.Foreign.Count)]));
                return;
            }

            var open = _placement.Open(source.Interface, wanted.Targets);
            var (create, mirrored) = CreateOn(source, wanted, open is [] ? _placement.Ranked(source.Interface, wanted.Targets) : open);
            if (open is [])
            {
                _verdicts.Add(On(source, new Verdict.CapacityExhausted(wanted.Sensor), [.. wanted.Because, new Reason.AllTargetsFull(wanted.Sensor, 0)]));
                _standbys.Add(new Standby(create, mirrored));
                return;
            }

            _changes.Add(create);
            _verdicts.Add(mirrored);
            _placement.Add(create.Settings.TargetId, source.Interface.Id);
        }

        private (Change.Create Create, InterfaceVerdict Verdict) CreateOn(Source source, Eligibility.Wanted wanted, IReadOnlyList<Id<TrafficMirrorTarget>> targets)
        {
            var number = SessionNumbers.Choose(Policy.SessionNumber, [.. source.Foreign.Select(session => session.SessionNumber)]);
            var settings = Settings(source, wanted, targets[0], number);
            return (new Change.Create(settings, [.. targets.Skip(1)]) { Cause = ChangeCause.Source }, Mirrored(source, wanted, settings, kept: false));
        }

        private void Keep(Source source, Eligibility.Wanted wanted, Id<TrafficMirrorTarget> target, IReadOnlyList<Id<TrafficMirrorTarget>>? nextTargets = null)
        {
            var kept = source.Owned[0];
            var settings = Settings(source, wanted, target, NumberOf(source, kept));
            var difference = SessionDifference.Between(kept, settings);
            if (!difference.IsNone)
                _changes.Add(new Change.Modify(kept, settings, difference, nextTargets ?? []) { Cause = difference.TargetId is null ? ChangeCause.Source : ChangeCause.Decision });
            if (difference.TargetId is not null)
            {
                _placement.Remove(kept.TargetId, source.Interface.Id);
                _placement.Add(target, source.Interface.Id);
            }

            _verdicts.Add(Mirrored(source, wanted, settings, kept: difference.TargetId is null));
        }

        private static SensorName? SensorOf(TrafficMirrorSession session) => session.Tags[Ownership.SensorKey] is { Length: > 0 } name ? new SensorName(name) : null;

        // A session on a fallback number is left alone by scoped plans, which can't see whether the wanted one is free.
        private SessionNumber NumberOf(Source source, TrafficMirrorSession kept) =>
            _isFullSync && source.Foreign.All(session => session.SessionNumber != Policy.SessionNumber) ? Policy.SessionNumber : kept.SessionNumber;

        private SessionSettings Settings(Source source, Eligibility.Wanted wanted, Id<TrafficMirrorTarget> target, SessionNumber number) => new(
            source.Interface.Id,
            source.Instance?.Id,
            wanted.Sensor,
            target,
            setup.Configuration.FilterId,
            number,
            Policy.PacketLength,
            Policy.VirtualNetworkId,
            source.Instance is { } instance ? deployment.DescriptionFor(instance.Id) : deployment.DescriptionFor(source.Interface.Id),
            deployment.TagsFor(source.Interface.Id, source.Instance?.Id, wanted.Sensor, wanted.Until));

        private InterfaceVerdict Mirrored(Source source, Eligibility.Wanted wanted, SessionSettings settings, bool kept)
        {
            var because = wanted.Because.ToList();
            var rank = _placement.RankOf(source.Interface, wanted.Targets, settings.TargetId);
            because.Add(new Reason.Placed(settings.Sensor, settings.TargetId, rank, wanted.Targets.Count, kept));
            if (settings.SessionNumber != Policy.SessionNumber)
            {
                because.Add(source.Foreign.Any(session => session.SessionNumber == Policy.SessionNumber)
                    ? new Reason.NumberTaken(Policy.SessionNumber, settings.SessionNumber)
                    : new Reason.NumberKept(Policy.SessionNumber, settings.SessionNumber));
            }

            var shadow = _shadowing.Of(settings, source.Foreign);
            if (shadow.By is { } by)
                because.Add(new Reason.ShadowedBy(by, shadow.How ?? Shadow.None));
            return On(source, new Verdict.Mirrored(settings, shadow.How), because);
        }

        private static InterfaceVerdict On(Source source, Verdict verdict, IReadOnlyList<Reason> because) => new(source.Interface.Id, source.Instance?.Id, verdict, because);
    }

    /// <summary>A source that is to be mirrored.</summary>
    private readonly record struct Wish(Source Source, Eligibility.Wanted Eligibility);

    /// <summary>An interface with all that the planner knows of it.</summary>
    private sealed record Source(
        NetworkInterface Interface,
        Instance? Instance,
        Id<TrafficMirrorTarget>? HeldTarget,
        List<TrafficMirrorSession> Owned,
        List<TrafficMirrorSession> Foreign);
}
