using System.Text.RegularExpressions;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror targets.</summary>
public sealed partial class TrafficMirrorTargets
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Describing<TrafficMirrorTarget> _describing;

    internal TrafficMirrorTargets(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        Table = new(cloud, "traffic-mirror-target", "tmt", ("network-interface-id", target => Some(target.NetworkInterfaceId)),
            ("destination", Destination));
        _describing = new(Table, FiltersOf(cloud), ids => Ec2Errors.TargetNotFound(ids[0])) { IdFilter = "traffic-mirror-target-id" };
    }

    internal Table<TrafficMirrorTarget> Table { get; }

    /// <summary>Creates a target for exactly one destination, which no other target has.</summary>
    public TrafficMirrorTarget Create(
        string? networkInterfaceId = null, string? networkLoadBalancerArn = null, string? gatewayLoadBalancerEndpointId = null,
        string? description = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            string[] destinations = [.. Some(networkInterfaceId), .. Some(networkLoadBalancerArn), .. Some(gatewayLoadBalancerEndpointId)];
            if (destinations is not [var destination])
                throw Ec2Errors.OneDestinationRequired();
            if (networkInterfaceId is not null)
                CheckInterface(networkInterfaceId);
            if (networkLoadBalancerArn is not null && !LoadBalancerArn().IsMatch(networkLoadBalancerArn))
                throw Ec2Errors.InvalidParameterValue($"Invalid Network Load Balancer ARN: {networkLoadBalancerArn}");
            if (gatewayLoadBalancerEndpointId is not null && !EndpointId().IsMatch(gatewayLoadBalancerEndpointId))
                throw Ec2Errors.InvalidParameterValue($"Invalid Gateway Load Balancer endpoint ID: {gatewayLoadBalancerEndpointId}");
            // "An elastic network interface cannot be a traffic mirror target and a traffic mirror session source at the same time."
            if (_ec2.Sessions.Table.Current.IdsWhere("network-interface-id", destination).Count > 0)
                throw Ec2Errors.SourceIsTarget(destination);
            if (Table.Where("destination", destination) is [var existing, ..])
                throw Ec2Errors.TargetExists(destination, existing.Id);
            if (Table.Count >= _cloud.Options.Quotas.TargetsPerAccount)
                throw Ec2Errors.TargetLimitExceeded();
            return Table.Put(new TrafficMirrorTarget
            {
                Id = _cloud.Seeded.Id("tmt"), NetworkInterfaceId = networkInterfaceId, NetworkLoadBalancerArn = networkLoadBalancerArn,
                GatewayLoadBalancerEndpointId = gatewayLoadBalancerEndpointId, Description = description, Tags = TagRules.Checked(tags),
            });
        }
    }

    /// <summary>Deletes a target that no session uses.</summary>
    public void Delete(string id)
    {
        using (_cloud.Enter())
        {
            _ = Get(id);
            if (_ec2.Sessions.Table.Where("traffic-mirror-target-id", id) is [var session, ..])
                throw Ec2Errors.TargetInUse(id, session.Id);
            Table.Remove(id);
        }
    }

    /// <summary>Describes targets.</summary>
    public Page<TrafficMirrorTarget> Describe(Query query)
    {
        using (_cloud.Enter())
            return _describing.Page(query);
    }

    internal TrafficMirrorTarget Get(string id) => Table.Find(id) ?? throw Ec2Errors.TargetNotFound(id);

    /// <summary>
    /// How many sources a target can have: "100 or 10 depending on the instance type" of the instance behind an interface, no limit
    /// behind a load balancer. An interface on no instance counts as one of "all other instance types".
    /// </summary>
    internal int CapacityOf(TrafficMirrorTarget target)
    {
        if (target.NetworkInterfaceId is null)
            return int.MaxValue;
        var instance = _ec2.NetworkInterfaces.Table.Find(target.NetworkInterfaceId)?.Attachment is { } attachment
            ? _ec2.Instances.Table.Find(attachment.InstanceId) : null;
        return instance is not null && MirrorTargetsBySize.IsLarge(instance.Type)
            ? _cloud.Options.Quotas.SourcesPerLargeTarget
            : _cloud.Options.Quotas.SourcesPerSmallTarget;
    }

    private void CheckInterface(string id)
    {
        var networkInterface = _ec2.NetworkInterfaces.Table.Find(id) ?? throw Ec2Errors.NetworkInterfaceNotFound(id);
        // "Network interfaces of type interface" (page "Traffic mirror targets").
        if (networkInterface.InterfaceType != "interface")
            throw Ec2Errors.InvalidParameterValue($"{id} is not a network interface of type interface.");
    }

    private static IEnumerable<string> Some(string? value) => value is null ? [] : [value];

    private static IEnumerable<string> Destination(TrafficMirrorTarget target) =>
        Some(target.NetworkInterfaceId ?? target.NetworkLoadBalancerArn ?? target.GatewayLoadBalancerEndpointId);

    private static FilterCatalogue<TrafficMirrorTarget> FiltersOf(Cloud cloud) => new FilterCatalogue<TrafficMirrorTarget>()
        .With("description", target => target.Description)
        .With("network-interface-id", target => target.NetworkInterfaceId)
        .With("network-load-balancer-arn", target => target.NetworkLoadBalancerArn)
        .With("owner-id", _ => cloud.Options.AccountId)
        .With("traffic-mirror-target-id", target => target.Id);

    [GeneratedRegex("^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/[^/]+/[0-9a-f]+$")]
    private static partial Regex LoadBalancerArn();

    [GeneratedRegex("^vpce-[0-9a-f]{8}(?:[0-9a-f]{9})?$")]
    private static partial Regex EndpointId();
}
