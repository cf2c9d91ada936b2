using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation.Checks;

/// <summary>What is set, and where the sensors are.</summary>
/// <param name="Setting">What the operator has set.</param>
/// <param name="Targets">The targets that there are, each with the sensor that its tag names.</param>
/// <param name="SensorInterfaces">The interfaces that are targets.</param>
/// <param name="SensorInstances">The instances that have such interfaces.</param>
/// <param name="DeadTargets">The targets whose interface is gone, or held by no running instance.</param>
/// <param name="GoneTargets">Those of them whose interface is gone.</param>
internal sealed record Circumstances(
    Setting Setting, IReadOnlyDictionary<string, string?> Targets, IReadOnlySet<string> SensorInterfaces,
    IReadOnlySet<string> SensorInstances, IReadOnlySet<string> DeadTargets, IReadOnlySet<string> GoneTargets)
{
    public const string SensorKey = "automirror:sensor";

    public static Circumstances Of(Cloud cloud, Setting setting)
    {
        var targets = cloud.Ec2.Targets.Table.Current.Values.ToList();
        var interfaces = targets.Select(target => target.NetworkInterfaceId).OfType<string>().ToHashSet();
        var instances = interfaces.Select(id => cloud.Ec2.NetworkInterfaces.Table.Find(id)?.Attachment?.InstanceId).OfType<string>()
            .ToHashSet();
        var dead = targets.Where(target => target.NetworkInterfaceId is { } id && !IsLiving(cloud, id)).Select(target => target.Id)
            .ToHashSet();
        return new(
            setting, targets.ToDictionary(target => target.Id, target => target.Tags.GetValueOrDefault(SensorKey)), interfaces, instances,
            dead, targets.Where(target => target.NetworkInterfaceId is { } id && cloud.Ec2.NetworkInterfaces.Table.Find(id) is null)
                .Select(target => target.Id).ToHashSet());
    }

    /// <summary>Whether a session is the function's own: the owner tag, and either our
    /// description or what is set for filter and target.</summary>
    public bool Owns(TrafficMirrorSession session) => Watch.Claims(session)
        && (session.Description?.StartsWith("automirror/automirror/", StringComparison.Ordinal) == true
            || (session.FilterId == Setting.FilterId
                && (Setting.Sensors.Values.Any(pool => pool.Contains(session.TargetId))
                    || (Setting.SensorTags && Targets.GetValueOrDefault(session.TargetId) is { Length: > 0 }))));

    /// <summary>The targets that take a new source of a sensor: those that live; where none does, those that are there; else all.</summary>
    public IEnumerable<string> OpenPoolOf(string sensor) =>
        PoolOf(sensor).Where(target => !DeadTargets.Contains(target)).ToList() is { Count: > 0 } living ? living
        : PoolOf(sensor).Where(target => !GoneTargets.Contains(target)).ToList() is { Count: > 0 } there ? there
        : PoolOf(sensor);

    private static bool IsLiving(Cloud cloud, string networkInterface) =>
        cloud.Ec2.NetworkInterfaces.Table.Find(networkInterface)?.Attachment?.InstanceId is { } host
        && cloud.Ec2.Instances.Table.Find(host) is { State: InstanceState.Pending or InstanceState.Running };

    /// <summary>The targets of a sensor that are there.</summary>
    public IEnumerable<string> PoolOf(string sensor) => Targets
        .Where(
            target => Setting.Sensors.GetValueOrDefault(sensor, []).Contains(target.Key) || (Setting.SensorTags && target.Value == sensor))
        .Select(target => target.Key);

    public bool IsSame(Circumstances other) => ReferenceEquals(Setting, other.Setting)
        && Targets.Count == other.Targets.Count
        && Targets.All(target => other.Targets.TryGetValue(target.Key, out var sensor) && sensor == target.Value)
        && SensorInterfaces.SetEquals(other.SensorInterfaces) && SensorInstances.SetEquals(other.SensorInstances)
        && DeadTargets.SetEquals(other.DeadTargets) && GoneTargets.SetEquals(other.GoneTargets);
}
