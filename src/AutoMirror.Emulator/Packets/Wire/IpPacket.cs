using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>An IPv4 or IPv6 packet, and what rules look at in it.</summary>
public sealed class IpPacket
{
    private const int Version4Length = 20;
    private const int Version6Length = 40;
    private const int FragmentLength = 8;

    private IpPacket(ReadOnlyMemory<byte> bytes, IPAddress source, IPAddress destination)
    {
        Bytes = bytes;
        Source = source;
        Destination = destination;
    }

    /// <summary>The packet from its IP header to its end.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public IPAddress Source { get; }

    public IPAddress Destination { get; }

    public bool IsVersion6 => Source.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>The IANA number of the protocol above IP, behind any extension headers.</summary>
    public byte Protocol { get; private init; }

    /// <summary>The source port of TCP and UDP; null for other protocols and for fragments after the first.</summary>
    public int? SourcePort { get; private init; }

    /// <summary>The destination port of TCP and UDP; null for other protocols and for fragments after the first.</summary>
    public int? DestinationPort { get; private init; }

    /// <summary>Type and code of ICMP and ICMPv6; null for other protocols and for fragments after the first.</summary>
    public (byte Type, byte Code)? Icmp { get; private init; }

    /// <summary>Whether it is a fragment after the first, which has no header of the protocol above.</summary>
    public bool IsLaterFragment { get; private init; }

    /// <summary>Reads a packet that is whole.</summary>
    /// <exception cref="PacketException">It is neither IPv4 nor IPv6, or its header contradicts itself or its length.</exception>
    public static IpPacket Read(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty
        ? throw new PacketException("an IP packet of 0 bytes")
        : (bytes.Span[0] >> 4) switch
        {
            4 => ReadVersion4(bytes),
            6 => ReadVersion6(bytes),
            var version => throw new PacketException($"IP version {version}: it is 4 or 6"),
        };

    private static IpPacket ReadVersion4(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        var headerLength = (span[0] & 0x0F) * 4;
        if (headerLength < Version4Length || span.Length < headerLength)
            throw new PacketException($"an IPv4 header of {headerLength} bytes in a packet of {span.Length}");
        var length = BinaryPrimitives.ReadUInt16BigEndian(span[2..]);
        if (length < headerLength || length > span.Length)
            throw new PacketException($"an IPv4 packet that says it has {length} bytes, and has {span.Length}");
        var offset = BinaryPrimitives.ReadUInt16BigEndian(span[6..]) & 0x1FFF;
        return Above(bytes[..length], new(span[12..16]), new(span[16..20]), span[9], headerLength, offset != 0);
    }

    private static IpPacket ReadVersion6(ReadOnlyMemory<byte> bytes)
    {
        var span = bytes.Span;
        if (span.Length < Version6Length)
            throw new PacketException($"an IPv6 header of {span.Length} bytes: it has {Version6Length}");
        var length = Version6Length + BinaryPrimitives.ReadUInt16BigEndian(span[4..]);
        if (length > span.Length)
            throw new PacketException($"an IPv6 packet that says it has {length} bytes, and has {span.Length}");
        span = span[..length];
        var (next, offset, isLater) = (span[6], Version6Length, false);
        while (!isLater && IpProtocol.IsExtension(next))
        {
            if (span.Length - offset < FragmentLength)
                throw new PacketException($"an IPv6 packet that ends within its extension header {next}");
            isLater = next == IpProtocol.Fragment && (BinaryPrimitives.ReadUInt16BigEndian(span[(offset + 2)..]) & 0xFFF8) != 0;
            var header = span[offset..];
            offset += next switch
            {
                IpProtocol.Fragment => FragmentLength,
                IpProtocol.Authentication => (header[1] + 2) * 4,
                _ => (header[1] + 1) * 8,
            };
            next = header[0];
        }

        return offset > span.Length
            ? throw new PacketException("an IPv6 packet whose extension headers are longer than itself")
            : Above(bytes[..length], new(span[8..24]), new(span[24..40]), next, offset, isLater);
    }

    private static IpPacket Above(
        ReadOnlyMemory<byte> bytes, IPAddress source, IPAddress destination, byte protocol, int offset, bool isLater)
    {
        var above = bytes.Span[offset..];
        var hasPorts = !isLater && IpProtocol.HasPorts(protocol) && above.Length >= 4;
        return new(bytes, source, destination)
        {
            Protocol = protocol,
            IsLaterFragment = isLater,
            SourcePort = hasPorts ? BinaryPrimitives.ReadUInt16BigEndian(above) : null,
            DestinationPort = hasPorts ? BinaryPrimitives.ReadUInt16BigEndian(above[2..]) : null,
            Icmp = !isLater && IpProtocol.IsIcmp(protocol) && above.Length >= 2 ? (above[0], above[1]) : null,
        };
    }
}
