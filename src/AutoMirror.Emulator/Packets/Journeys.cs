using System.Net;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Paths;
using AutoMirror.Emulator.Packets.Rules;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>
/// Carries packets from end to end. One that leaves is mirrored first, whether or not anything takes it further: "mirrored outbound
/// traffic is not subject to the outbound security group rules for the traffic mirror source". One that enters is mirrored last: "inbound
/// traffic that is dropped at the traffic mirror source, because of the inbound security group rules or the inbound network ACL rules, is
/// not mirrored" (guide, "Routing and security groups"). One that comes from outside is taken to have arrived.
/// </summary>
internal sealed class Journeys
{
    private readonly Cloud _cloud;
    private readonly MirrorPaths _paths;
    private readonly MirrorPoint _point;
    private readonly NetworkWay _way;
    private readonly SecurityGroupRules _groups;
    private readonly TrackedConnections _connections = new();

    public Journeys(Cloud cloud)
    {
        _cloud = cloud;
        _paths = new(cloud);
        _point = new(cloud, _paths);
        _way = new(cloud.Ec2);
        _groups = new(cloud.Ec2);
    }

    /// <summary>Carries packets, and returns what became of them at the interfaces at their ends.</summary>
    public IReadOnlyList<PacketFate> Carry(Journey journey, PacketBudgets budgets, Action<MirrorDelivery> deliver)
    {
        var fates = new List<PacketFate>();
        string? lost = null;
        if (journey.From.Interface is { } sender)
        {
            fates.AddRange(Leave(journey, sender, budgets, deliver));
            lost = fates[0].Kind is PacketFateKind.NoTraffic or PacketFateKind.TooLong ? fates[0].Because : WhyNotOut(journey, sender);
        }

        if (journey.To.Interface is { } receiver)
        {
            fates.AddRange(lost is null
                ? Enter(journey, receiver, budgets, deliver)
                : [Passing.FateAt(receiver, isEgress: false, PacketFateKind.NotArrived, lost, journey.Count)]);
        }

        return fates;
    }

    private IReadOnlyList<PacketFate> Leave(Journey journey, NetworkInterface sender, PacketBudgets budgets, Action<MirrorDelivery> deliver)
    {
        if (WhyNoPacket(sender, isEgress: true, journey) is { } none)
            return [none];
        var frame = journey.Captured is { } captured && captured.SourceMac == sender.MacAddress
            ? captured
            : EthernetFrame.Of(journey.Packet, sender.MacAddress, MacAddresses.NextHop(sender, journey.To.Interface));
        return Pass(new(sender, IsEgress: true, frame, journey.Packet, journey.Count), budgets, deliver);
    }

    private IReadOnlyList<PacketFate> Enter(
        Journey journey, NetworkInterface receiver, PacketBudgets budgets, Action<MirrorDelivery> deliver)
    {
        if (WhyNoPacket(receiver, isEgress: false, journey) is { } none)
            return [none];
        if (WhyNotIn(journey, receiver) is { } why)
            return [Passing.FateAt(receiver, isEgress: false, PacketFateKind.NotLetIn, why, journey.Count)];
        var frame = journey.Captured is { } captured && captured.DestinationMac == receiver.MacAddress
            ? captured
            : EthernetFrame.Of(journey.Packet, MacAddresses.NextHop(receiver, journey.From.Interface), receiver.MacAddress);
        return Pass(new(receiver, IsEgress: false, frame, journey.Packet, journey.Count), budgets, deliver);
    }

    private IReadOnlyList<PacketFate> Pass(Passing passing, PacketBudgets budgets, Action<MirrorDelivery> deliver)
    {
        var instance = passing.At.Attachment?.InstanceId;
        var bytes = (long)passing.Frame.Bytes.Length * passing.Count;
        budgets.TakeProduction(instance, bytes, _cloud.Now);
        _cloud.Metrics.AddTraffic(instance, passing.IsEgress, passing.Count, bytes);
        return _point.Mirror(passing, budgets, deliver);
    }

    private PacketFate? WhyNoPacket(NetworkInterface at, bool isEgress, Journey journey)
    {
        if (!_cloud.Ec2.Hosts.IsRunning(at))
            return Passing.FateAt(at, isEgress, PacketFateKind.NoTraffic, $"no instance that runs has {at.Id}", journey.Count);
        var (length, mtu) = (journey.Packet.Bytes.Length, _cloud.Ec2.Hosts.MtuOf(at));
        return length <= mtu ? null : Passing.FateAt(
            at, isEgress, PacketFateKind.TooLong, $"a packet of {length} bytes is longer than the MTU of {at.Id}, {mtu}", journey.Count);
    }

    private string? WhyNotOut(Journey journey, NetworkInterface sender)
    {
        var (packet, to) = (journey.Packet, journey.To);
        if (sender.SourceDestCheck && !Has(sender, packet.Source))
            return $"{packet.Source} is no address of {sender.Id}, whose source/destination check is on";
        if (AmazonServices.IsService(packet.Destination, _cloud.Ec2.Networks.GetVpc(sender.VpcId)))
            return null;
        if (!IsAllowed(sender, isEgress: true, packet, to.Interface))
            return $"no security group of {sender.Id} allows it out";
        return to.Interface is { } receiver ? _way.WhyNot(sender.SubnetId, receiver.SubnetId, packet) : null;
    }

    private string? WhyNotIn(Journey journey, NetworkInterface receiver)
    {
        var (packet, from) = (journey.Packet, journey.From);
        if (receiver.SourceDestCheck && !Has(receiver, packet.Destination))
            return $"{packet.Destination} is no address of {receiver.Id}, whose source/destination check is on";
        if (AmazonServices.IsService(packet.Source, _cloud.Ec2.Networks.GetVpc(receiver.VpcId)))
            return null;
        if (from.Interface is null && _way.WhyNotIn(receiver.SubnetId, packet) is { } why)
            return why;
        return IsAllowed(receiver, isEgress: false, packet, from.Interface) ? null : $"no security group of {receiver.Id} allows it in";
    }

    private bool IsAllowed(NetworkInterface at, bool isEgress, IpPacket packet, NetworkInterface? peer)
    {
        var isAllowed = _connections.IsAnswer(at.Id, isEgress, packet, _cloud.Now) || _groups.Allow(at.GroupIds, isEgress, packet, peer);
        if (isAllowed)
            _connections.Allowed(at.Id, isEgress, packet, _cloud.Now);
        return isAllowed;
    }

    private static bool Has(NetworkInterface at, IPAddress address) =>
        at.PrivateIpAddresses.Concat(at.Ipv6Addresses).Any(own => IPAddress.Parse(own).Equals(address));
}
