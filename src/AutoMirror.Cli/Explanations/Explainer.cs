using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Explanations;

/// <summary>Explains things of an account from one look at it.</summary>
internal sealed class Explainer
{
    private const int MostInterfaces = 100;

    private readonly Look _look;
    private readonly Dictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> _filters;
    private readonly Dictionary<string, Amazon.EC2.Model.NetworkInterface> _interfaces;
    private readonly Dictionary<string, Amazon.EC2.Model.Instance> _instances;
    private readonly ILookup<Id<NetworkInterface>, TrafficMirrorSession> _sessions;
    private readonly Dictionary<string, InterfaceState> _states;
    private readonly ILookup<Id<NetworkInterface>, Change> _changes;
    private readonly IReadOnlyDictionary<SensorName, int> _waiting;
    private readonly Dictionary<string, IReadOnlyList<string>> _blind = [];

    private Explainer(Look look, Facts facts)
    {
        _look = look;
        _filters = facts.Filters.ToDictionary(filter => filter.Id);
        _interfaces = facts.Interfaces.DistinctBy(each => each.NetworkInterfaceId).ToDictionary(each => each.NetworkInterfaceId);
        _instances = facts.Reservations.SelectMany(each => each.Instances ?? []).DistinctBy(each => each.InstanceId)
            .ToDictionary(each => each.InstanceId);
        _sessions = look.Situation.Inventory.Sessions.OrderBy(session => session.SessionNumber)
            .ToLookup(session => session.NetworkInterfaceId);
        _states = InterfaceState.AllOf(look).Where(each => each.NetworkInterfaceId is not null).DistinctBy(each => each.NetworkInterfaceId)
            .ToDictionary(each => each.NetworkInterfaceId!);
        _changes = look.Plan.Changes.ToLookup(change => change.NetworkInterfaceId);
        _waiting = VerdictProblems.CountWaiting(look.Plan.Verdicts);
    }

    /// <summary>Explains an id or a sensor's name; null where the account has nothing of the kind.</summary>
    public static async Task<Explanation?> ExplainAsync(string id, Look look, CancellationToken cancellationToken)
    {
        var facts = await Facts.ReadAsync(look.Source, cancellationToken);
        return new Explainer(look, facts).Explain(id);
    }

    /// <summary>Explains every interface, in the order of the plan's verdicts; null where a verdict is about no interface.</summary>
    public static async Task<IReadOnlyList<InterfaceExplanation?>> ExplainAllAsync(Look look, CancellationToken cancellationToken)
    {
        var explainer = new Explainer(look, await Facts.ReadAsync(look.Source, cancellationToken));
        return [.. look.Plan.Verdicts.Select(explainer.Of)];
    }

    private Explanation? Explain(string id)
    {
        if (Id<Instance>.TryParse(id) is { } instance)
        {
            var verdicts = _look.Plan.Verdicts.Where(verdict => verdict.InstanceId == instance).ToList();
            return verdicts.Count == 0 && !_instances.ContainsKey(id) ? null : new(
                id, "instance", InstanceText(id, verdicts.Count), [.. verdicts.Select(Of).OfType<InterfaceExplanation>()], []);
        }

        if (Id<NetworkInterface>.TryParse(id) is { } networkInterface)
            return OfInterface(id, "interface", $"The network interface {id}.", networkInterface);
        if (Id<TrafficMirrorSession>.TryParse(id) is { } sessionId)
        {
            return _look.Situation.Inventory.Sessions.FirstOrDefault(each => each.Id == sessionId) is { } session
                ? OfInterface(id, "session", SessionText(session), session.NetworkInterfaceId)
                    ?? new(id, "session", SessionText(session), [], [])
                : null;
        }

        return Id<TrafficMirrorTarget>.TryParse(id) is { } target ? OfTarget(id, target) : OfSensor(new SensorName(id));
    }

    private Explanation? OfInterface(string id, string kind, string said, Id<NetworkInterface> networkInterface) =>
        _look.Plan.Verdicts.FirstOrDefault(verdict => verdict.NetworkInterfaceId == networkInterface) is { } verdict
            ? new(id, kind, said, Of(verdict) is { } explained ? [explained] : [], [])
            : _interfaces.TryGetValue(networkInterface.Value, out var known)
                ? new(
                    id, kind,
                    $"{said} It belongs to no instance ({known.InterfaceType?.Value ?? "interface"}), and the policy's "
                        + "standaloneInterfaces is "
                        + "off.", [], [])
                : null;

    private Explanation? OfTarget(string id, Id<TrafficMirrorTarget> target)
    {
        if (!_look.Situation.Configuration.Targets.TryGetValue(target, out var found))
            return null;
        var sensors = _look.Situation.Configuration.SensorsOf(found).Select(sensor => $"'{sensor}'").ToList();
        return new(
            id, "target",
            sensors.Count == 0
                ? $"A mirror target on {TargetLoad.DestinationOf(found)} that no sensor of this deployment has."
                : $"A mirror target of the sensor {string.Join(" and ", sensors)}, on {TargetLoad.DestinationOf(found)}.",
            MirroredTo(settings => settings.TargetId == target),
            [.. TargetLoad.AllOf(_look).Where(each => each.TargetId == id)]);
    }

    private Explanation? OfSensor(SensorName sensor)
    {
        var targets = TargetLoad.AllOf(_look).Where(each => each.Sensors.Contains(sensor.Value)).ToList();
        var configuration = _look.Situation.Configuration;
        if (targets.Count == 0 && !configuration.Parameters.Sensors.ContainsKey(sensor))
            return null;
        var rules = configuration.Parameters.RulesFor(sensor);
        return new(
            sensor.Value, "sensor",
            $"The sensor '{sensor}' of {configuration.ParameterOf(sensor)}: sessions with the filter {rules.FilterId}, number "
                + $"{rules.SessionNumber}, "
                + $"{(rules.PacketLength is { } length ? $"the first {length} bytes of each packet" : "whole packets")}.",
            MirroredTo(settings => settings.Sensor == sensor), targets);
    }

    private IReadOnlyList<InterfaceExplanation> MirroredTo(Func<SessionSettings, bool> there) =>
    [
        .. _look.Plan.Verdicts.Where(verdict => verdict.Verdict is Verdict.Mirrored mirrored && there(mirrored.Settings))
            .Take(MostInterfaces).Select(Of).OfType<InterfaceExplanation>(),
    ];

    private InterfaceExplanation? Of(InterfaceVerdict verdict)
    {
        if (verdict.NetworkInterfaceId is not { } id)
            return null;
        var (raw, instance) = (
            _interfaces.GetValueOrDefault(id.Value), verdict.InstanceId is { } holder ? _instances.GetValueOrDefault(holder.Value) : null);
        var within = instance?.NetworkInterfaces?.Find(each => each.NetworkInterfaceId == id.Value);
        var foreign = _sessions[id].Where(session => !_look.Situation.Owner.Owns(session)).ToList();
        var sessions = SessionsOf(id).ToList();
        var own = sessions.Where(each => each.IsOwned && each.Next != "delete").Select(each => new SeenBy(
            SessionNumber.TryFrom(each.SessionNumber)!.Value, Id<TrafficMirrorFilter>.Parse(each.FilterId),
            each.PacketLength is { } length ? PacketLength.TryFrom(length) : null)).ToList();
        var vpc = raw?.VpcId ?? within?.VpcId;
        return new InterfaceExplanation(
            id.Value, verdict.InstanceId?.Value, NameOf(instance?.Tags) ?? NameOf(raw?.TagSet), instance?.InstanceType?.Value, vpc,
            raw?.SubnetId ?? within?.SubnetId, raw?.AvailabilityZone ?? instance?.Placement?.AvailabilityZone,
            raw?.PrivateIpAddress ?? within?.PrivateIpAddress, _states[id.Value].State, verdict.Verdict.Name,
            [.. verdict.Because.Select(reason => ReasonText.Of([reason], _waiting))], Advice.For(verdict, _look, _changes.Contains(id)),
            sessions, BlindTo(own, foreign));
    }

    /// <summary>The blind spots of an interface. Most interfaces of an account have the same, and which they are takes a while to
    /// reckon.</summary>
    private IReadOnlyList<string> BlindTo(IReadOnlyList<SeenBy> own, IReadOnlyList<TrafficMirrorSession> foreign)
    {
        var key = string.Join('|', own) + string.Concat(foreign.Select(each => $"/{each.SessionNumber} {each.FilterId} {each.Id}"));
        return _blind.TryGetValue(key, out var known) ? known : _blind[key] = BlindSpots.Of(own, foreign, _filters);
    }

    private IEnumerable<SessionExplanation> SessionsOf(Id<NetworkInterface> id)
    {
        var changes = _changes[id].ToList();
        foreach (var session in _sessions[id])
        {
            var next = changes.Exists(change => change is Change.Delete delete && delete.Session.Id == session.Id) ? "delete"
                : changes.Exists(change => change is Change.Modify modify && modify.Session.Id == session.Id) ? "change" : "keep";
            yield return new SessionExplanation(
                session.Id.Value, _look.Situation.Owner.Owns(session), session.SessionNumber.Value, session.Sensor?.Value,
                session.TargetId.Value, session.FilterId.Value, session.PacketLength?.Bytes, session.VirtualNetworkId?.Value, next);
        }

        foreach (var create in changes.OfType<Change.Create>())
        {
            yield return new SessionExplanation(
                null, true, create.Settings.SessionNumber.Value, create.Settings.Sensor.Value, create.Settings.TargetId.Value,
                create.Settings.FilterId.Value, create.Settings.PacketLength?.Bytes, create.Settings.VirtualNetworkId?.Value, "make");
        }
    }

    private string InstanceText(string id, int interfaces)
    {
        var instance = _instances.GetValueOrDefault(id);
        return $"The instance {id}{(NameOf(instance?.Tags) is { } name ? $" ({name})" : "")}"
            + $"{(instance is null ? "" : $", {instance.InstanceType?.Value}, {instance.State?.Name?.Value}")}: "
            + $"{(interfaces == 1 ? "1 interface" : $"{interfaces} interfaces")}.";
    }

    private string SessionText(TrafficMirrorSession session) =>
        $"A mirror session of "
            + $"{(_look.Situation.Owner.Owns(session) ? $"the deployment '{_look.Source.Settings.Deployment}'" : "somebody else")}"
            + $", from {session.NetworkInterfaceId} to {session.TargetId}, number {session.SessionNumber}.";

    private static string? NameOf(List<Amazon.EC2.Model.Tag>? tags) =>
        tags?.Find(tag => tag.Key == Ownership.NameKey)?.Value is { Length: > 0 } name ? Words.Quote(name).Trim('\'') : null;
}
