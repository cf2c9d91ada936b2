using System.Buffers.Binary;
using System.Net;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>Makes packets whose lengths and checksums are right.</summary>
internal static class PacketBuilder
{
    private const int TcpHeaderLength = 20;
    private const int UdpHeaderLength = 8;
    private const int IcmpHeaderLength = 8;
    private const byte TimeToLive = 64;

    public static byte[] Tcp(IPAddress source, IPAddress destination, int sourcePort, int destinationPort, ReadOnlySpan<byte> payload)
    {
        var segment = new byte[TcpHeaderLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)destinationPort);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), 1);

        // Five words of header; ACK and, with a payload, PSH.
        (segment[12], segment[13]) = (0x50, (byte)(payload.IsEmpty ? 0x10 : 0x18));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), ushort.MaxValue);
        payload.CopyTo(segment.AsSpan(TcpHeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), Checksum.Of(source, destination, IpProtocol.Tcp, segment));
        return segment;
    }

    public static byte[] Udp(IPAddress source, IPAddress destination, int sourcePort, int destinationPort, ReadOnlySpan<byte> payload)
    {
        var segment = new byte[UdpHeaderLength + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, (ushort)sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), (ushort)destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(4), (ushort)segment.Length);
        payload.CopyTo(segment.AsSpan(UdpHeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(6), Checksum.Of(source, destination, IpProtocol.Udp, segment));
        return segment;
    }

    public static byte[] Icmp(IPAddress source, IPAddress destination, byte protocol, byte type, byte code, ReadOnlySpan<byte> payload)
    {
        var segment = new byte[IcmpHeaderLength + payload.Length];
        (segment[0], segment[1], segment[5], segment[7]) = (type, code, 1, 1);
        payload.CopyTo(segment.AsSpan(IcmpHeaderLength));
        var checksum = protocol == IpProtocol.Icmp ? Checksum.Of(segment) : Checksum.Of(source, destination, protocol, segment);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), checksum);
        return segment;
    }

    /// <summary>
    /// Puts an IP header before a segment, or before a part of one, a fragment: where it begins, in bytes, and whether more follow.
    /// </summary>
    public static IpPacket Ip(
        IPAddress source, IPAddress destination, byte protocol, ReadOnlySpan<byte> segment, int fragmentOffset = 0,
        bool moreFragments = false)
    {
        if (source.AddressFamily != destination.AddressFamily)
            throw new PacketException($"{source} and {destination} are addresses of two families: a packet has one");
        return source.GetAddressBytes().Length == 4
            ? Ip4(source, destination, protocol, segment, fragmentOffset, moreFragments)
            : Ip6(source, destination, protocol, segment, fragmentOffset, moreFragments);
    }

    private static IpPacket Ip4(
        IPAddress source, IPAddress destination, byte protocol, ReadOnlySpan<byte> segment, int fragmentOffset, bool moreFragments)
    {
        const int HeaderLength = 20;
        if (segment.Length > ushort.MaxValue - HeaderLength)
            throw new PacketException($"{segment.Length} bytes behind an IPv4 header: a packet has at most {ushort.MaxValue} in all");
        var bytes = new byte[HeaderLength + segment.Length];
        (bytes[0], bytes[8], bytes[9]) = (0x45, TimeToLive, protocol);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(6), (ushort)((fragmentOffset / 8) | (moreFragments ? 0x2000 : 0)));
        source.TryWriteBytes(bytes.AsSpan(12), out _);
        destination.TryWriteBytes(bytes.AsSpan(16), out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(10), Checksum.Of(bytes.AsSpan(0, HeaderLength)));
        segment.CopyTo(bytes.AsSpan(HeaderLength));
        return IpPacket.Read(bytes);
    }

    private static IpPacket Ip6(
        IPAddress source, IPAddress destination, byte protocol, ReadOnlySpan<byte> segment, int fragmentOffset, bool moreFragments)
    {
        const int HeaderLength = 40;
        var fragment = fragmentOffset > 0 || moreFragments ? 8 : 0;
        if (segment.Length > ushort.MaxValue - fragment)
            throw new PacketException($"{segment.Length} bytes behind an IPv6 header: a packet has at most {ushort.MaxValue}");
        var bytes = new byte[HeaderLength + fragment + segment.Length];
        (bytes[0], bytes[6], bytes[7]) = (0x60, fragment == 0 ? protocol : IpProtocol.Fragment, TimeToLive);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(4), (ushort)(fragment + segment.Length));
        source.TryWriteBytes(bytes.AsSpan(8), out _);
        destination.TryWriteBytes(bytes.AsSpan(24), out _);
        if (fragment > 0)
        {
            bytes[HeaderLength] = protocol;
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(HeaderLength + 2), (ushort)(fragmentOffset | (moreFragments ? 1 : 0)));
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(HeaderLength + 4), 1);
        }

        segment.CopyTo(bytes.AsSpan(HeaderLength + fragment));
        return IpPacket.Read(bytes);
    }
}
