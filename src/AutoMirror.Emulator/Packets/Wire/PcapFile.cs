using System.Buffers.Binary;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>Captures in the pcap format (IETF draft "PCAP Capture File Format"): what clients send, and what they get.</summary>
internal static class PcapFile
{
    public const int Ethernet = 1;
    public const int Raw = 101;

    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;
    private const int FileHeaderLength = 24;
    private const int PacketHeaderLength = 16;
    private const int LongestPacket = 262_144;

    /// <summary>Whether something begins as a pcap file does, in either byte order.</summary>
    public static bool IsOne(ReadOnlySpan<byte> bytes) => bytes.Length >= 4 && OrderOf(bytes) is not null;

    /// <summary>The packets of a capture, and what each begins with.</summary>
    /// <exception cref="PacketException">It is damaged, or its packets begin with neither Ethernet nor IP.</exception>
    public static (int LinkType, IReadOnlyList<ReadOnlyMemory<byte>> Packets) Read(ReadOnlyMemory<byte> file)
    {
        if (file.Length < FileHeaderLength || OrderOf(file.Span) is not { } isBigEndian)
            throw new PacketException("this is no pcap file (pcapng is not read here: editcap -F pcap converts it)");
        var linkType = (int)(Word(file.Span[20..], isBigEndian) & 0x0FFFFFFF);
        if (linkType is not (Ethernet or Raw))
            throw new PacketException($"the capture's link type is {linkType}: it is {Ethernet} (Ethernet) or {Raw} (raw IP)");
        var packets = new List<ReadOnlyMemory<byte>>();
        for (var rest = file[FileHeaderLength..]; rest.Length > 0;)
        {
            if (rest.Length < PacketHeaderLength)
                throw new PacketException($"the capture ends within the header of packet {packets.Count + 1}");
            var kept = Word(rest.Span[8..], isBigEndian);
            var length = Word(rest.Span[12..], isBigEndian);
            if (kept > LongestPacket || kept > rest.Length - PacketHeaderLength)
                throw new PacketException($"the capture ends within packet {packets.Count + 1}");
            if (kept < length)
                throw new PacketException($"packet {packets.Count + 1} was cut to {kept} of its {length} bytes: capture with tcpdump -s 0");
            packets.Add(rest.Slice(PacketHeaderLength, (int)kept));
            rest = rest[(PacketHeaderLength + (int)kept)..];
        }

        return (linkType, packets);
    }

    /// <summary>Writes Ethernet frames, each with the moment at which it came.</summary>
    public static byte[] Write(IEnumerable<(DateTimeOffset At, ReadOnlyMemory<byte> Frame)> frames)
    {
        using var stream = new MemoryStream();
        Span<byte> header = stackalloc byte[FileHeaderLength];
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, Nanoseconds);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], LongestPacket);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], Ethernet);
        stream.Write(header);
        foreach (var (at, frame) in frames)
        {
            var nanoseconds = (at - DateTimeOffset.UnixEpoch).Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick;
            BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)at.ToUnixTimeSeconds());
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], (uint)nanoseconds);
            BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)frame.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)frame.Length);
            stream.Write(header[..PacketHeaderLength]);
            stream.Write(frame.Span);
        }

        return stream.ToArray();
    }

    private static bool? OrderOf(ReadOnlySpan<byte> bytes) => Word(bytes, isBigEndian: true) is Microseconds or Nanoseconds ? true
        : Word(bytes, isBigEndian: false) is Microseconds or Nanoseconds ? false
        : null;

    private static uint Word(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
