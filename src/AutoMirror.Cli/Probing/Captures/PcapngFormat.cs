namespace AutoMirror.Cli.Probing.Captures;

/// <summary>The numbers of the pcapng file format.</summary>
/// <remarks>IETF draft "PCAP Now Generic (pcapng) Capture File Format" (draft-ietf-opsawg-pcapng).</remarks>
internal static class PcapngFormat
{
    public const uint SectionHeader = 0x0A0D0D0A;
    public const uint InterfaceDescription = 1;
    public const uint ObsoletePacket = 2;
    public const uint SimplePacket = 3;
    public const uint EnhancedPacket = 6;

    /// <summary>What a section header holds to tell its byte order.</summary>
    public const uint ByteOrder = 0x1A2B3C4D;

    /// <summary>Type, length, and the length once more at the end.</summary>
    public const int BlockOverhead = 12;

    /// <summary>A section header without options.</summary>
    public const int SectionHeaderLength = 28;

    /// <summary>An interface description without options.</summary>
    public const int InterfaceDescriptionLength = 20;

    /// <summary>An enhanced packet without its bytes and options.</summary>
    public const int EnhancedPacketLength = 32;

    public const ushort EndOfOptions = 0;
    public const ushort InterfaceName = 2;
    public const ushort TimestampResolution = 9;
    public const ushort TimestampOffset = 14;

    /// <summary>Blocks, options and packets are filled up to four bytes.</summary>
    public static int Padded(int length) => (length + 3) & ~3;
}
