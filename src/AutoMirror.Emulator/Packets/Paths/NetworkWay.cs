using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Rules;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Paths;

/// <summary>The way between two subnets: the route, and the network ACLs at the edge of each.</summary>
internal sealed class NetworkWay(Ec2Engine ec2)
{
    private readonly NetworkAclRules _acls = new(ec2);

    /// <summary>What keeps a packet from getting from one subnet to another, in words; null when nothing does.</summary>
    public string? WhyNot(string fromSubnetId, string toSubnetId, IpPacket packet)
    {
        if (fromSubnetId == toSubnetId)
            return null;
        var (from, to) = (ec2.Networks.GetSubnet(fromSubnetId), ec2.Networks.GetSubnet(toSubnetId));
        return WhyNoRoute(from, to, packet)
            ?? _acls.WhyNot(from.Id, isEgress: true, packet)
            ?? _acls.WhyNot(to.Id, isEgress: false, packet);
    }

    /// <summary>What keeps a packet from outside out of a subnet; null when nothing does.</summary>
    public string? WhyNotIn(string toSubnetId, IpPacket packet) => _acls.WhyNot(toSubnetId, isEgress: false, packet);

    private bool Connects(string peeringId, Subnet from, Subnet to) =>
        ec2.PeeringConnections.Table.Find(peeringId)?.Connects(from.VpcId, to.VpcId) == true;

    /// <summary>
    /// "Each subnet must have a route to the other" holds within a VPC by itself. To another VPC of the Region it takes a peering
    /// connection or a transit gateway ("Understand traffic mirror source and target connectivity options"); the routes within a transit
    /// gateway are not known here, and taken to lead on.
    /// </summary>
    private string? WhyNoRoute(Subnet from, Subnet to, IpPacket packet)
    {
        if (from.VpcId == to.VpcId)
            return null;
        var route = ec2.RouteTables.Find(from, packet.Destination);
        var table = ec2.RouteTables.Of(from).Id;
        return route switch
        {
            null => $"no route of {table}, which {from.Id} has, leads to {packet.Destination}",
            { Target: RouteTarget.TransitGateway } => null,
            { Target: RouteTarget.VpcPeeringConnection } when Connects(route.TargetId, from, to) => null,
            _ => $"the route of {table} to {packet.Destination} leads to {route.TargetId}, and not to {to.VpcId}",
        };
    }
}
