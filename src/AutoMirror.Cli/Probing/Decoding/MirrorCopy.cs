using System.Buffers.Binary;

namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>A mirrored packet inside the VXLAN datagram that brought it, read in place.</summary>
/// <remarks>RFC 7348; the Traffic Mirroring guide, "Traffic mirror packet format": flags 0x08, the VNI of the session, the packet with
/// its Ethernet header.</remarks>
internal readonly ref struct MirrorCopy
{
    /// <summary>Bytes of a VXLAN header.</summary>
    public const int VxlanHeaderLength = 8;

    /// <summary>The only flag: the VNI is valid.</summary>
    public const byte VxlanFlags = 0x08;

    /// <summary>Bytes of an Ethernet header without a tag.</summary>
    public const int EthernetHeaderLength = 14;

    private MirrorCopy(int virtualNetworkId, ReadOnlySpan<byte> packet, int length)
    {
        VirtualNetworkId = virtualNetworkId;
        Packet = packet;
        Length = length;
        OriginalLength = length;
    }

    /// <summary>The session's VNI, 24 bits.</summary>
    public int VirtualNetworkId { get; }

    /// <summary>The packet from its Ethernet header on, as far as its bytes are here.</summary>
    public ReadOnlySpan<byte> Packet { get; }

    /// <summary>How many bytes of the packet were delivered.</summary>
    public int Length { get; }

    /// <summary>How many bytes the packet had at the source; as many as were delivered where its headers don't tell.</summary>
    public int OriginalLength { get; private init; }

    /// <summary>EC2 delivered less than the packet had: its packet length, or the MTU of the target, cut it.</summary>
    public bool IsTruncated { get; private init; }

    /// <summary>It is a fragment of an IP packet.</summary>
    public bool IsFragment { get; private init; }

    /// <summary>The conversation that it belongs to; null for later fragments, and where the bytes end before the addresses do.</summary>
    public Flow? Flow { get; private init; }

    /// <summary>Reads what a UDP datagram to port 4789 carries.</summary>
    /// <param name="payload">The datagram's payload, as far as its bytes are here.</param>
    /// <param name="length">How long the payload was on the wire.</param>
    /// <param name="copy">The copy, when that is what it is.</param>
    public static Reading Read(ReadOnlySpan<byte> payload, int length, out MirrorCopy copy)
    {
        copy = default;
        if (length <= VxlanHeaderLength)
            return Reading.ShortVxlan;
        if (payload.Length < VxlanHeaderLength)
            return Reading.CutHeaders;
        if (payload[0] != VxlanFlags)
            return Reading.VxlanFlags;
        var virtualNetworkId = (int)(BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) >> 8);
        return ReadPacket(new MirrorCopy(virtualNetworkId, payload[VxlanHeaderLength..], length - VxlanHeaderLength), out copy);
    }

    private static Reading ReadPacket(MirrorCopy unread, out MirrorCopy copy)
    {
        // A packet length of a few bytes cuts even these headers; a copy it is all the same.
        copy = new(unread.VirtualNetworkId, unread.Packet, unread.Length) { IsTruncated = unread.Length <= EthernetHeaderLength };
        if (unread.Packet.Length < EthernetHeaderLength)
            return Reading.MirrorCopy;
        var type = BinaryPrimitives.ReadUInt16BigEndian(unread.Packet[12..]);
        if (EtherType.IsVlanTag(type))
            return Reading.InnerVlanTag;
        if (type is not (EtherType.Ipv4 or EtherType.Ipv6))
            return Reading.InnerNotIp;
        var bytes = unread.Packet[EthernetHeaderLength..];
        var state = IpHeader.Read(bytes, out var header);
        if (state == HeaderState.Wrong || (!bytes.IsEmpty && bytes[0] >> 4 != EtherType.Version(type)))
            return Reading.InnerIpHeader;
        if (state == HeaderState.Cut)
        {
            copy = new(unread.VirtualNetworkId, unread.Packet, unread.Length) { IsTruncated = unread.Packet.Length == unread.Length };
            return Reading.MirrorCopy;
        }

        // A frame may be longer than its packet: Ethernet fills short ones up.
        var original = header.Length == 0 ? 0 : EthernetHeaderLength + header.Length;
        copy = new(unread.VirtualNetworkId, unread.Packet, unread.Length)
        {
            OriginalLength = Math.Max(unread.Length, original),
            IsTruncated = original > unread.Length,
            IsFragment = header.IsFragment,
            Flow = FlowOf(header, bytes),
        };
        return Reading.MirrorCopy;
    }

    private static Flow? FlowOf(in IpHeader header, ReadOnlySpan<byte> bytes)
    {
        if (header.IsLaterFragment || header.Protocol is not { } protocol)
            return null;
        if (!IpProtocol.HasPorts(protocol))
            return new Flow(header.Source, header.Destination, 0, 0, protocol);
        if (bytes.Length < header.PayloadOffset + sizeof(uint))
            return null;
        var ports = bytes[header.PayloadOffset..];
        return new Flow(
            header.Source,
            header.Destination,
            BinaryPrimitives.ReadUInt16BigEndian(ports),
            BinaryPrimitives.ReadUInt16BigEndian(ports[2..]),
            protocol);
    }
}
