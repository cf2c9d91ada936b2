using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>Decides who is to be mirrored. The rules stand in the order in which they
/// win; Core's README draws them as a table.</summary>
internal sealed class Judge
{
    private readonly Situation _situation;
    private readonly Policy _policy;
    private readonly Sensors _sensors;
    private readonly FilterChecks _filters;
    private readonly Levels _levels;
    private readonly PolicyRules _rules;
    private readonly TimedRules _timed;
    private readonly SourceChecks _sources;
    private readonly SensorName? _undeclared;

    public Judge(Situation situation, Sensors sensors, FilterChecks filters)
    {
        (_situation, _policy, _sensors, _filters) = (situation, situation.Policy, sensors, filters);
        _levels = new Levels(situation);
        _rules = new PolicyRules(_policy, _levels);
        _timed = new TimedRules(situation, sensors);
        _sources = new SourceChecks(situation);
        _undeclared = sensors.WithUndeclaredHosts();
    }

    /// <remarks>Where the interface has an owned session, EC2 has accepted it as a source. EC2 is right, whatever our data says.</remarks>
    public Eligibility Decide(Source source)
    {
        var (networkInterface, instance) = (source.Interface, source.Instance);
        if (WhySensor(source) is { } sensor)
            return Unwanted(new Verdict.Sensor(), instance, sensor);
        var isParticipants = networkInterface.IsOfAnother(_situation.Account);
        if (isParticipants && !_policy.Participants)
            return Kept(new Verdict.OtherAccount(), new Reason.OfAccount(networkInterface.OwnerId!));
        if (_rules.WhyNever(source) is { } never)
            return Unwanted(new Verdict.Excluded(), instance, never);
        var (obliged, timed) = (_rules.WhyAlways(source), _timed.Of(source));
        var excluded = obliged is null ? _rules.WhyNotByTag(source) : null;
        if (timed is null && excluded is not null)
            return Unwanted(new Verdict.Excluded(), instance, excluded);
        if (networkInterface.Attachment is null or { Status: AttachmentStatus.Detached })
            return new Eligibility.Unwanted(new Verdict.NotASource(), SessionFate.DeleteWithSource) { Because = [new Reason.Unattached()] };
        if (instance is null && !_policy.StandaloneInterfaces && !isParticipants)
            return Unwanted(new Verdict.Excluded(), instance, new Reason.NoInstance());

        // What alone lifts an exclusion has to be the wish: when it ends, the exclusion holds again.
        var wish = timed is not null && excluded is not null ? WishOf(timed) : Wish(source, obliged, timed);
        if (wish.Sensor is not { } wanted)
            return Unwanted(new Verdict.OptedOut(), instance, wish.Said);
        if (instance is { State: not (InstanceState.Pending or InstanceState.Running) })
        {
            return new Eligibility.Unwanted(new Verdict.NotRunning(), FateIn(instance.State))
            {
                Because = [wish.Said, new Reason.InState(instance.State)],
            };
        }

        if (networkInterface.Attachment.Status == AttachmentStatus.Detaching)
            return Kept(new Verdict.NotASource(), wish.Said, new Reason.Detaching());
        if (source.Owned.Count == 0 && _sources.WhyNot(source) is var (verdict, why))
            return Kept(verdict, wish.Said, why);

        var (pool, whyNone) = _sensors.Resolve(wanted);
        if (whyNone is not null)
            return Kept(new Verdict.UnknownSensor(wanted), wish.Said, whyNone);
        if (_filters.WhyUseless(_situation.Configuration.Parameters.RulesFor(wanted).FilterId) is { } useless)
            return Kept(new Verdict.FilterUnusable(), wish.Said, useless);
        return source.Owned.Count == 0 && wish.IsUnasked && _undeclared is { } undeclared
            ? Kept(new Verdict.UndeclaredHosts(), wish.Said, new Reason.HostsUndeclared(undeclared))
            : new Eligibility.Wanted(wanted, pool, wish.End) { Because = [wish.Said] };
    }

    private Reason? WhySensor(Source source) =>
        _sensors.TargetOn(source.Interface.Id) is { } target ? new Reason.IsMirrorTarget(target)
        : source.HeldTarget is { } held ? new Reason.InstanceHoldsMirrorTarget(held)
        : source.Instance?.Tags[Ownership.SensorHostKey] is not null ? new Reason.IsSensorHost()
        : null;

    /// <summary>The sensor that a source is to be mirrored to, or none, and what says so. The owner's tag decides; where it says no, or
    /// names a sensor that can't be had, an obligation, a finding or a capture does.</summary>
    private WishFor Wish(Source source, Reason.Obliged? obliged, TimedWish? timed)
    {
        var (parameters, optIn) = (_situation.Configuration.Parameters, _levels.OptIn(source));
        Reason said = optIn is var (level, value)
            ? new Reason.Tagged(level, _policy.TagKey, value)
            : new Reason.Untagged(_policy.TagKey, _policy.Untagged);
        SensorName? sensor = MirrorWish.Of(optIn?.Value ?? _policy.Untagged) switch
        {
            MirrorWish.ToSensor named => named.Sensor,
            MirrorWish.ToDefault => parameters.DefaultIn(source.Interface.VpcId, source.Interface.SubnetId),
            _ => null,
        };
        if (sensor is null || _sensors.Resolve(sensor.Value).WhyNone is not null)
        {
            if (obliged is not null)
                return new(_policy.Mandatory.Sensor, obliged, null, IsUnasked: optIn is null);
            if (timed is not null)
                return WishOf(timed);
        }

        return new(sensor, said, null, IsUnasked: optIn is null);
    }

    private static WishFor WishOf(TimedWish timed) => new(timed.Sensor, timed.End.Reason switch
    {
        EndReason.Finding => new Reason.Found(timed.End.At),
        EndReason.Capture => new Reason.Captured(timed.End.At),
        _ => throw new UnreachableException(),
    }, timed.End, IsUnasked: false);

    private static Eligibility.Unwanted Kept(Verdict verdict, params IReadOnlyList<Reason> because) =>
        new(verdict, SessionFate.Keep) { Because = because };

    private Eligibility.Unwanted Unwanted(Verdict verdict, Instance? instance, Reason reason) => new(verdict, instance?.State switch
    {
        // A host's last packets are what an investigator wants, whatever its tag says by then.
        InstanceState.Stopping or InstanceState.ShuttingDown => SessionFate.Keep,
        InstanceState.Stopped when _policy.OnStop == OnStop.Delete => SessionFate.DeleteWithSource,
        InstanceState.Terminated => SessionFate.DeleteWithSource,
        _ => SessionFate.DeleteByDecision,
    })
    {
        Because = [reason],
    };

    private SessionFate FateIn(InstanceState state) => state switch
    {
        InstanceState.Stopped => _policy.OnStop == OnStop.Delete ? SessionFate.DeleteWithSource : SessionFate.Keep,
        InstanceState.Terminated => SessionFate.DeleteWithSource,
        _ => SessionFate.Keep,
    };

    /// <summary>What a source should become.</summary>
    /// <param name="Sensor">Where it is to be mirrored to; null for nowhere.</param>
    /// <param name="End">When that ends; null for never.</param>
    /// <param name="IsUnasked">Whether nobody has tagged it: it is mirrored because all are.</param>
    private readonly record struct WishFor(SensorName? Sensor, Reason Said, SessionEnd? End, bool IsUnasked);
}
