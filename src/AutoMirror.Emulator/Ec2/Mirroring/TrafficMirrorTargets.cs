using System.Text.RegularExpressions;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror targets.</summary>
public sealed partial class TrafficMirrorTargets : ResourceKind<TrafficMirrorTarget>
{
    internal TrafficMirrorTargets(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2,
        new(
            new(
                cloud, "traffic-mirror-target", "tmt",
                ("network-interface-id", target => Some(target.NetworkInterfaceId)), ("destination", target => [target.Destination])),
            FiltersOf(cloud), Ec2Errors.TargetNotFound))
    {
    }

    /// <summary>Creates a target for exactly one destination, which no other target has.</summary>
    public TrafficMirrorTarget Create(
        string? networkInterfaceId = null, string? networkLoadBalancerArn = null, string? gatewayLoadBalancerEndpointId = null,
        string? description = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            string[] destinations = [.. Some(networkInterfaceId), .. Some(networkLoadBalancerArn), .. Some(gatewayLoadBalancerEndpointId)];
            if (destinations is not [var destination])
                throw Ec2Errors.OneDestinationRequired();
            if (networkInterfaceId is not null)
                CheckInterface(Ec2.NetworkInterfaces.Get(networkInterfaceId));
            if (networkLoadBalancerArn is not null && !LoadBalancerArn().IsMatch(networkLoadBalancerArn))
                throw Ec2Errors.InvalidParameterValue($"Invalid Network Load Balancer ARN: {networkLoadBalancerArn}");
            if (gatewayLoadBalancerEndpointId is not null && !ResourceId.IsWellFormed("vpce", gatewayLoadBalancerEndpointId))
                throw Ec2Errors.InvalidParameterValue($"Invalid Gateway Load Balancer endpoint ID: {gatewayLoadBalancerEndpointId}");
            // "An elastic network interface cannot be a traffic mirror target and a traffic mirror session source at the same time."
            if (Ec2.Sessions.Table.Current.IdsWhere("network-interface-id", destination).Count > 0)
                throw Ec2Errors.SourceIsTarget(destination);
            if (Table.Where("destination", destination) is [var existing, ..])
                throw Ec2Errors.TargetExists(destination, existing.Id);
            if (Table.Count >= Cloud.Options.Quotas.TargetsPerAccount)
                throw Ec2Errors.TargetLimitExceeded();
            return Table.Put(new TrafficMirrorTarget
            {
                Id = Cloud.Seeded.Id("tmt"), NetworkInterfaceId = networkInterfaceId, NetworkLoadBalancerArn = networkLoadBalancerArn,
                GatewayLoadBalancerEndpointId = gatewayLoadBalancerEndpointId, Description = description, Tags = TagRules.Checked(tags),
                Nodes = [.. Cloud.LoadBalancing.LoadBalancers.Find(destination)?.Nodes.Select(node => node.NetworkInterfaceId) ?? []],
            });
        }
    }

    /// <summary>Deletes a target that no session uses.</summary>
    public void Delete(string id)
    {
        using (Cloud.Enter())
        {
            _ = Get(id);
            if (Ec2.Sessions.Table.Where("traffic-mirror-target-id", id) is [var session, ..])
                throw Ec2Errors.TargetInUse(id, session.Id);
            Table.Remove(id);
        }
    }

    /// <summary>
    /// How many sources a target takes: for an interface "100 or 10 depending on the instance type", for a load balancer or an endpoint
    /// any number. An interface on no instance counts as one of "all other instance types".
    /// </summary>
    internal int CapacityOf(TrafficMirrorTarget target)
    {
        if (target.NetworkInterfaceId is null)
            return int.MaxValue;
        var instance = Ec2.NetworkInterfaces.Table.Find(target.NetworkInterfaceId)?.Attachment?.InstanceId is { } instanceId
            ? Ec2.Instances.Table.Find(instanceId)
            : null;
        return instance is not null && MirrorTargetsBySize.IsLarge(instance.Type)
            ? Cloud.Options.Quotas.SourcesPerLargeTarget
            : Cloud.Options.Quotas.SourcesPerSmallTarget;
    }

    private void CheckInterface(NetworkInterface networkInterface)
    {
        Ec2.CheckOwner(networkInterface.OwnerId);
        // "Network interfaces of type interface" (page "Traffic mirror targets").
        if (networkInterface.InterfaceType != "interface")
            throw Ec2Errors.InvalidParameterValue($"{networkInterface.Id} is not a network interface of type interface.");
    }

    private static IEnumerable<string> Some(string? value) => value is null ? [] : [value];

    private static FilterCatalogue<TrafficMirrorTarget> FiltersOf(Cloud cloud) => new FilterCatalogue<TrafficMirrorTarget>()
        .With("description", target => target.Description)
        .With("network-interface-id", target => target.NetworkInterfaceId)
        .With("network-load-balancer-arn", target => target.NetworkLoadBalancerArn)
        .With("owner-id", _ => cloud.Options.AccountId)
        .With("traffic-mirror-target-id", target => target.Id);

    [GeneratedRegex("^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:loadbalancer/net/[^/]+/[0-9a-f]+$")]
    private static partial Regex LoadBalancerArn();
}
