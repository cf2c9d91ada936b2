using System.Net;
using System.Net.Sockets;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Rules;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>
/// Finds the interfaces at the ends of packets. VPCs may use the same addresses, so the other end says which one is meant.
/// </summary>
internal sealed class PacketEnds(Ec2Engine ec2)
{
    private const string IdPrefix = "eni-";

    /// <summary>The ends of a packet that was asked for by ids and addresses.</summary>
    public (PacketEnd From, PacketEnd To) Of(PacketRequest request)
    {
        var (from, to) = (Named(request.From), Named(request.To));
        var (fromAddress, toAddress) = (from is null ? Address(request.From) : null, to is null ? Address(request.To) : null);
        var isVersion6 = (fromAddress ?? toAddress)?.AddressFamily == AddressFamily.InterNetworkV6
            || (from is not null && to is not null && IpProtocol.Parse(request.Protocol) == IpProtocol.IcmpV6);
        from ??= Having(fromAddress!, to);
        to ??= Having(toAddress!, from);
        if (from is null && to is null)
            throw NoneIsOurs(request.From, request.To);
        return (End(from, fromAddress, isVersion6), End(to, ToPrivate(to, toAddress), isVersion6));
    }

    /// <summary>The ends of a packet that was captured: by its MAC addresses where it has some, otherwise by its IP addresses.</summary>
    public (PacketEnd From, PacketEnd To) Of(IpPacket packet, EthernetFrame? frame)
    {
        var from = frame is null ? null : WithMac(frame.SourceMac);
        var to = frame is null ? null : WithMac(frame.DestinationMac);
        from ??= Having(packet.Source, to);
        to ??= Having(packet.Destination, from);
        return from is null && to is null
            ? throw NoneIsOurs(packet.Source.ToString(), packet.Destination.ToString())
            : (new(packet.Source, from), new(packet.Destination, to));
    }

    /// <summary>The interface that a frame without an IP packet, such as ARP's, comes from or goes to.</summary>
    public (NetworkInterface? From, NetworkInterface? To) Of(EthernetFrame frame) =>
        (WithMac(frame.SourceMac), WithMac(frame.DestinationMac));

    private NetworkInterface? Named(string text) => !text.StartsWith(IdPrefix, StringComparison.Ordinal)
        ? null
        : ec2.NetworkInterfaces.Table.Find(text) ?? throw new PacketException($"there is no interface {text}");

    private static IPAddress Address(string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw new PacketException($"'{text}' is neither an interface's id (eni-…) nor an address");

    private static PacketEnd End(NetworkInterface? found, IPAddress? address, bool isVersion6) => new(
        address ?? IPAddress.Parse((isVersion6 ? found!.Ipv6Address : found!.PrivateIpAddress)
            ?? throw new PacketException($"{found.Id} has no {(isVersion6 ? "IPv6" : "IPv4")} address")),
        found);

    /// <summary>What is sent to a public address arrives with the private one: the internet gateway translates it.</summary>
    private static IPAddress? ToPrivate(NetworkInterface? found, IPAddress? address) =>
        found?.PublicIp is { } publicIp && address?.ToString() == publicIp ? IPAddress.Parse(found.PrivateIpAddress!) : address;

    private NetworkInterface? Having(IPAddress address, NetworkInterface? other)
    {
        var vpc = other is null ? null : ec2.Networks.VpcTable.Find(other.VpcId);
        if (AmazonServices.IsService(address, vpc))
            return null;
        var all = WithAddress(address.ToString());
        if (other is not null)
            return all.Find(each => each.VpcId == other.VpcId) ?? all.Find(each => ArePeers(each.VpcId, other.VpcId));
        return all switch
        {
            [] => null,
            [var only] => only,
            _ => throw new PacketException(
                $"{address} is the address of {string.Join(" and ", all.Select(each => each.Id))}: name one by its id"),
        };
    }

    private List<NetworkInterface> WithAddress(string address) =>
    [
        .. ec2.NetworkInterfaces.Table.Where("private-ip-address", address)
            .Concat(ec2.NetworkInterfaces.Table.Where("ipv6-address", address))
            .Concat(ec2.NetworkInterfaces.Table.Where("public-ip", address)),
    ];

    private NetworkInterface? WithMac(string mac) =>
        ec2.NetworkInterfaces.Table.Where("mac-address", mac) is [var found, ..] ? found : null;

    private bool ArePeers(string vpcId, string otherVpcId) =>
        ec2.PeeringConnections.Table.Current.Values.Any(connection => connection.Connects(vpcId, otherVpcId));

    private static PacketException NoneIsOurs(string from, string to) =>
        new($"neither {from} nor {to} belongs to an interface of the account: one of them has to");
}
