using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Testing;

namespace AutoMirror.Cli.Tests.Probing;

public class CaptureTests
{
    private const long Moment = 1_790_000_000_123_456_789;

    private static readonly (byte[] Bytes, int Length, long At)[] Packets =
    [
        (Traffic.Bytes(60), 60, Moment),
        ([], 0, Moment + 1),
        (Traffic.Bytes(61), 9000, Moment + 1_000),
        (Traffic.Bytes(2), 2, Moment + Second),
    ];

    private const long Second = 1_000_000_000;

    public static TheoryData<string> Formats => [.. Writers.Keys];

    /// <summary>Every format that is read, each with its packets.</summary>
    private static Dictionary<string, Func<byte[]>> Writers { get; } = new()
    {
        ["pcap, little-endian, nanoseconds"] = () => Pcap(isBigEndian: false, hasNanoseconds: true),
        ["pcap, little-endian, microseconds"] = () => Pcap(isBigEndian: false, hasNanoseconds: false),
        ["pcap, big-endian, nanoseconds"] = () => Pcap(isBigEndian: true, hasNanoseconds: true),
        ["pcap, big-endian, microseconds"] = () => Pcap(isBigEndian: true, hasNanoseconds: false),
        ["pcapng, little-endian"] = () => Pcapng(isBigEndian: false),
        ["pcapng, big-endian"] = () => Pcapng(isBigEndian: true),
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void What_is_written_is_read(string format)
    {
        var fraction = format.Contains("microseconds", StringComparison.Ordinal) ? 1_000 : 1;

        var read = Read(Writers[format](), out var problem);

        Assert.Null(problem);
        Assert.Equal(
            Packets.Select(each => (each.Bytes.Length, each.Length, each.At / fraction * fraction)),
            read.Select(each => (each.Bytes.Length, each.Length, each.At)));
        Assert.Equal(Packets.SelectMany(each => each.Bytes), read.SelectMany(each => each.Bytes));
        Assert.All(read, each => Assert.Equal(LinkType.Ethernet, each.LinkType));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_capture_that_was_cut_anywhere_gives_the_packets_before_the_cut_and_says_where_it_ends(string format)
    {
        var whole = Writers[format]();
        var before = 0;
        for (var length = whole.Length; length >= 24; length--)
        {
            List<Kept> read;
            string? problem;
            try
            {
                read = Read(whole[..length], out problem);
            }
            catch (CaptureFormatException)
            {
                continue;
            }

            Assert.True(read.Count <= Packets.Length);
            Assert.True(length == whole.Length || read.Count <= before);
            Assert.True(problem is null || problem.StartsWith("it ends within", StringComparison.Ordinal), problem);
            before = read.Count;
        }

        Assert.Equal(0, before);
    }

    [NeedsToolFact("tshark")]
    public async Task Tshark_reads_every_format_that_is_written()
    {
        foreach (var (format, write) in Writers)
        {
            var file = Path.GetTempFileName();
            await File.WriteAllBytesAsync(file, write());

            var result = await Tool.RunAsync(
                "tshark", ["-r", file, "-T", "fields", "-e", "frame.cap_len", "-e", "frame.len", "-e", "frame.time_epoch"]);

            File.Delete(file);
            var fraction = format.Contains("microseconds", StringComparison.Ordinal) ? 1_000 : 1;
            var expected = Packets.Select(each =>
                $"{each.Bytes.Length}\t{each.Length}\t{each.At / Second}.{each.At / fraction * fraction % Second:D9}");
            Assert.Equal(expected, result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public void The_simple_and_the_obsolete_packets_of_pcapng_are_read_and_unknown_blocks_passed_over()
    {
        byte[] capture =
        [
            .. Block(0x0A0D0D0A, [.. Word(0x1A2B3C4D), .. Half(1), .. Half(0), .. new byte[8]]),
            .. Block(0x00000BAD, Traffic.Bytes(40)),
            .. Block(1, [.. Half(1), .. Half(0), .. Word(10)]),
            .. Block(3, [.. Word(12), .. Traffic.Bytes(10), 0, 0]),
            .. Block(2, [.. Half(0), .. Half(7), .. Word(0), .. Word(5_000_000), .. Word(3), .. Word(99), .. Traffic.Bytes(3), 0]),
        ];

        var read = Read(capture, out var problem);

        Assert.Null(problem);
        Assert.Equal([(10, 12, 0), (3, 99, 5 * Second)], read.Select(each => (each.Bytes.Length, each.Length, each.At)));
    }

    [Fact]
    public void Each_section_has_its_own_byte_order_and_interfaces()
    {
        var second = Pcapng(isBigEndian: true);

        var read = Read([.. Pcapng(isBigEndian: false), .. second], out var problem);
        Read([.. Pcapng(isBigEndian: false), .. second[..28], .. second[^36..]], out var withoutInterface);

        Assert.Null(problem);
        Assert.Equal(2 * Packets.Length, read.Count);
        Assert.Contains("interface 0, which the section does not have", withoutInterface, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6, 0, 1_500_000, 1_500_000_000)]
    [InlineData(0, 0, 7, 7_000_000_000)]
    [InlineData(9, 0, 7, 7)]
    [InlineData(12, 0, 7_999, 7)]
    [InlineData(0x80 | 1, 0, 3, 1_500_000_000)]
    [InlineData(0x80 | 10, 2, 1024, 3_000_000_000)]
    [InlineData(6, -1, 0, 0)]
    [InlineData(0, long.MaxValue, ulong.MaxValue, long.MaxValue)]
    [InlineData(127, 0, ulong.MaxValue, 0)]
    [InlineData(0xFF, 0, ulong.MaxValue, 0)]
    public void An_interface_of_pcapng_counts_time_as_it_says(byte resolution, long offset, ulong timestamp, long nanoseconds) =>
        Assert.Equal(nanoseconds, new PcapngClock(resolution, offset).ToNanoseconds(timestamp));

    [Theory]
    [InlineData("", "shorter than the header")]
    [InlineData("504b0304000000000000000000000000000000000000000000000000", "neither pcap nor pcapng")]
    [InlineData("d4c3b2a102", "ends within the header")]
    [InlineData("d4c3b2a1090004000000000000000000000004000100000000", "version 9")]
    public void What_is_no_capture_is_refused_in_words(string hex, string words)
    {
        var problem = Assert.Throws<CaptureFormatException>(() => Read(Convert.FromHexString(hex), out _));

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pcap, little-endian, nanoseconds", 32, "ffffffff", "claims 4294967295 bytes")]
    [InlineData("pcap, big-endian, microseconds", 32, "00040001", "claims 262145 bytes")]
    [InlineData("pcapng, little-endian", 8, "00000000", "does not say its byte order")]
    [InlineData("pcapng, little-endian", 4, "04000000", "claims a header of 4 bytes")]
    [InlineData("pcapng, little-endian", 12, "0900", "pcapng version 9")]
    [InlineData("pcapng, little-endian", 32, "03000000", "claims a length of 3 bytes")]
    [InlineData("pcapng, little-endian", 32, "0d000000", "claims a length of 13 bytes")]
    [InlineData("pcapng, little-endian", 32, "10000000", "claims a description of 16 bytes")]
    [InlineData("pcapng, little-endian", 80, "09000000", "interface 9, which the section does not have")]
    [InlineData("pcapng, little-endian", 92, "ff000000", "claims 255 bytes, and its block has 60")]
    [InlineData("pcapng, little-endian", 76, "14000000", "no room for its header")]
    public void Damage_ends_the_reading_in_words(string format, int at, string hex, string words)
    {
        var capture = Writers[format]();
        Convert.FromHexString(hex).CopyTo(capture, at);

        Read(capture, out var problem);

        Assert.Contains(words, problem, StringComparison.Ordinal);
    }

    private static byte[] Pcap(bool isBigEndian, bool hasNanoseconds)
    {
        var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream, LinkType.Ethernet, isBigEndian, hasNanoseconds))
        {
            foreach (var (bytes, length, at) in Packets)
                writer.Write(bytes, length, at);
        }

        return stream.ToArray();
    }

    private static byte[] Pcapng(bool isBigEndian)
    {
        var stream = new MemoryStream();
        using (var writer = new PcapngWriter(stream, isBigEndian))
        {
            var number = writer.AddInterface("eni-1");
            foreach (var (bytes, length, at) in Packets)
                writer.Write(number, bytes, length, at);
        }

        return stream.ToArray();
    }

    private static List<Kept> Read(byte[] capture, out string? problem)
    {
        var reader = CaptureReader.Open(new MemoryStream(capture));
        var packets = new List<Kept>();
        while (reader.TryRead(out var packet))
            packets.Add(new(packet.Bytes.ToArray(), packet.Length, packet.Nanoseconds, packet.LinkType));
        problem = reader.Problem;
        return packets;
    }

    private static byte[] Block(uint type, byte[] body) =>
        [.. Word(type), .. Word((uint)body.Length + 12), .. body, .. Word((uint)body.Length + 12)];

    private static byte[] Word(uint value) => BitConverter.GetBytes(value);

    private static byte[] Half(ushort value) => BitConverter.GetBytes(value);

    private sealed record Kept(byte[] Bytes, int Length, long At, LinkType LinkType);
}
