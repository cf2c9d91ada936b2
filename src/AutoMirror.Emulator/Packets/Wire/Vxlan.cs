using System.Buffers.Binary;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>VXLAN as EC2 sends it (RFC 7348; Traffic Mirroring guide, "Understanding traffic mirror packet format").</summary>
internal static class Vxlan
{
    /// <summary>"The port is 4789, which is the well known port for VXLAN."</summary>
    public const int Port = 4789;

    private const int HeaderLength = 8;
    private const byte ValidNetworkId = 0x08;

    // RFC 7348, section 5: "It is recommended that the UDP source port number be ... in the dynamic/private port range 49152-65535".
    private const int FirstSourcePort = 49152;

    /// <summary>The payload of the UDP datagram: the header, and as much of the frame as is mirrored.</summary>
    public static byte[] Encapsulate(int virtualNetworkId, ReadOnlySpan<byte> frame)
    {
        var bytes = new byte[HeaderLength + frame.Length];
        bytes[0] = ValidNetworkId;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)virtualNetworkId << 8);
        frame.CopyTo(bytes.AsSpan(HeaderLength));
        return bytes;
    }

    /// <summary>
    /// "The port is determined by a 5-tuple hash of the original L2 packet, for ICMP, TCP, and UDP flows. For other flows, the port is
    /// determined by a 3-tuple hash." Which hash is not documented.
    /// </summary>
    public static int SourcePort(IpPacket packet)
    {
        var (first, second) = packet.Icmp is { } icmp ? (icmp.Type, icmp.Code) : (packet.SourcePort ?? 0, packet.DestinationPort ?? 0);
        var hash = 2166136261u;
        Span<byte> bytes = stackalloc byte[37];
        packet.Source.TryWriteBytes(bytes, out var length);
        packet.Destination.TryWriteBytes(bytes[length..], out _);
        bytes[2 * length] = packet.Protocol;
        BinaryPrimitives.WriteUInt16BigEndian(bytes[((2 * length) + 1)..], (ushort)first);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[((2 * length) + 3)..], (ushort)second);
        foreach (var value in bytes[..((2 * length) + 5)])
            hash = (hash ^ value) * 16777619u;
        return FirstSourcePort + (int)((hash ^ (hash >> 16)) % (ushort.MaxValue + 1 - FirstSourcePort));
    }
}
