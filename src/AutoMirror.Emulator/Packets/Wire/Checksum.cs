using System.Buffers.Binary;
using System.Net;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>The Internet checksum (RFC 1071).</summary>
internal static class Checksum
{
    /// <summary>Of a header by itself.</summary>
    public static ushort Of(ReadOnlySpan<byte> bytes) => (ushort)~Fold(Sum(bytes));

    /// <summary>Of what TCP, UDP and ICMPv6 carry, with the pseudo header of addresses, length and protocol before it.</summary>
    public static ushort Of(IPAddress source, IPAddress destination, byte protocol, ReadOnlySpan<byte> segment)
    {
        var sum = Sum(source.GetAddressBytes()) + Sum(destination.GetAddressBytes()) + protocol + (uint)segment.Length + Sum(segment);
        var checksum = (ushort)~Fold(sum);

        // "An all zero transmitted checksum value means that the transmitter generated no checksum" (RFC 768).
        return checksum == 0 && protocol == IpProtocol.Udp ? ushort.MaxValue : checksum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (; bytes.Length >= 2; bytes = bytes[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        return bytes.IsEmpty ? sum : sum + ((uint)bytes[0] << 8);
    }

    private static uint Fold(uint sum)
    {
        while (sum > ushort.MaxValue)
            sum = (sum & ushort.MaxValue) + (sum >> 16);
        return sum;
    }
}
