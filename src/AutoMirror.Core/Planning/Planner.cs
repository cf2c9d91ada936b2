using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>The pure heart: what should be and what is become what is to be done, with a verdict for every interface.</summary>
internal sealed class Planner
{
    private readonly Situation _situation;
    private readonly Sensors _sensors;
    private readonly FilterChecks _filters;
    private readonly Placement _placement;
    private readonly Drafts _drafts;
    private readonly List<Change> _changes = [];
    private readonly List<Standby> _standbys = [];
    private readonly List<InterfaceVerdict> _verdicts = [];

    private Planner(Situation situation)
    {
        _situation = situation;
        _sensors = new Sensors(situation.Configuration, situation.Equipment);
        _filters = new FilterChecks(situation.Equipment);
        _placement = new Placement(situation);
        _drafts = new Drafts(situation, _placement);
    }

    /// <summary>Plans. Equal situations give equal plans, in whatever order the inventory was read.</summary>
    public static Plan Plan(Situation situation) => new Planner(situation).Run();

    private Plan Run()
    {
        var judge = new Judge(_situation, _sensors, _filters);
        var (stay, move, come) = (new List<WantedSource>(), new List<WantedSource>(), new List<WantedSource>());
        foreach (var source in Source.AllOf(_situation, _sensors))
        {
            switch (judge.Decide(source))
            {
                case Eligibility.Wanted wanted:
                    (source.Owned is [] ? come : StaysPut(source.Owned[0], wanted) ? stay : move).Add(new WantedSource(source, wanted));
                    DropDoubles(source);
                    break;
                case Eligibility.Unwanted unwanted:
                    Drop(source, unwanted);
                    break;
            }
        }

        // Three passes, in the order in which EC2 will see them: sources that stay, sources that move and so free places, and new
        // sources, which get what is left.
        stay.ForEach(each => Keep(each.Source, each.Wanted, each.Source.Owned[0].TargetId, []));
        move.ForEach(each => Move(each.Source, each.Wanted));
        come.ForEach(each => Create(each.Source, each.Wanted));
        AddVerdictsOnWhatIsMissing();
        var sources = _situation.Inventory.Sessions.Where(_situation.Owner.Owns)
            .ToLookup(session => session.TargetId, session => (Id<NetworkInterface>?)session.NetworkInterfaceId);
        var parameters = _situation.Configuration.Parameters;
        Problem[] problems =
        [
            .. Problem.OfGaps(_situation.Inventory.Gaps),
            .. _sensors.Problems(sources),
            .. _filters.Problems(parameters.Filters, ParameterSetReader.FilterParameter(_situation.Configuration.Prefix), _verdicts),
            .. _drafts.Problems(),
            .. _situation.IsDenied ? (Problem[])[Problem.OfDenied] : [],
        ];
        var owned = _situation.Inventory.Sessions.Count(_situation.Owner.Owns);
        return Planning.Plan.InOrder(_changes, _standbys, _verdicts, problems, owned, _situation.IsFullSync);
    }

    private static bool StaysPut(TrafficMirrorSession kept, Eligibility.Wanted wanted) =>
        wanted.Pool.Settled.Any(target => target.Id == kept.TargetId);

    private void Drop(Source source, Eligibility.Unwanted unwanted)
    {
        if (unwanted.Fate != SessionFate.Keep)
        {
            foreach (var session in source.Owned)
                Delete(session, unwanted.Fate == SessionFate.DeleteByDecision ? ChangeCause.Decision : ChangeCause.Source);
        }

        _verdicts.Add(source.Is(unwanted.Verdict, unwanted.Because));
    }

    // Keep the lowest (number, id). Two sessions with one number cannot coexist: one is a stale listing (EC2 API, "Eventual consistency").
    // We cannot know which, so neither is deleted. A double may have been made one by whoever may tag sessions, so the limits count it.
    private void DropDoubles(Source source)
    {
        foreach (var session in source.Owned.Where(session => session.SessionNumber != source.Owned[0].SessionNumber))
            Delete(session, ChangeCause.Decision);
    }

    private void Delete(TrafficMirrorSession session, ChangeCause cause)
    {
        _changes.Add(new Change.Delete(session) { Cause = cause });
        _placement.Remove(session.TargetId, session.NetworkInterfaceId);
    }

    private void Keep(
        Source source, Eligibility.Wanted wanted, Id<TrafficMirrorTarget> target, IReadOnlyList<Id<TrafficMirrorTarget>> nextTargets)
    {
        var (modify, verdict) = _drafts.Kept(source, wanted, target, nextTargets);
        _verdicts.Add(verdict);
        if (modify is null)
            return;
        _changes.Add(modify);
        if (modify.Difference.TargetId is null)
            return;
        _placement.Remove(modify.Session.TargetId, source.Interface.Id);
        _placement.Add(target, source.Interface.Id);
    }

    private void Move(Source source, Eligibility.Wanted wanted)
    {
        // Its target left the pool. If no other has room, keep the session and its
        // sensor tag as they are: a stale mirror is better than none.
        var (kept, open) = (source.Owned[0], _placement.Open(source.Interface, wanted.Pool.Open));
        if (open is not [])
            Keep(source, wanted, open[0], [.. open.Skip(1)]);
        else
            Keep(source, StayingFor(kept, wanted), kept.TargetId, []);
    }

    private static Eligibility.Wanted StayingFor(TrafficMirrorSession kept, Eligibility.Wanted wanted) =>
        wanted with { Sensor = kept.Sensor ?? wanted.Sensor, Because = [.. wanted.Because, new Reason.NoRoomToMove(wanted.Sensor)] };

    private void Create(Source source, Eligibility.Wanted wanted)
    {
        if (source.Foreign.Count >= Quotas.SessionsPerInterface)
        {
            _verdicts.Add(source.Is(new Verdict.SessionLimit(), [.. wanted.Because, new Reason.SessionsOnInterface(source.Foreign.Count)]));
            return;
        }

        var open = _placement.Open(source.Interface, wanted.Pool.Open);
        var (create, mirrored) = _drafts.New(source, wanted, open is [] ? _placement.Ranked(source.Interface, wanted.Pool.Open) : open);
        if (open is [])
        {
            _verdicts.Add(
                source.Is(new Verdict.CapacityExhausted(wanted.Sensor), [.. wanted.Because, new Reason.AllTargetsFull(wanted.Sensor)]));
            _standbys.Add(new Standby(create, mirrored));
            return;
        }

        _changes.Add(create);
        _verdicts.Add(mirrored);
        _placement.Add(create.Settings.TargetId, source.Interface.Id);
    }

    private void AddVerdictsOnWhatIsMissing()
    {
        foreach (var missing in _situation.Inventory.MissingInstances)
            _verdicts.Add(new(null, missing, new Verdict.Gone(), [new Reason.UnknownToEc2()]));
        foreach (var missing in _situation.Inventory.MissingInterfaces)
            _verdicts.Add(new(missing, null, new Verdict.Gone(), [new Reason.UnknownToEc2()]));

        // A full sync has nothing to say about what was terminated an hour ago; somebody who asks for an instance gets an answer.
        foreach (
            var instance in _situation.Inventory.Instances.Where(
                instance => !_situation.IsFullSync && instance.NetworkInterfaces.Count == 0))
        {
            _verdicts.Add(
                new(null, instance.Id, new Verdict.NotRunning(), [new Reason.InState(instance.State), new Reason.NoInterfaces()]));
        }
    }

    /// <summary>A source that is to be mirrored, and to where.</summary>
    private readonly record struct WantedSource(Source Source, Eligibility.Wanted Wanted);
}
