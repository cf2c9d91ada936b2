using System.Buffers.Binary;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>GENEVE as a Gateway Load Balancer sends it to appliances (RFC 8926): an IP packet behind options.</summary>
internal static class Geneve
{
    /// <summary>The port of appliances ("Gateway Load Balancers": "using the GENEVE protocol on port 6081").</summary>
    public const int Port = 6081;

    private const int HeaderLength = 8;
    private const ushort AwsClass = 0x0108;

    // "Integrate your custom logic or appliance with AWS Gateway Load Balancer" (AWS blog): endpoint, attachment, flow cookie.
    private static readonly (byte Type, int Length)[] Options = [(1, 8), (2, 8), (3, 4)];

    /// <summary>The payload of the UDP datagram.</summary>
    public static byte[] Encapsulate(IpPacket packet, ulong endpoint, uint flow)
    {
        var optionsLength = Options.Sum(option => 4 + option.Length);
        var bytes = new byte[HeaderLength + optionsLength + packet.Bytes.Length];
        bytes[0] = (byte)(optionsLength / 4);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), packet.IsVersion6 ? EthernetFrame.Ipv6 : EthernetFrame.Ipv4);
        var at = HeaderLength;
        foreach (var (type, length) in Options)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), AwsClass);
            (bytes[at + 2], bytes[at + 3]) = (type, (byte)(length / 4));
            if (type == 1)
                BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(at + 4), endpoint);
            if (type == 3)
                BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(at + 4), flow);
            at += 4 + length;
        }

        packet.Bytes.Span.CopyTo(bytes.AsSpan(at));
        return bytes;
    }
}
