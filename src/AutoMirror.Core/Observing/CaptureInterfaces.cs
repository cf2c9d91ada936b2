using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>Finds the zones and sizes of capture interfaces, which only matter where a sensor has more than one target to choose from.</summary>
internal static class CaptureInterfaces
{
    /// <summary>The targets of such pools with what was found; what can't be read stays unknown, and EC2's refusals tell instead.</summary>
    public static async Task<IReadOnlyList<TrafficMirrorTarget>> LocateAsync(
        IEc2 ec2, Configuration configuration, IReadOnlyList<TrafficMirrorTarget> targets, CancellationToken cancellationToken)
    {
        var toChooseFrom = targets.Where(target => target.Destination is TargetDestination.CaptureInterface && IsOneOfSeveral(target, configuration, targets)).ToList();
        if (toChooseFrom.Count == 0)
            return [];

        var ids = toChooseFrom.Select(target => ((TargetDestination.CaptureInterface)target.Destination).Id).ToHashSet();
        var interfaces = Given(await ec2.DescribeNetworkInterfacesAsync(new NetworkInterfaceQuery.WithIds(ids), cancellationToken)).ToDictionary(each => each.Id);
        var holders = interfaces.Values.Select(each => each.Attachment?.InstanceId).OfType<Id<Instance>>().ToHashSet();
        var instances = holders.Count == 0 ? [] :
            Given(await ec2.DescribeInstancesAsync(new InstanceQuery.WithIds(holders), cancellationToken)).ToDictionary(instance => instance.Id);
        return [.. toChooseFrom.Select(target => Located(target, interfaces, instances))];
    }

    private static bool IsOneOfSeveral(TrafficMirrorTarget target, Configuration configuration, IReadOnlyList<TrafficMirrorTarget> targets) =>
        configuration.Sensors.Values.Any(pool => pool.Count > 1 && pool.Contains(target.Id))
        || (configuration.Policy.SensorTags && target.Tags[Ownership.SensorKey] is { Length: > 0 } sensor
            && (configuration.Sensors.GetValueOrDefault(new SensorName(sensor))?.Any(id => id != target.Id) is true
                || targets.Any(other => other.Id != target.Id && other.Tags[Ownership.SensorKey] == sensor)));

    private static TrafficMirrorTarget Located(
        TrafficMirrorTarget target, Dictionary<Id<NetworkInterface>, NetworkInterface> interfaces, Dictionary<Id<Instance>, Instance> instances) =>
        target.Destination is TargetDestination.CaptureInterface capture && interfaces.TryGetValue(capture.Id, out var found)
            ? target with
            {
                Destination = capture with
                {
                    AvailabilityZone = found.AvailabilityZone,
                    InstanceType = found.Attachment?.InstanceId is { } holder ? instances.GetValueOrDefault(holder)?.InstanceType : null,
                },
            }
            : target;

    private static IReadOnlyList<T> Given<T>(Answer<IReadOnlyList<T>> answer) => answer is Answer<IReadOnlyList<T>>.Given { Value: var values } ? values : [];
}
