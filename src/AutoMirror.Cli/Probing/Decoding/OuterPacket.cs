using System.Buffers.Binary;
using System.Diagnostics;
using AutoMirror.Cli.Probing.Captures;

namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>The way from a captured frame to the VXLAN datagram in it.</summary>
/// <remarks>Behind a Gateway Load Balancer an appliance gets GENEVE with the VXLAN datagram inside (Traffic Mirroring guide, "Traffic
/// mirror packet format"; Gateway Load Balancers, "port 6081").</remarks>
internal static class OuterPacket
{
    /// <summary>Where VXLAN is sent to.</summary>
    public const ushort VxlanPort = 4789;

    /// <summary>Where a Gateway Load Balancer sends GENEVE to.</summary>
    public const ushort GenevePort = 6081;

    private const int UdpHeaderLength = 8;
    private const int GeneveHeaderLength = 8;
    private const int CookedLength = 16;
    private const int Cooked2Length = 20;
    private const int FamilyLength = 4;

    /// <summary>Reads a captured packet down to its VXLAN datagram.</summary>
    public static Reading Read(scoped in CapturedPacket packet, out Datagram datagram)
    {
        datagram = default;
        var offset = packet.LinkType switch
        {
            LinkType.Ethernet => MirrorCopy.EthernetHeaderLength,
            LinkType.LinuxCooked => CookedLength,
            LinkType.LinuxCooked2 => Cooked2Length,
            LinkType.Null or LinkType.Loop => FamilyLength,
            LinkType.Raw or LinkType.RawBsd or LinkType.Ipv4 or LinkType.Ipv6 => 0,
            _ => -1,
        };
        if (offset < 0)
            return Reading.UnknownLinkType;
        if (packet.Bytes.Length < offset)
            return Reading.CutHeaders;
        var typeOffset = packet.LinkType switch
        {
            LinkType.Ethernet => 12,
            LinkType.LinuxCooked => 14,
            LinkType.LinuxCooked2 => 0,
            _ => -1,
        };
        if (typeOffset >= 0)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(packet.Bytes[typeOffset..]);
            if (EtherType.IsVlanTag(type))
                return Reading.VlanTag;
            if (type is not (EtherType.Ipv4 or EtherType.Ipv6))
                return Reading.OtherTraffic;
        }

        var reading = ReadIp(packet.Bytes[offset..], packet.Length - offset, out var port, out datagram);
        return reading != Reading.MirrorCopy || port == VxlanPort
            ? reading
            : ReadGeneve(datagram.Payload, datagram.Length, out datagram);
    }

    /// <summary>Reads what a UDP datagram to port 6081 carries down to its VXLAN datagram.</summary>
    /// <param name="payload">The datagram's payload, as far as its bytes are here.</param>
    /// <param name="length">How long the payload was on the wire.</param>
    /// <param name="datagram">The VXLAN datagram, when there is one.</param>
    public static Reading ReadGeneve(ReadOnlySpan<byte> payload, int length, out Datagram datagram)
    {
        datagram = default;
        if (length < GeneveHeaderLength)
            return Reading.GeneveHeader;
        if (payload.Length < GeneveHeaderLength)
            return Reading.CutHeaders;

        // RFC 8926, section 3.4: version 0; six bits say how many words of options follow.
        var offset = GeneveHeaderLength + ((payload[0] & 0x3F) * 4);
        var type = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]);
        if (payload[0] >> 6 != 0 || offset > length || type is not (EtherType.Ipv4 or EtherType.Ipv6))
            return Reading.GeneveHeader;
        if (payload.Length < offset)
            return Reading.CutHeaders;
        var reading = ReadIp(payload[offset..], length - offset, out var port, out datagram);

        // One GENEVE in another is nobody's mirroring.
        return reading == Reading.MirrorCopy && port != VxlanPort ? Reading.OtherTraffic : reading;
    }

    /// <summary>Reads an IP packet down to a UDP datagram; <see cref="Reading.MirrorCopy"/> when it is for one of the two ports.</summary>
    private static Reading ReadIp(ReadOnlySpan<byte> bytes, int length, out ushort port, out Datagram datagram)
    {
        port = 0;
        datagram = default;
        switch (IpHeader.Read(bytes, out var header))
        {
            case HeaderState.Wrong:
                return Reading.IpHeader;
            case HeaderState.Cut:
                return bytes.Length < length ? Reading.CutHeaders : Reading.IpHeader;
            case HeaderState.Read:
                break;
            default:
                throw new UnreachableException();
        }

        // No link carries a packet that is longer than its frame.
        if (header.Length > length)
            return Reading.IpHeader;
        if (header.Protocol is not { } protocol)
            return Reading.CutHeaders;
        if (protocol != IpProtocol.Udp)
            return Reading.OtherTraffic;
        if (header.IsLaterFragment)
            return Reading.LaterFragment;
        if (bytes.Length < header.PayloadOffset + UdpHeaderLength)
            return Reading.CutHeaders;
        var udp = bytes[header.PayloadOffset..];
        port = BinaryPrimitives.ReadUInt16BigEndian(udp[2..]);
        if (port is not (VxlanPort or GenevePort))
            return Reading.OtherTraffic;

        // A fragment's UDP length is that of the whole datagram, and longer than the fragment.
        var udpLength = BinaryPrimitives.ReadUInt16BigEndian(udp[4..]);
        if (udpLength < UdpHeaderLength || (!header.IsFragment && header.Length != 0 && udpLength > header.Length - header.PayloadOffset))
            return Reading.UdpLength;
        var payload = udp[UdpHeaderLength..Math.Min(udp.Length, udpLength)];
        datagram = new Datagram(header.Source, payload, udpLength - UdpHeaderLength);
        return Reading.MirrorCopy;
    }
}

/// <summary>A UDP datagram's payload, read in place.</summary>
/// <param name="source">Who sent it; an IPv4 address as IPv6 maps it.</param>
/// <param name="payload">The payload, as far as its bytes are here.</param>
/// <param name="length">How long the payload was on the wire, in bytes.</param>
internal readonly ref struct Datagram(UInt128 source, ReadOnlySpan<byte> payload, int length)
{
    /// <summary>Who sent it; an IPv4 address as IPv6 maps it.</summary>
    public UInt128 Source { get; } = source;

    /// <summary>The payload, as far as its bytes are here.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;

    /// <summary>How long the payload was on the wire, in bytes.</summary>
    public int Length { get; } = length;
}
