using System.Text;

namespace AutoMirror.Cli.Probing.Captures;

/// <summary>Writes pcapng with nanoseconds: each interface has a name, which Wireshark shows beside its packets.</summary>
internal sealed class PcapngWriter : CaptureWriter
{
    private const byte Nanoseconds = 9;
    private const int ResolutionOptionLength = 8;
    private const int OptionHeaderLength = 4;

    private int _interfaces;

    /// <summary>Begins the file, which has no interface yet.</summary>
    public PcapngWriter(Stream stream, bool isBigEndian = false)
        : base(stream, isBigEndian)
    {
        Span<byte> block = stackalloc byte[PcapngFormat.SectionHeaderLength];
        Begin(block, PcapngFormat.SectionHeader);
        PcapFormat.WriteUInt32(block[8..], PcapngFormat.ByteOrder, isBigEndian);
        PcapFormat.WriteUInt16(block[12..], 1, isBigEndian);

        // The section's length is not known beforehand: all bits set say so.
        block[16..24].Fill(byte.MaxValue);
        Put(block);
    }

    /// <summary>Adds an interface, and returns its number.</summary>
    public int AddInterface(string name, LinkType linkType = LinkType.Ethernet)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var nameLength = OptionHeaderLength + PcapngFormat.Padded(text.Length);
        var block = new byte[PcapngFormat.InterfaceDescriptionLength + nameLength + ResolutionOptionLength + OptionHeaderLength];
        Begin(block, PcapngFormat.InterfaceDescription);
        PcapFormat.WriteUInt16(block.AsSpan(8), (ushort)linkType, IsBigEndian);
        PcapFormat.WriteUInt32(block.AsSpan(12), CaptureReader.LongestPacket, IsBigEndian);
        var options = block.AsSpan(16);
        WriteOption(options, PcapngFormat.InterfaceName, text);
        WriteOption(options[nameLength..], PcapngFormat.TimestampResolution, [Nanoseconds]);
        Put(block);
        return _interfaces++;
    }

    /// <summary>Writes a packet of an interface that was added before.</summary>
    /// <param name="index">The interface's number.</param>
    /// <param name="bytes">What is kept of the packet.</param>
    /// <param name="length">How long it was, in bytes.</param>
    /// <param name="nanoseconds">When, since 1970.</param>
    public void Write(int index, ReadOnlySpan<byte> bytes, int length, long nanoseconds)
    {
        Span<byte> head = stackalloc byte[PcapngFormat.EnhancedPacketLength - sizeof(uint)];
        Span<byte> tail = stackalloc byte[2 * sizeof(uint)];
        var padding = PcapngFormat.Padded(bytes.Length) - bytes.Length;
        var blockLength = (uint)(PcapngFormat.EnhancedPacketLength + bytes.Length + padding);
        PcapFormat.WriteUInt32(head, PcapngFormat.EnhancedPacket, IsBigEndian);
        PcapFormat.WriteUInt32(head[4..], blockLength, IsBigEndian);
        PcapFormat.WriteUInt32(head[8..], (uint)index, IsBigEndian);
        PcapFormat.WriteUInt32(head[12..], (uint)(nanoseconds >> 32), IsBigEndian);
        PcapFormat.WriteUInt32(head[16..], (uint)nanoseconds, IsBigEndian);
        PcapFormat.WriteUInt32(head[20..], (uint)bytes.Length, IsBigEndian);
        PcapFormat.WriteUInt32(head[24..], (uint)Math.Max(length, bytes.Length), IsBigEndian);
        tail.Clear();
        PcapFormat.WriteUInt32(tail[padding..], blockLength, IsBigEndian);
        Put(head);
        Put(bytes);
        Put(tail[..(padding + sizeof(uint))]);
    }

    private void Begin(Span<byte> block, uint type)
    {
        block.Clear();
        PcapFormat.WriteUInt32(block, type, IsBigEndian);
        PcapFormat.WriteUInt32(block[4..], (uint)block.Length, IsBigEndian);
        PcapFormat.WriteUInt32(block[^4..], (uint)block.Length, IsBigEndian);
    }

    private void WriteOption(Span<byte> options, ushort code, ReadOnlySpan<byte> value)
    {
        PcapFormat.WriteUInt16(options, code, IsBigEndian);
        PcapFormat.WriteUInt16(options[2..], (ushort)value.Length, IsBigEndian);
        value.CopyTo(options[OptionHeaderLength..]);
    }
}
