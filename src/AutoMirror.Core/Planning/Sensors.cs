using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>The sensors that there are, with the targets that EC2 knows of them.</summary>
internal sealed class Sensors
{
    private readonly Dictionary<SensorName, Pool> _pools = [];
    private readonly Dictionary<Id<NetworkInterface>, Id<TrafficMirrorTarget>> _targetsByInterface = [];
    private readonly Configuration _configuration;

    public Sensors(Configuration configuration)
    {
        _configuration = configuration;
        foreach (var (name, ids) in configuration.Parameters.Sensors)
        {
            _pools[name] = new Pool(
                [.. ids.Where(configuration.Targets.ContainsKey).Select(id => configuration.Targets[id])],
                [.. ids.Where(id => !configuration.Targets.ContainsKey(id))]);
        }

        foreach (var target in configuration.Targets.Values.OrderBy(target => target.Id))
        {
            if (target.Destination is TargetDestination.CaptureInterface { Id: var id })
                _targetsByInterface[id] = target.Id;
            if (configuration.Policy.SensorTags && target.Tags[Ownership.SensorKey] is { Length: > 0 } name)
                Join(new SensorName(name), target);
        }
    }

    /// <summary>One problem for each target in a pool that EC2 does not know, by sensor.</summary>
    public IEnumerable<Problem> ProblemsOfGoneTargets() =>
        from pool in _pools.OrderBy(pool => pool.Key)
        from target in pool.Value.Gone
        select new Problem(
            ProblemKind.TargetGone,
            $"The target {target} of the sensor {Words.Quote(pool.Key.Value)} does not exist in EC2: correct "
                + $"{_configuration.ParameterOf(pool.Key)}. "
            + "Sessions that still point to it stay as they are.");

    /// <summary>The mirror target that an interface is, or null.</summary>
    public Id<TrafficMirrorTarget>? TargetOn(Id<NetworkInterface> networkInterface) =>
        _targetsByInterface.TryGetValue(networkInterface, out var target) ? target : null;

    /// <summary>The targets of a sensor, or the reason why there are none.</summary>
    public (IReadOnlyList<TrafficMirrorTarget> Targets, Reason? WhyNone) Resolve(SensorName name) =>
        !_pools.TryGetValue(name, out var pool) ? ([], new Reason.NoSuchSensor(name, _configuration.ParameterOf(name)))
        : pool.Targets.Count == 0 ? ([], new Reason.NoTargetLeft(name, _configuration.ParameterOf(name), pool.Gone))
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
