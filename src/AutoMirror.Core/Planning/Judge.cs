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
    private readonly SourceChecks _sources;
    private readonly SensorName? _undeclared;

    public Judge(Situation situation, Sensors sensors, FilterChecks filters)
    {
        (_situation, _policy, _sensors, _filters) = (situation, situation.Policy, sensors, filters);
        _levels = new Levels(situation);
        _rules = new PolicyRules(_policy, _levels);
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
        var (obliged, until) = (_rules.WhyAlways(source), FoundUntil(source));
        var excluded = obliged is null ? _rules.WhyNotByTag(source) : null;
        if (excluded is not null && until is null)
            return Unwanted(new Verdict.Excluded(), instance, excluded);
        if (networkInterface.Attachment is null or { Status: AttachmentStatus.Detached })
            return new Eligibility.Unwanted(new Verdict.NotASource(), SessionFate.DeleteWithSource) { Because = [new Reason.Unattached()] };
        if (instance is null && !_policy.StandaloneInterfaces && !isParticipants)
            return Unwanted(new Verdict.Excluded(), instance, new Reason.NoInstance());

        var wish = Wish(source, obliged, until, isLifted: excluded is not null);
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
            : new Eligibility.Wanted(wanted, pool, wish.Until) { Because = [wish.Said] };
    }

    private Reason? WhySensor(Source source) =>
        _sensors.TargetOn(source.Interface.Id) is { } target ? new Reason.IsMirrorTarget(target)
        : source.HeldTarget is { } held ? new Reason.InstanceHoldsMirrorTarget(held)
        : source.Instance?.Tags[Ownership.SensorHostKey] is not null ? new Reason.IsSensorHost()
        : null;

    /// <summary>The sensor that a source is to be mirrored to, or none, and what says so. The owner's tag decides; where it says no, or
    /// names a sensor that can't be had, an obligation or a finding does. What a finding lifts an exclusion for ends with the finding.</summary>
    private WishFor Wish(Source source, Reason.Obliged? obliged, DateTimeOffset? until, bool isLifted)
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
            if (until is { } end)
                return new(_policy.GuardDuty!.Sensor, new Reason.Found(end), end, IsUnasked: false);
        }

        return isLifted && until is { } lifted
            ? new(sensor, new Reason.Found(lifted), lifted, IsUnasked: false)
            : new(sensor, said, null, IsUnasked: optIn is null);
    }

    /// <summary>Until when a security finding, reported now or kept on a session, wants an instance mirrored; null when none does any
    /// more. A session's own tag keeps it for the rule's hours from now at the longest: anybody may have written it.</summary>
    private DateTimeOffset? FoundUntil(Source source)
    {
        if (_policy.GuardDuty is not { } rule || source.Instance is not { } instance)
            return null;
        var now = _situation.Inventory.Now;
        var latest = DateTimeOffset.FromUnixTimeSeconds(now.ToUnixTimeSeconds()) + TimeSpan.FromHours(rule.Hours);
        var until = source.Owned.Select(Ownership.Until)
            .Append(_situation.Findings.TryGetValue(instance.Id, out var reported) ? reported : null).Max();
        return until > now ? (until < latest ? until : latest) : null;
    }

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
    /// <param name="Until">When that ends; null for never.</param>
    /// <param name="IsUnasked">Whether nobody has tagged it: it is mirrored because all are.</param>
    private readonly record struct WishFor(SensorName? Sensor, Reason Said, DateTimeOffset? Until, bool IsUnasked);
}
