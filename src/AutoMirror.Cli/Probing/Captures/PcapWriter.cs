namespace AutoMirror.Cli.Probing.Captures;

/// <summary>Writes pcap: any reader of captures knows it, and it has one link type for the whole file.</summary>
internal sealed class PcapWriter : CaptureWriter
{
    private readonly long _fraction;

    /// <summary>Begins the file.</summary>
    public PcapWriter(Stream stream, LinkType linkType = LinkType.Ethernet, bool isBigEndian = false, bool hasNanoseconds = true)
        : base(stream, isBigEndian)
    {
        _fraction = hasNanoseconds ? 1 : PcapFormat.Microsecond;
        Span<byte> header = stackalloc byte[PcapFormat.FileHeaderLength];
        header.Clear();
        PcapFormat.WriteUInt32(header, hasNanoseconds ? PcapFormat.Nanoseconds : PcapFormat.Microseconds, isBigEndian);
        PcapFormat.WriteUInt16(header[4..], 2, isBigEndian);
        PcapFormat.WriteUInt16(header[6..], 4, isBigEndian);
        PcapFormat.WriteUInt32(header[16..], CaptureReader.LongestPacket, isBigEndian);
        PcapFormat.WriteUInt32(header[20..], (uint)linkType, isBigEndian);
        Put(header);
    }

    /// <summary>Writes a packet.</summary>
    /// <param name="bytes">What is kept of it.</param>
    /// <param name="length">How long it was, in bytes.</param>
    /// <param name="nanoseconds">When, since 1970. The format holds seconds up to the year 2106.</param>
    public void Write(ReadOnlySpan<byte> bytes, int length, long nanoseconds)
    {
        Span<byte> header = stackalloc byte[PcapFormat.PacketHeaderLength];
        PcapFormat.WriteUInt32(header, (uint)(nanoseconds / PcapFormat.Second), IsBigEndian);
        PcapFormat.WriteUInt32(header[4..], (uint)(nanoseconds % PcapFormat.Second / _fraction), IsBigEndian);
        PcapFormat.WriteUInt32(header[8..], (uint)bytes.Length, IsBigEndian);
        PcapFormat.WriteUInt32(header[12..], (uint)Math.Max(length, bytes.Length), IsBigEndian);
        Put(header);
        Put(bytes);
    }
}
