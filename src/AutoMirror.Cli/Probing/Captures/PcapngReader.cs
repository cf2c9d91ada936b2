using System.Buffers.Binary;

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>Reads pcapng, in either byte order: packets of all three kinds, any number of sections. It skips unknown blocks.</summary>
internal sealed class PcapngReader(CaptureBuffer buffer) : CaptureReader
{
    /// <summary>How every pcapng file begins, in either byte order.</summary>
    public const uint SectionHeader = PcapngFormat.SectionHeader;

    private const int MostInterfaces = 65_536;
    private const int LongestInterfaceDescription = 65_536;
    private const int LongestSectionHeader = 65_536;
    private const int ObsoletePacketLength = 32;
    private const int SimplePacketLength = 16;

    private readonly List<Interface> _interfaces = [];
    private bool _isBigEndian;

    /// <inheritdoc/>
    public override bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        while (Problem is null && !buffer.IsAtEnd())
        {
            if (TryReadBlock(out packet))
                return true;
        }

        return false;
    }

    /// <summary>Reads one block; true when it is a packet.</summary>
    private bool TryReadBlock(out CapturedPacket packet)
    {
        packet = default;
        var position = buffer.Position;
        if (!buffer.TryPeek(PcapngFormat.BlockOverhead, out var head))
            return Stop($"it ends within a block, at byte {position}");

        // The type of a section header reads the same in both byte orders; only then is the order of the rest known.
        if (BinaryPrimitives.ReadUInt32BigEndian(head) == SectionHeader)
            return ReadSectionHeader(head, position);
        var type = PcapFormat.ReadUInt32(head, _isBigEndian);
        var length = PcapFormat.ReadUInt32(head[4..], _isBigEndian);
        if (length < PcapngFormat.BlockOverhead || length % 4 != 0 || length > int.MaxValue)
            return Stop($"the block at byte {position} claims a length of {length} bytes");
        return type switch
        {
            PcapngFormat.EnhancedPacket => ReadPacket((int)length, PcapngFormat.EnhancedPacketLength, position, out packet),
            PcapngFormat.ObsoletePacket => ReadPacket((int)length, ObsoletePacketLength, position, out packet),
            PcapngFormat.SimplePacket => ReadSimplePacket((int)length, position, out packet),
            PcapngFormat.InterfaceDescription => ReadInterface((int)length, position),
            _ => Skip((int)length, position),
        };
    }

    private bool ReadSectionHeader(ReadOnlySpan<byte> head, long position)
    {
        var mark = BinaryPrimitives.ReadUInt32BigEndian(head[8..]);
        if (mark != PcapngFormat.ByteOrder && mark != BinaryPrimitives.ReverseEndianness(PcapngFormat.ByteOrder))
            return Stop($"the section at byte {position} does not say its byte order");
        _isBigEndian = mark == PcapngFormat.ByteOrder;
        _interfaces.Clear();
        var length = PcapFormat.ReadUInt32(head[4..], _isBigEndian);
        if (length is < PcapngFormat.SectionHeaderLength or > LongestSectionHeader || length % 4 != 0)
            return Stop($"the section at byte {position} claims a header of {length} bytes");
        if (!buffer.TryTake((int)length, out var block))
            return Stop($"it ends within a section header, at byte {position}");
        var major = PcapFormat.ReadUInt16(block[12..], _isBigEndian);
        return major == 1 ? false : Stop($"the section at byte {position} is pcapng version {major}; version 1 is what there is");
    }

    private bool ReadInterface(int length, long position)
    {
        if (length is < PcapngFormat.InterfaceDescriptionLength or > LongestInterfaceDescription)
            return Stop($"the interface at byte {position} claims a description of {length} bytes");
        if (_interfaces.Count == MostInterfaces)
            return Stop($"the section has more than {MostInterfaces} interfaces, at byte {position}");
        if (!buffer.TryTake(length, out var block))
            return Stop($"it ends within an interface description, at byte {position}");
        var linkType = (LinkType)PcapFormat.ReadUInt16(block[8..], _isBigEndian);
        var kept = PcapFormat.ReadUInt32(block[12..], _isBigEndian);
        _interfaces.Add(new Interface(linkType, kept, ReadClock(block[16..^4])));
        return false;
    }

    private PcapngClock ReadClock(ReadOnlySpan<byte> options)
    {
        var clock = PcapngClock.Default;
        while (options.Length >= 4)
        {
            var code = PcapFormat.ReadUInt16(options, _isBigEndian);
            var length = PcapFormat.ReadUInt16(options[2..], _isBigEndian);
            options = options[4..];
            if (code == PcapngFormat.EndOfOptions || length > options.Length)
                break;
            if (code == PcapngFormat.TimestampResolution && length == 1)
                clock = clock with { Resolution = options[0] };
            if (code == PcapngFormat.TimestampOffset && length == 8)
                clock = clock with { OffsetSeconds = ReadInt64(options) };
            options = options[Math.Min(PcapngFormat.Padded(length), options.Length)..];
        }

        return clock;
    }

    private long ReadInt64(ReadOnlySpan<byte> bytes) =>
        _isBigEndian ? BinaryPrimitives.ReadInt64BigEndian(bytes) : BinaryPrimitives.ReadInt64LittleEndian(bytes);

    /// <summary>An enhanced packet, or an obsolete one, which differs in how many bits the number of the interface has.</summary>
    private bool ReadPacket(int length, int least, long position, out CapturedPacket packet)
    {
        packet = default;
        if (length < least)
            return Stop($"the packet at byte {position} has no room for its header");
        if (!buffer.TryPeek(least - sizeof(uint), out var head))
            return Stop($"it ends within a packet, at byte {position}");
        var isEnhanced = PcapFormat.ReadUInt32(head, _isBigEndian) == PcapngFormat.EnhancedPacket;
        var index = isEnhanced ? PcapFormat.ReadUInt32(head[8..], _isBigEndian) : PcapFormat.ReadUInt16(head[8..], _isBigEndian);
        var high = PcapFormat.ReadUInt32(head[12..], _isBigEndian);
        var low = PcapFormat.ReadUInt32(head[16..], _isBigEndian);
        var kept = PcapFormat.ReadUInt32(head[20..], _isBigEndian);
        var said = PcapFormat.ReadUInt32(head[24..], _isBigEndian);
        if (index >= _interfaces.Count)
            return Stop($"the packet at byte {position} is of interface {index}, which the section does not have");
        if (kept > LongestPacket || kept > length - least)
            return Stop($"the packet at byte {position} claims {kept} bytes, and its block has {length - least}");
        var from = _interfaces[(int)index];
        return TakePacket(length, least - sizeof(uint), (int)kept, position, out var bytes)
            && Found(bytes, said, from.LinkType, from.Clock.ToNanoseconds(((ulong)high << 32) | low), out packet);
    }

    /// <summary>A packet without a time, of the section's first interface.</summary>
    private bool ReadSimplePacket(int length, long position, out CapturedPacket packet)
    {
        packet = default;
        if (length < SimplePacketLength)
            return Stop($"the packet at byte {position} has no room for its header");
        if (!buffer.TryPeek(SimplePacketLength - sizeof(uint), out var head))
            return Stop($"it ends within a packet, at byte {position}");
        if (_interfaces.Count == 0)
            return Stop($"the packet at byte {position} is of interface 0, which the section does not have");
        var said = PcapFormat.ReadUInt32(head[8..], _isBigEndian);

        // "A SnapLen of 0 indicates no limit"; the packet is as long as it was, as the interface keeps, and as the block has room for.
        var limit = _interfaces[0].Kept == 0 ? said : Math.Min(said, _interfaces[0].Kept);
        if (limit > LongestPacket || limit > length - SimplePacketLength)
            return Stop($"the packet at byte {position} claims {limit} bytes, and its block has {length - SimplePacketLength}");
        return TakePacket(length, SimplePacketLength - sizeof(uint), (int)limit, position, out var bytes)
            && Found(bytes, said, _interfaces[0].LinkType, 0, out packet);
    }

    /// <summary>Takes the packet's bytes, and passes over what follows them in the block.</summary>
    private bool TakePacket(int length, int before, int kept, long position, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        var options = length - before - kept;
        if (options > LongestPacket)
            return Stop($"the packet at byte {position} has {options} bytes of options");
        if (!buffer.TryTake(length, out var block))
            return Stop($"it ends within a packet, at byte {position}");
        bytes = block.Slice(before, kept);
        return true;
    }

    private static bool Found(ReadOnlySpan<byte> bytes, uint said, LinkType linkType, long nanoseconds, out CapturedPacket packet)
    {
        packet = new CapturedPacket(bytes, PcapFormat.LengthOnWire(said, bytes.Length), linkType, nanoseconds);
        return true;
    }

    private bool Skip(int length, long position) =>
        buffer.TrySkip(length) ? false : Stop($"it ends within a block, at byte {position}");

    private sealed record Interface(LinkType LinkType, uint Kept, PcapngClock Clock);
}
