using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>The sensors that there are, with the targets that EC2 knows of them.</summary>
internal sealed class Sensors
{
    private readonly Dictionary<SensorName, Pool> _pools = [];
    private readonly Dictionary<Id<NetworkInterface>, Id<TrafficMirrorTarget>> _targetsByInterface = [];
    private readonly Setup _setup;

    public Sensors(Setup setup)
    {
        _setup = setup;
        foreach (var (name, ids) in setup.Configuration.Sensors)
        {
            _pools[name] = new Pool(
                [.. ids.Where(setup.Targets.ContainsKey).Select(id => setup.Targets[id])],
                [.. ids.Where(id => !setup.Targets.ContainsKey(id))]);
        }

        foreach (var target in setup.Targets.Values.OrderBy(target => target.Id))
        {
            if (target.Destination is TargetDestination.CaptureInterface { Id: var id })
                _targetsByInterface[id] = target.Id;
            if (setup.Policy.SensorTags && target.Tags[Ownership.SensorKey] is { Length: > 0 } name)
                Join(new SensorName(name), target);
        }
    }

    /// <summary>The sensors' names and pools, by name.</summary>
    public IEnumerable<(SensorName Name, Pool Pool)> All => _pools.OrderBy(pool => pool.Key).Select(pool => (pool.Key, pool.Value));

    /// <summary>The mirror target that an interface is, or null.</summary>
    public Id<TrafficMirrorTarget>? TargetOn(Id<NetworkInterface> networkInterface) =>
        _targetsByInterface.TryGetValue(networkInterface, out var target) ? target : null;

    /// <summary>The targets of a sensor, or the reason why there are none.</summary>
    public (IReadOnlyList<TrafficMirrorTarget> Targets, Reason? WhyNone) Resolve(SensorName name) =>
        !_pools.TryGetValue(name, out var pool) ? ([], new Reason.NoSuchSensor(name, _setup.ParameterOf(name)))
        : pool.Targets.Count == 0 ? ([], new Reason.NoTargetLeft(name, _setup.ParameterOf(name), pool.Gone))
        : (pool.Targets, null);

    private void Join(SensorName name, TrafficMirrorTarget target)
    {
        var pool = _pools.GetValueOrDefault(name, new Pool([], []));
        if (!pool.Targets.Any(other => other.Id == target.Id))
            _pools[name] = pool with { Targets = [.. pool.Targets.Append(target).OrderBy(other => other.Id)] };
    }

    /// <summary>A sensor's targets: those that EC2 knows, and those that it does not.</summary>
    internal sealed record Pool(IReadOnlyList<TrafficMirrorTarget> Targets, IReadOnlyList<Id<TrafficMirrorTarget>> Gone);
}
