using System.Net;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Packets.Rules;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Paths;

/// <summary>
/// Finds the way of a copy. It is a UDP datagram to port 4789 from the primary address of the source (guide, "packet format"). It takes
/// the routes of the source's subnet and passes the network ACLs of every subnet whose edge it crosses; "the security groups for a traffic
/// mirror target must allow VXLAN traffic (UDP port 4789) from the traffic mirror source". The source's own groups don't see it.
/// </summary>
internal sealed class MirrorPaths(Cloud cloud)
{
    private readonly NetworkWay _way = new(cloud.Ec2);
    private readonly SecurityGroupRules _groups = new(cloud.Ec2);

    public MirrorPath Find(TrafficMirrorTarget target, NetworkInterface source, int sourcePort) => target switch
    {
        { NetworkInterfaceId: { } id } => ToInterface(id, source, sourcePort),
        { NetworkLoadBalancerArn: { } arn } => ThroughBalancer(target, arn, source, sourcePort),
        { GatewayLoadBalancerEndpointId: { } id } => ThroughEndpoint(id, source, sourcePort),
        _ => throw new InvalidOperationException($"{target.Id} has no destination."),
    };

    /// <summary>The datagram as rules look at it; its payload does not matter to them.</summary>
    public static IpPacket Outer(
        NetworkInterface source, int sourcePort, string destination, int port, ReadOnlySpan<byte> payload = default)
    {
        var (from, to) = (IPAddress.Parse(source.PrivateIpAddress!), IPAddress.Parse(destination));
        var segment = PacketBuilder.Udp(from, to, sourcePort, port, payload);

        // RFC 7348, section 5: "UDP Checksum: It SHOULD be transmitted as zero".
        segment.AsSpan(6, 2).Clear();
        return PacketBuilder.Ip(from, to, IpProtocol.Udp, segment);
    }

    private MirrorPath ToInterface(string id, NetworkInterface source, int sourcePort)
    {
        if (cloud.Ec2.NetworkInterfaces.Table.Find(id) is not { } sensor)
            return new MirrorPath.Gone($"the target's interface {id} was deleted");
        if (sensor.PrivateIpAddress is not { } address)
            return new MirrorPath.Blocked($"{id} has no IPv4 address");
        if (!cloud.Ec2.Hosts.IsRunning(sensor))
            return new MirrorPath.Blocked($"no instance that runs has {id}");
        var outer = Outer(source, sourcePort, address, Vxlan.Port);
        if (_way.WhyNot(source.SubnetId, sensor.SubnetId, outer) is { } why)
            return new MirrorPath.Blocked(why);
        return _groups.Allow(sensor.GroupIds, isEgress: false, outer, source)
            ? new MirrorPath.ToInterface(sensor)
            : new MirrorPath.Blocked($"no security group of {id} allows UDP {Vxlan.Port} from {source.PrivateIpAddress}");
    }

    /// <summary>
    /// "Traffic mirroring can't occur unless the load balancer has UDP listeners on port 4789." The client's address is kept, so a
    /// member's groups have to allow the source, or the load balancer's group.
    /// </summary>
    private MirrorPath ThroughBalancer(TrafficMirrorTarget target, string arn, NetworkInterface source, int sourcePort)
    {
        var balancing = cloud.LoadBalancing;
        if (balancing.LoadBalancers.Find(arn) is not { } balancer)
            return balancing.WasDeleted(arn) ? new MirrorPath.Gone($"the load balancer {arn} was deleted") : new MirrorPath.Elsewhere();
        var node = NodeFor(balancer.Nodes.Where(each => target.Nodes.Count == 0 || target.Nodes.Contains(each.NetworkInterfaceId)), source);
        var entrance = cloud.Ec2.NetworkInterfaces.Get(node.NetworkInterfaceId);
        var outer = Outer(source, sourcePort, entrance.PrivateIpAddress!, Vxlan.Port);
        if (_way.WhyNot(source.SubnetId, node.SubnetId, outer) is { } why)
            return new MirrorPath.Blocked(why);
        if (balancer.SecurityGroups.Count > 0 && !_groups.Allow(balancer.SecurityGroups, isEgress: false, outer, source))
            return new MirrorPath.Blocked($"no security group of {balancer.Name} allows UDP {Vxlan.Port} from {source.PrivateIpAddress}");
        if (balancing.ListenersOf(arn).Find(listener => listener.Takes(Vxlan.Port)) is not { } listener)
            return new MirrorPath.Blocked($"{balancer.Name} has no listener for UDP {Vxlan.Port}");
        var group = balancing.TargetGroups.Get(listener.TargetGroupArn);
        var members = balancing.TargetGroups.Members.ReachedFrom(balancer, node, group);
        if (members.Count == 0)
            return new MirrorPath.Blocked($"no member of {group.Name} that {balancer.Name} reaches from {node.Zone.Name} is healthy");

        // "Selects a target using a flow hash algorithm, based on the protocol, addresses and ports."
        var (registered, member) = members[sourcePort % members.Count];
        var port = registered.Port ?? group.Port;
        var inner = Outer(source, sourcePort, member.PrivateIpAddress!, port);
        if (_way.WhyNot(node.SubnetId, member.SubnetId, inner) is { } whyNotOn)
            return new MirrorPath.Blocked(whyNotOn);
        return _groups.Allow(member.GroupIds, isEgress: false, inner, source)
            || _groups.Allow(member.GroupIds, isEgress: false, inner, entrance with { GroupIds = balancer.SecurityGroups })
            ? new MirrorPath.ThroughBalancer(node, member, port)
            : new MirrorPath.Blocked($"no security group of {member.Id} allows UDP {port} from {source.PrivateIpAddress}");
    }

    /// <summary>
    /// "A listener for Gateway Load Balancers listens for all IP packets across all ports, and then forwards traffic to the target group."
    /// </summary>
    private MirrorPath ThroughEndpoint(string id, NetworkInterface source, int sourcePort)
    {
        var (endpoints, balancing) = (cloud.Ec2.VpcEndpoints, cloud.LoadBalancing);
        if (endpoints.Table.Find(id) is not { } endpoint)
            return endpoints.WasDeleted(id) ? new MirrorPath.Gone($"the endpoint {id} was deleted") : new MirrorPath.Elsewhere();
        var entrance = cloud.Ec2.NetworkInterfaces.Get(endpoint.NetworkInterfaceId);
        var outer = Outer(source, sourcePort, entrance.PrivateIpAddress!, Vxlan.Port);
        if (_way.WhyNot(source.SubnetId, endpoint.SubnetId, outer) is { } why)
            return new MirrorPath.Blocked(why);
        if (endpoint.State != VpcEndpoints.Available)
            return new MirrorPath.Blocked($"the endpoint {id} is {endpoint.State}");
        if (endpoints.ServiceNamed(endpoint.ServiceName) is not { } service)
            return new MirrorPath.Blocked($"the endpoint service {endpoint.ServiceName} was deleted");
        var balancers = service.GatewayLoadBalancerArns.Select(balancing.LoadBalancers.Find).OfType<LoadBalancer>();
        if (balancers.FirstOrDefault() is not { } balancer)
            return new MirrorPath.Blocked($"the Gateway Load Balancer of {service.Id} was deleted");
        if (balancing.ListenersOf(balancer.Id) is not [var listener, ..])
            return new MirrorPath.Blocked($"{balancer.Name} has no listener");
        var zone = cloud.Ec2.Networks.GetSubnet(endpoint.SubnetId).Zone;
        var node = balancer.Nodes.FirstOrDefault(each => each.Zone == zone) ?? balancer.Nodes[0];
        var group = balancing.TargetGroups.Get(listener.TargetGroupArn);
        var members = balancing.TargetGroups.Members.ReachedFrom(balancer, node, group);
        if (members.Count == 0)
            return new MirrorPath.Blocked($"no member of {group.Name} that {balancer.Name} reaches from {node.Zone.Name} is healthy");
        var appliance = members[sourcePort % members.Count].Interface;
        var inside = cloud.Ec2.NetworkInterfaces.Get(node.NetworkInterfaceId);
        var geneve = Outer(inside, sourcePort, appliance.PrivateIpAddress!, Geneve.Port);
        if (_way.WhyNot(node.SubnetId, appliance.SubnetId, geneve) is { } whyNotOn)
            return new MirrorPath.Blocked(whyNotOn);
        return _groups.Allow(appliance.GroupIds, isEgress: false, geneve, inside)
            ? new MirrorPath.ThroughEndpoint(endpoint, entrance, node, appliance)
            : new MirrorPath.Blocked($"no security group of {appliance.Id} allows UDP {Geneve.Port} from {inside.PrivateIpAddress}");
    }

    /// <summary>
    /// The node in the source's zone, where there is one. "If you select an additional Availability Zone after you create it, Traffic
    /// Mirroring does not send mirrored traffic to target instances in the new Availability Zone unless you enable cross-zone load
    /// balancing": only the nodes of the target's creation get copies.
    /// </summary>
    private static LoadBalancerNode NodeFor(IEnumerable<LoadBalancerNode> nodes, NetworkInterface source)
    {
        var all = nodes.ToList();
        return all.Find(node => node.Zone == source.Zone) ?? all[0];
    }
}
