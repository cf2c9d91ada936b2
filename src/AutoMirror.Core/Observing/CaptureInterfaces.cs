using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>Finds the zones and instance types of capture interfaces. They matter only
/// where a sensor has more than one target to choose from.</summary>
internal static class CaptureInterfaces
{
    /// <summary>All targets, those of such pools with what was found. What can't be
    /// read stays unknown: EC2's refusals decide instead.</summary>
    public static async Task<IReadOnlyList<TrafficMirrorTarget>> LocateAsync(
        IEc2 ec2, ParameterSet parameters, IReadOnlyList<TrafficMirrorTarget> targets, CancellationToken cancellationToken)
    {
        var captures = targets.Where(target => IsOneOfSeveral(target, parameters, targets)).Select(target => target.Destination)
            .OfType<TargetDestination.CaptureInterface>().Select(capture => capture.Id).ToHashSet();
        if (captures.Count == 0)
            return targets;

        var query = Query.Of(captures);
        if (!(await ec2.DescribeNetworkInterfacesAsync(query, cancellationToken)).TryGet(out var interfaces, out _))
            return targets;
        var holders = interfaces.Select(each => each.Attachment?.InstanceId).OfType<Id<Instance>>().ToHashSet();
        var types = new Dictionary<Id<Instance>, string>();
        if (holders.Count > 0 && (await ec2.DescribeInstancesAsync(Query.Of(holders), cancellationToken)).TryGet(out var found, out _))
            types = found.ToDictionary(instance => instance.Id, instance => instance.InstanceType);
        var known = interfaces.ToDictionary(each => each.Id);
        return [.. targets.Select(target => Located(target, known, types))];
    }

    private static bool IsOneOfSeveral(TrafficMirrorTarget target, ParameterSet parameters, IReadOnlyList<TrafficMirrorTarget> targets) =>
        parameters.Sensors.Values.Any(pool => pool.Count > 1 && pool.Contains(target.Id))
        || (parameters.Policy.SensorTags && target.Tags[Ownership.SensorKey] is { Length: > 0 } sensor
            && (parameters.Sensors.GetValueOrDefault(new SensorName(sensor))?.Any(id => id != target.Id) is true
                || targets.Any(other => other.Id != target.Id && other.Tags[Ownership.SensorKey] == sensor)));

    private static TrafficMirrorTarget Located(
        TrafficMirrorTarget target,
        Dictionary<Id<NetworkInterface>, NetworkInterface> interfaces,
        Dictionary<Id<Instance>, string> types) =>
        target.Destination is TargetDestination.CaptureInterface capture && interfaces.TryGetValue(capture.Id, out var found)
            ? target with
            {
                Destination = capture with
                {
                    AvailabilityZone = found.AvailabilityZone,
                    InstanceType = found.Attachment?.InstanceId is { } holder ? types.GetValueOrDefault(holder) : null,
                },
            }
            : target;
}
