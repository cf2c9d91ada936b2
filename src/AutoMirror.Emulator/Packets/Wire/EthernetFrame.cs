using System.Buffers.Binary;
using System.Net.NetworkInformation;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>An Ethernet II frame.</summary>
public sealed class EthernetFrame
{
    /// <summary>Two addresses and a type.</summary>
    public const int HeaderLength = 14;

    internal const ushort Ipv4 = 0x0800;
    internal const ushort Arp = 0x0806;
    internal const ushort Ipv6 = 0x86DD;

    private const ushort SmallestType = 0x0600;

    private EthernetFrame(ReadOnlyMemory<byte> bytes) => Bytes = bytes;

    /// <summary>The frame from its header to its end, without a checksum.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    internal ushort Type => BinaryPrimitives.ReadUInt16BigEndian(Bytes.Span[12..]);

    internal bool IsArp => Type == Arp;

    internal string SourceMac => Text(Bytes.Span[6..12]);

    internal string DestinationMac => Text(Bytes.Span[..6]);

    internal ReadOnlyMemory<byte> Payload => Bytes[HeaderLength..];

    /// <summary>Reads a frame.</summary>
    /// <exception cref="PacketException">It is too short, has a VLAN tag, or is not Ethernet II.</exception>
    public static EthernetFrame Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < HeaderLength)
            throw new PacketException($"an Ethernet frame of {bytes.Length} bytes: its header alone has {HeaderLength}");
        var frame = new EthernetFrame(bytes);
        return frame.Type switch
        {
            0x8100 or 0x88A8 or 0x9100 => throw new PacketException(
                $"a frame with a VLAN tag (EtherType 0x{frame.Type:x4}): a VPC carries none, so leave the tag out"),
            < SmallestType => throw new PacketException("an IEEE 802.3 frame with a length: a VPC carries Ethernet II, with a type"),
            _ => frame,
        };
    }

    /// <summary>Puts an Ethernet header before a packet.</summary>
    internal static EthernetFrame Of(IpPacket packet, string sourceMac, string destinationMac)
    {
        var bytes = new byte[HeaderLength + packet.Bytes.Length];
        PhysicalAddress.Parse(destinationMac).GetAddressBytes().CopyTo(bytes, 0);
        PhysicalAddress.Parse(sourceMac).GetAddressBytes().CopyTo(bytes, 6);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(12), packet.IsVersion6 ? Ipv6 : Ipv4);
        packet.Bytes.CopyTo(bytes.AsMemory(HeaderLength));
        return new(bytes);
    }

    private static string Text(ReadOnlySpan<byte> address) =>
        string.Join(':', Convert.ToHexStringLower(address).Chunk(2).Select(each => new string(each)));
}
