using System.Globalization;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Packets.Paths;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>What of a packet is mirrored, and the frame that brings it to the sensor.</summary>
internal sealed class CopyFrames(Ec2Engine ec2)
{
    /// <summary>"54 bytes of additional headers when using IPv4": Ethernet, IPv4, UDP, VXLAN, and four bytes more.</summary>
    private const int OverheadOfVersion4 = 54;

    private const int OverheadOfVersion6 = 74;

    /// <summary>"The maximum MTU supported by the Gateway Load Balancer is 8500."</summary>
    private const int MtuOfEndpoints = 8500;

    /// <summary>
    /// How many bytes of a frame are mirrored: no more than the session's packet length, which counts "bytes after the VXLAN header", and
    /// no more than the target's MTU allows where the target is "a standalone instance", or a Gateway Load Balancer's endpoint.
    /// </summary>
    public int LengthOf(int frameLength, bool isVersion6, int? packetLength, MirrorPath path)
    {
        var mtu = path switch
        {
            MirrorPath.ToInterface { Sensor: var sensor } => ec2.Hosts.MtuOf(sensor),
            MirrorPath.ThroughEndpoint => MtuOfEndpoints,
            _ => int.MaxValue,
        };
        var overhead = (isVersion6 ? OverheadOfVersion6 : OverheadOfVersion4) - EthernetFrame.HeaderLength;
        var most = mtu == int.MaxValue ? int.MaxValue : mtu - overhead;
        return Math.Min(frameLength, Math.Min(packetLength ?? int.MaxValue, most));
    }

    /// <summary>The frame at the sensor's interface; empty where it goes to somebody else's load balancer.</summary>
    public ReadOnlyMemory<byte> AtSensor(MirrorPath path, NetworkInterface source, int sourcePort, byte[] vxlan) => path switch
    {
        MirrorPath.ToInterface { Sensor: var sensor } => To(
            sensor, MirrorPaths.Outer(source, sourcePort, sensor.PrivateIpAddress!, Vxlan.Port, vxlan), source),
        MirrorPath.ThroughBalancer { Member: var member, Port: var port, Node: var node } => To(
            member, MirrorPaths.Outer(source, sourcePort, member.PrivateIpAddress!, port, vxlan), InterfaceOf(node)),
        MirrorPath.ThroughEndpoint through => To(
            through.Appliance,
            InGeneve(through, MirrorPaths.Outer(source, sourcePort, through.Entrance.PrivateIpAddress!, Vxlan.Port, vxlan), sourcePort),
            InterfaceOf(through.Node)),
        _ => default,
    };

    private IpPacket InGeneve(MirrorPath.ThroughEndpoint through, IpPacket packet, int sourcePort)
    {
        var endpoint = ulong.Parse(through.Endpoint.Id[^16..], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var payload = Geneve.Encapsulate(packet, endpoint, (uint)sourcePort);
        return MirrorPaths.Outer(InterfaceOf(through.Node), sourcePort, through.Appliance.PrivateIpAddress!, Geneve.Port, payload);
    }

    private NetworkInterface InterfaceOf(LoadBalancerNode node) => ec2.NetworkInterfaces.Get(node.NetworkInterfaceId);

    /// <summary>Within a subnet the frame comes from the sender, otherwise from the router.</summary>
    private static ReadOnlyMemory<byte> To(NetworkInterface receiver, IpPacket packet, NetworkInterface sender) =>
        EthernetFrame.Of(packet, MacAddresses.NextHop(receiver, sender), receiver.MacAddress).Bytes;
}
