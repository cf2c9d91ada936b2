using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>Reads the equipment: which of the sensors' interfaces live, where they are, and the filters. A run reads it beside
/// everything else, never before; what can't be read stays unknown, and stops nothing.</summary>
internal sealed class EquipmentReader(IEc2 ec2, EquipmentMemory memory, TimeProvider time, string? account)
{
    /// <summary>The equipment of a configuration, from memory where that is young enough.</summary>
    /// <param name="notBefore">What was read before this is read again.</param>
    /// <param name="confirms">Whether to wait some seconds for a second read where an interface is missing.</param>
    public async Task<Equipment> ReadAsync(
        Configuration configuration, DateTimeOffset? notBefore, bool confirms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (memory.Of(configuration, now, notBefore) is { } kept)
            return kept;
        var filtering = ec2.DescribeFiltersAsync([.. configuration.Parameters.Filters], cancellationToken);
        var locating = LocateEndpointsAsync(configuration, cancellationToken);
        var points = await ReadCapturePointsAsync(configuration, confirms, cancellationToken);
        foreach (var (target, point) in await locating)
            points[target] = point;
        var equipment = new Equipment
        {
            CapturePoints = points,
            Filters = (await filtering).TryGet(out var filters, out _) ? filters.ToDictionary(filter => filter.Id) : null,
            ReadAt = now,
        };
        memory.Keep(configuration, equipment);
        return equipment;
    }

    private async Task<Dictionary<Id<TrafficMirrorTarget>, CapturePoint>> ReadCapturePointsAsync(
        Configuration configuration, bool confirms, CancellationToken cancellationToken)
    {
        var targets = configuration.UsedTargets.Where(target => target.Destination is TargetDestination.CaptureInterface).ToList();
        var captures = targets.Select(CaptureOf).ToHashSet();
        var points = new Dictionary<Id<NetworkInterface>, CapturePoint>();
        if (captures.Count == 0)
            return [];
        if (!(await ec2.DescribeInstancesAsync(Query.InstancesWith(captures), cancellationToken)).TryGet(out var hosts, out _))
            return [];
        foreach (var host in hosts)
        {
            foreach (var each in host.NetworkInterfaces.Where(each => captures.Contains(each.Id)))
                Note(points, each, host);
        }

        var left = captures.Where(id => !points.ContainsKey(id)).ToHashSet();
        if (left.Count == 0 || !await TryReadAsync(points, left, cancellationToken))
            return Of(targets, points);
        var missing = left.Where(id => !points.ContainsKey(id) && targets.Exists(target => CaptureOf(target) == id && IsOwn(target)))
            .ToList();
        var gone = missing.Where(id => memory.Missed(id)).ToList();
        if (confirms && missing.Exists(id => !gone.Contains(id) && !memory.WasJustShown(id)))
        {
            await Task.Delay(EquipmentMemory.BetweenReads, time, cancellationToken);
            if (!await TryReadAsync(points, [.. missing], cancellationToken))
                return Of(targets, points);
            gone = missing.FindAll(id => !points.ContainsKey(id) && memory.Missed(id));
        }

        foreach (var id in missing.Where(id => !points.ContainsKey(id)))
            points[id] = new CapturePoint { State = gone.Contains(id) ? CaptureState.Gone : CaptureState.Missing };
        return Of(targets, points);
    }

    /// <summary>Reads interfaces that no instance was seen to hold; false where that is refused.</summary>
    private async Task<bool> TryReadAsync(
        Dictionary<Id<NetworkInterface>, CapturePoint> points, IReadOnlyCollection<Id<NetworkInterface>> ids,
        CancellationToken cancellationToken)
    {
        if (!(await ec2.DescribeNetworkInterfacesAsync(Query.Of(ids), cancellationToken)).TryGet(out var interfaces, out _))
            return false;
        foreach (var each in interfaces)
            Note(points, each, host: null);
        return true;
    }

    private void Note(Dictionary<Id<NetworkInterface>, CapturePoint> points, NetworkInterface each, Instance? host)
    {
        memory.Shown(each.Id);
        points[each.Id] = new CapturePoint
        {
            // Attached to an instance that was not shown with it: another account's, or an answer that lags. It may well live.
            State = host is not null ? Equipment.StateOf(host.State)
                : each.Attachment?.InstanceId is not null ? CaptureState.Unknown
                : CaptureState.Stopped,
            VpcId = each.VpcId,
            AvailabilityZone = each.AvailabilityZone,
            InstanceType = host?.InstanceType,
            InstanceId = host?.Id,
        };
    }

    /// <summary>Where Gateway Load Balancer endpoints lie, which matters only where a sensor has several targets.</summary>
    private async Task<IEnumerable<KeyValuePair<Id<TrafficMirrorTarget>, CapturePoint>>> LocateEndpointsAsync(
        Configuration configuration, CancellationToken cancellationToken)
    {
        var targets = configuration.UsedTargets.Where(target => target.Destination is TargetDestination.GatewayLoadBalancerEndpoint)
            .Where(configuration.IsOneOfSeveral).ToList();
        if (targets.Count == 0
            || !(await ec2.DescribeEndpointsAsync([.. targets.Select(EndpointOf).Distinct()], cancellationToken))
            .TryGet(out var found, out _))
        {
            return [];
        }

        var interfaces = found.SelectMany(endpoint => endpoint.NetworkInterfaceIds).ToHashSet();
        var zones = interfaces.Count > 0
            && (await ec2.DescribeNetworkInterfacesAsync(Query.Of(interfaces), cancellationToken)).TryGet(out var shown, out _)
                ? shown.ToDictionary(each => each.Id, each => each.AvailabilityZone)
                : [];
        var places = found.ToDictionary(endpoint => endpoint.Id, endpoint => new CapturePoint
        {
            VpcId = endpoint.VpcId,
            AvailabilityZone = endpoint.NetworkInterfaceIds.Select(id => zones.GetValueOrDefault(id)).FirstOrDefault(),
        });
        return targets.Where(target => places.ContainsKey(EndpointOf(target)))
            .Select(target => KeyValuePair.Create(target.Id, places[EndpointOf(target)]));
    }

    private bool IsOwn(TrafficMirrorTarget target) => target.OwnerId is null || target.OwnerId == account;

    private static Dictionary<Id<TrafficMirrorTarget>, CapturePoint> Of(
        List<TrafficMirrorTarget> targets, Dictionary<Id<NetworkInterface>, CapturePoint> points) =>
        targets.Where(target => points.ContainsKey(CaptureOf(target)))
            .ToDictionary(target => target.Id, target => points[CaptureOf(target)]);

    private static Id<NetworkInterface> CaptureOf(TrafficMirrorTarget target) =>
        ((TargetDestination.CaptureInterface)target.Destination).Id;

    private static Id<VpcEndpoint> EndpointOf(TrafficMirrorTarget target) =>
        ((TargetDestination.GatewayLoadBalancerEndpoint)target.Destination).Id;
}
