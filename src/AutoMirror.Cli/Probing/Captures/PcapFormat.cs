using System.Buffers.Binary;

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>The numbers of the pcap file format, and integers in either byte order.</summary>
/// <remarks>IETF draft "PCAP Capture File Format" (draft-ietf-opsawg-pcap).</remarks>
internal static class PcapFormat
{
    /// <summary>How a file with microseconds begins.</summary>
    public const uint Microseconds = 0xA1B2C3D4;

    /// <summary>How a file with nanoseconds begins.</summary>
    public const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>Bytes before the first packet.</summary>
    public const int FileHeaderLength = 24;

    /// <summary>Bytes before each packet.</summary>
    public const int PacketHeaderLength = 16;

    /// <summary>Nanoseconds in a second.</summary>
    public const long Second = 1_000_000_000;

    /// <summary>Nanoseconds in a microsecond.</summary>
    public const long Microsecond = 1_000;

    /// <summary>Reads a 32-bit number.</summary>
    public static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Reads a 16-bit number.</summary>
    public static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool isBigEndian) =>
        isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    /// <summary>Writes a 32-bit number.</summary>
    public static void WriteUInt32(Span<byte> bytes, uint value, bool isBigEndian)
    {
        if (isBigEndian)
            BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
    }

    /// <summary>Writes a 16-bit number.</summary>
    public static void WriteUInt16(Span<byte> bytes, ushort value, bool isBigEndian)
    {
        if (isBigEndian)
            BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
    }

    /// <summary>The length on the wire as a record gives it, mended where it says less than it holds.</summary>
    public static int LengthOnWire(uint said, int kept) => (int)Math.Clamp(said, (uint)kept, int.MaxValue);
}
