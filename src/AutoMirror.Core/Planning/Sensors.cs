using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>The sensors that there are, with the targets that EC2 knows of them.</summary>
internal sealed class Sensors
{
    private readonly Dictionary<SensorName, SensorPool> _pools = [];
    private readonly Dictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>> _gone = [];
    private readonly Dictionary<Id<NetworkInterface>, Id<TrafficMirrorTarget>> _targetsByInterface = [];
    private readonly Configuration _configuration;
    private readonly Equipment _equipment;

    public Sensors(Configuration configuration, Equipment equipment)
    {
        (_configuration, _equipment) = (configuration, equipment);
        foreach (var target in configuration.Targets.Values.OrderBy(target => target.Id))
        {
            if (target.Destination is TargetDestination.CaptureInterface { Id: var id })
                _targetsByInterface[id] = target.Id;
        }

        var tagged = configuration.Targets.Values.ToLookup(configuration.TaggedFor);
        foreach (
            var name in configuration.Parameters.Sensors.Keys.Concat(tagged.Select(group => group.Key).OfType<SensorName>()).Distinct())
        {
            var listed = configuration.Parameters.Sensors.GetValueOrDefault(name, []);
            _pools[name] = PoolOf(
            [
                .. listed.Where(configuration.Targets.ContainsKey).Select(id => configuration.Targets[id]).Concat(tagged[name])
                    .Where(target => target.Destination is not TargetDestination.Unknown).DistinctBy(target => target.Id)
                        .OrderBy(target => target.Id),
            ]);
            _gone[name] = [
                .. listed.Where(id => configuration.Targets.GetValueOrDefault(id)?.Destination is null or TargetDestination.Unknown)];
        }
    }

    /// <summary>The mirror target that an interface is, or null.</summary>
    public Id<TrafficMirrorTarget>? TargetOn(Id<NetworkInterface> networkInterface) =>
        _targetsByInterface.TryGetValue(networkInterface, out var target) ? target : null;

    /// <summary>The targets of a sensor, or the reason why there are none.</summary>
    public (SensorPool Pool, Reason? WhyNone) Resolve(SensorName name) =>
        !_pools.TryGetValue(name, out var pool) ? (new([], [], []), new Reason.NoSuchSensor(name, _configuration.ParameterOf(name)))
        : pool.All.Count == 0 ? (pool, new Reason.NoTargetLeft(name, _configuration.ParameterOf(name), _gone[name]))
        : (pool, null);

    /// <summary>The first sensor behind a load balancer or endpoint of which the policy does not say how its hosts are kept out; null when
    /// there is none. Such hosts would be mirrored to themselves where workloads without a tag are mirrored.</summary>
    public SensorName? WithUndeclaredHosts()
    {
        foreach (var (name, pool) in _pools.OrderBy(pool => pool.Key))
        {
            if (_configuration.Policy.Sensors.GetValueOrDefault(name)?.Hosts is null
                && pool.All.Any(target => target.Destination is not TargetDestination.CaptureInterface))
            {
                return name;
            }
        }

        return null;
    }

    /// <summary>What a person should know of the targets: that EC2 does not know one, or that nothing can arrive there.</summary>
    /// <param name="sources">The interfaces whose sessions a target has.</param>
    public IEnumerable<Problem> Problems(ILookup<Id<TrafficMirrorTarget>, Id<NetworkInterface>?> sources)
    {
        foreach (var (name, pool) in _pools.OrderBy(pool => pool.Key))
        {
            foreach (var id in _gone[name])
            {
                yield return new Problem(
                    ProblemKind.TargetGone,
                    $"The target {id} of the sensor {Words.Quote(name.Value)} does not exist in EC2: correct "
                        + $"{_configuration.ParameterOf(name)}. "
                        + "Sessions that still point to it stay as they are.").About(sources[id]);
            }

            foreach (var target in pool.All)
            {
                if (Problem(name, pool, target) is { } problem)
                    yield return problem.About(sources[target.Id]);
            }
        }
    }

    private Problem? Problem(SensorName name, SensorPool pool, TrafficMirrorTarget target)
    {
        var others = pool.Open.Any(other => _equipment.Of(other.Id).State is CaptureState.Living or CaptureState.Unknown)
            ? "Its sessions move to the sensor's other targets."
            : "Its sessions stay, and nothing arrives.";
        var sensor = Words.Quote(name.Value);
        return (_equipment.Of(target.Id), target.Destination) switch
        {
            ({ State: CaptureState.Gone }, TargetDestination.CaptureInterface { Id: var id }) => new(
                ProblemKind.SensorGone,
                $"The interface {id} of the target {target.Id}, sensor {sensor}, does not exist any more. {others} Put the id of a "
                    + $"target on "
                    + $"the sensor's new interface into {_configuration.ParameterOf(name)}."),
            ({ State: CaptureState.Stopped, InstanceId: { } host }, _) => new(
                ProblemKind.SensorStopped, $"The host {host} of the target {target.Id}, sensor {sensor}, does not run. {others} Start it."),
            ({ State: CaptureState.Stopped }, TargetDestination.CaptureInterface { Id: var id }) => new(
                ProblemKind.SensorStopped,
                $"The interface {id} of the target {target.Id}, sensor {sensor}, is attached to nothing. {others} Attach it to the "
                    + $"sensor."),
            _ => null,
        };
    }

    private SensorPool PoolOf(IReadOnlyList<TrafficMirrorTarget> all)
    {
        List<TrafficMirrorTarget> In(params CaptureState[] states) =>
            [.. all.Where(target => states.Contains(_equipment.Of(target.Id).State))];
        if (In(CaptureState.Living, CaptureState.Unknown) is { Count: > 0 } living)
            return new(all, living, In(CaptureState.Living, CaptureState.Unknown, CaptureState.Missing));
        if (In(CaptureState.Missing) is { Count: > 0 } missing)
            return new(all, missing, missing);
        return new(all, In(CaptureState.Stopped) is { Count: > 0 } stopped ? stopped : all, all);
    }
}
