using AutoMirror.Emulator;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation.Checks;

/// <summary>What is set, and where the sensors are.</summary>
/// <param name="Setting">What the operator has set.</param>
/// <param name="Targets">The targets that there are, each with the sensor that its tag names.</param>
/// <param name="SensorInterfaces">The interfaces that are targets.</param>
/// <param name="SensorInstances">The instances that have such interfaces.</param>
internal sealed record Circumstances(
    Setting Setting, IReadOnlyDictionary<string, string?> Targets, IReadOnlySet<string> SensorInterfaces,
    IReadOnlySet<string> SensorInstances)
{
    public const string SensorKey = "automirror:sensor";

    public static Circumstances Of(Cloud cloud, Setting setting)
    {
        var targets = cloud.Ec2.Targets.Table.Current.Values.ToList();
        var interfaces = targets.Select(target => target.NetworkInterfaceId).OfType<string>().ToHashSet();
        var instances = interfaces.Select(id => cloud.Ec2.NetworkInterfaces.Table.Find(id)?.Attachment?.InstanceId).OfType<string>()
            .ToHashSet();
        return new(
            setting, targets.ToDictionary(target => target.Id, target => target.Tags.GetValueOrDefault(SensorKey)), interfaces, instances);
    }

    /// <summary>The targets of a sensor that are there.</summary>
    public IEnumerable<string> PoolOf(string sensor) => Targets
        .Where(
            target => Setting.Sensors.GetValueOrDefault(sensor, []).Contains(target.Key) || (Setting.SensorTags && target.Value == sensor))
        .Select(target => target.Key);

    public bool IsSame(Circumstances other) => ReferenceEquals(Setting, other.Setting)
        && Targets.Count == other.Targets.Count
        && Targets.All(target => other.Targets.TryGetValue(target.Key, out var sensor) && sensor == target.Value)
        && SensorInterfaces.SetEquals(other.SensorInterfaces) && SensorInstances.SetEquals(other.SensorInstances);
}
