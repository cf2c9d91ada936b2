using System.Buffers.Binary;

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>Reads pcap, in either byte order, with microseconds or nanoseconds.</summary>
internal sealed class PcapReader : CaptureReader
{
    // The upper bits of the link type say how long a frame check sequence is; they change nothing of what a packet begins with.
    private const uint LinkTypeBits = 0x0FFFFFFF;

    private readonly CaptureBuffer _buffer;
    private readonly bool _isBigEndian;
    private readonly long _fraction;
    private readonly LinkType _linkType;

    private PcapReader(CaptureBuffer buffer, bool isBigEndian, long fraction, LinkType linkType)
    {
        _buffer = buffer;
        _isBigEndian = isBigEndian;
        _fraction = fraction;
        _linkType = linkType;
    }

    /// <summary>Reads the header of the file, which begins with <paramref name="magic"/>, read as big-endian.</summary>
    public static PcapReader Open(CaptureBuffer buffer, uint magic)
    {
        var isBigEndian = magic is PcapFormat.Microseconds or PcapFormat.Nanoseconds;
        var ordered = isBigEndian ? magic : BinaryPrimitives.ReverseEndianness(magic);
        if (ordered is not (PcapFormat.Microseconds or PcapFormat.Nanoseconds))
            throw new CaptureFormatException($"it is neither pcap nor pcapng (its first four bytes are {magic:x8})");
        if (!buffer.TryTake(PcapFormat.FileHeaderLength, out var header))
            throw new CaptureFormatException("it ends within the header of a pcap file");
        var major = PcapFormat.ReadUInt16(header[4..], isBigEndian);
        if (major != 2)
            throw new CaptureFormatException($"it is pcap version {major}; version 2 is what there is");
        var linkType = (LinkType)(PcapFormat.ReadUInt32(header[20..], isBigEndian) & LinkTypeBits);
        return new PcapReader(buffer, isBigEndian, ordered == PcapFormat.Nanoseconds ? 1 : PcapFormat.Microsecond, linkType);
    }

    /// <inheritdoc/>
    public override bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (Problem is not null || _buffer.IsAtEnd())
            return false;
        var position = _buffer.Position;
        if (!_buffer.TryTake(PcapFormat.PacketHeaderLength, out var header))
            return Stop($"it ends within the header of a packet, at byte {position}");
        var seconds = PcapFormat.ReadUInt32(header, _isBigEndian);
        var fraction = PcapFormat.ReadUInt32(header[4..], _isBigEndian);
        var kept = PcapFormat.ReadUInt32(header[8..], _isBigEndian);
        var length = PcapFormat.ReadUInt32(header[12..], _isBigEndian);
        if (kept > LongestPacket)
            return Stop($"the packet at byte {position} claims {kept} bytes, and no capture keeps more than {LongestPacket} of one");
        if (!_buffer.TryTake((int)kept, out var bytes))
            return Stop($"it ends within a packet, at byte {position}");
        var nanoseconds = (seconds * PcapFormat.Second) + (fraction * _fraction);
        packet = new CapturedPacket(bytes, PcapFormat.LengthOnWire(length, (int)kept), _linkType, nanoseconds);
        return true;
    }
}
