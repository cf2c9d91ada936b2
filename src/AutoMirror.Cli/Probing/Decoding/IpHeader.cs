using System.Buffers.Binary;

namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>How much of an IP packet's header could be read.</summary>
internal enum HeaderState
{
    /// <summary>Addresses and length are known.</summary>
    Read,

    /// <summary>The bytes end before the addresses do.</summary>
    Cut,

    /// <summary>It contradicts itself.</summary>
    Wrong,
}

/// <summary>The fields of an IPv4 or IPv6 header, extension headers included.</summary>
/// <remarks>RFC 791, RFC 8200. Every step of the walk over extension headers takes at least eight bytes, so it ends.</remarks>
internal readonly struct IpHeader
{
    private const int Version4Length = 20;
    private const int Version6Length = 40;
    private const int FragmentHeaderLength = 8;
    private const ushort MoreFragments = 0x2000;
    private const ushort Version4Offset = 0x1FFF;
    private const ushort Version6Offset = 0xFFF8;

    private IpHeader(UInt128 source, UInt128 destination, int length)
    {
        Source = source;
        Destination = destination;
        Length = length;
    }

    /// <summary>Who sent it; an IPv4 address as IPv6 maps it (::ffff:a.b.c.d).</summary>
    public UInt128 Source { get; }

    /// <summary>Whom it is for; an IPv4 address as IPv6 maps it.</summary>
    public UInt128 Destination { get; }

    /// <summary>How many bytes the whole packet has, this header included; 0 for a jumbogram, whose length stands elsewhere.</summary>
    public int Length { get; }

    /// <summary>The protocol above; null where the bytes end before it is known.</summary>
    public byte? Protocol { get; private init; }

    /// <summary>Where the protocol above begins. It may lie behind the end of the bytes.</summary>
    public int PayloadOffset { get; private init; }

    /// <summary>A part of a packet that was sent in parts.</summary>
    public bool IsFragment { get; private init; }

    /// <summary>A part that is not the first: it has no header of the protocol above.</summary>
    public bool IsLaterFragment { get; private init; }

    /// <summary>Reads the header that <paramref name="bytes"/> begin with.</summary>
    public static HeaderState Read(ReadOnlySpan<byte> bytes, out IpHeader header)
    {
        header = default;
        return bytes.IsEmpty ? HeaderState.Cut : (bytes[0] >> 4) switch
        {
            4 => ReadVersion4(bytes, out header),
            6 => ReadVersion6(bytes, out header),
            _ => HeaderState.Wrong,
        };
    }

    private static HeaderState ReadVersion4(ReadOnlySpan<byte> bytes, out IpHeader header)
    {
        header = default;
        var headerLength = (bytes[0] & 0x0F) * 4;
        if (headerLength < Version4Length)
            return HeaderState.Wrong;
        if (bytes.Length < Version4Length)
            return HeaderState.Cut;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
        if (length < headerLength)
            return HeaderState.Wrong;
        var fragment = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]);
        header = new IpHeader(Address.Version4(bytes[12..]), Address.Version4(bytes[16..]), length)
        {
            Protocol = bytes[9],
            PayloadOffset = headerLength,
            IsFragment = (fragment & (MoreFragments | Version4Offset)) != 0,
            IsLaterFragment = (fragment & Version4Offset) != 0,
        };
        return HeaderState.Read;
    }

    private static HeaderState ReadVersion6(ReadOnlySpan<byte> bytes, out IpHeader header)
    {
        header = default;
        if (bytes.Length < Version6Length)
            return HeaderState.Cut;
        var next = bytes[6];
        var payload = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var length = payload == 0 && next == IpProtocol.HopByHop ? 0 : Version6Length + payload;
        var (offset, isFragment) = (Version6Length, false);
        while (IpProtocol.IsExtension(next))
        {
            if (bytes.Length - offset < FragmentHeaderLength)
                return Found(bytes, length, null, offset, isFragment, false, out header);
            var extension = bytes[offset..];
            if (next == IpProtocol.Fragment)
            {
                var fragment = BinaryPrimitives.ReadUInt16BigEndian(extension[2..]);
                isFragment |= (fragment & (Version6Offset | 1)) != 0;
                if ((fragment & Version6Offset) != 0)
                    return Found(bytes, length, extension[0], offset + FragmentHeaderLength, true, true, out header);
            }

            offset += next switch
            {
                IpProtocol.Fragment => FragmentHeaderLength,
                IpProtocol.Authentication => (extension[1] + 2) * 4,
                _ => (extension[1] + 1) * 8,
            };
            next = extension[0];
        }

        return Found(bytes, length, next, offset, isFragment, false, out header);
    }

    private static HeaderState Found(
        ReadOnlySpan<byte> bytes, int length, byte? protocol, int offset, bool isFragment, bool isLater, out IpHeader header)
    {
        header = new IpHeader(Address.Version6(bytes[8..]), Address.Version6(bytes[24..]), length)
        {
            Protocol = protocol,
            PayloadOffset = offset,
            IsFragment = isFragment,
            IsLaterFragment = isLater,
        };
        return length != 0 && offset > length ? HeaderState.Wrong : HeaderState.Read;
    }
}
