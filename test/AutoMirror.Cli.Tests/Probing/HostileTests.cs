using System.Net;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;
using AutoMirror.Testing;

namespace AutoMirror.Cli.Tests.Probing;

/// <summary>
/// Nothing that is sent or read makes the probe fail, and what it counts adds up. The suite runs a few thousand cases; many more:
/// <c>AUTOMIRROR_FUZZ_CASES=100000 dotnet test test/AutoMirror.Cli.Tests --filter HostileTests</c>.
/// </summary>
public class HostileTests
{
    private static readonly byte[][] Copies =
    [
        Traffic.Web(), Traffic.Web(payload: 0), Traffic.Web(payload: 1400)[..60],
        Traffic.Ethernet(Traffic.Packet4("10.0.0.5", "198.51.100.7", 6, new byte[40], fragment: 0x2003)),
        Ip6(0, [44, 0, .. new byte[6], 17, 0, 0, 1, .. new byte[4], .. Traffic.UdpSegment(53, 53, new byte[20])]),
        Ip6(51, [58, 4, .. new byte[22], 128, 0, 0, 0]),
        Traffic.Ethernet([0, 7, 8, 0], 0x8100), [], [1],
    ];

    private static readonly byte[][] Frames =
    [
        .. Copies.Select(each => Traffic.Mirrored(7, each)),
        Ip6(17, Traffic.UdpSegment(1, 4789, Traffic.Vxlan(0xFFFFFF, Copies[0]))),
        Ip4(Traffic.UdpSegment(1, 6081, Traffic.Geneve(Ip4(Traffic.UdpSegment(1, 4789, Traffic.Vxlan(7, Copies[0])))[14..]))),
        Traffic.Mirrored(7, Copies[0], toPort: 443), Traffic.Web(), [],
    ];

    [Fact]
    public void Datagrams_that_are_broken_in_any_way_are_counted_once() => Seeds.Each(1, 5_000, (_, random) =>
    {
        var tally = new Tally();
        var intake = new Intake(tally);
        for (var i = 0; i < 20; i++)
        {
            var bytes = Broken(random, Traffic.Vxlan(random.Next(1 << 24), random.Of(Copies)));
            var length = random.Next(4) == 0 ? bytes.Length + random.Next(2000) : bytes.Length;
            intake.Take(new Datagram(Address.Of(IPAddress.Loopback), bytes, length), random.Next(4) == 0, 1);
        }

        Assert.Equal(20, tally.Packets);
        Assert.Equal(tally[Reading.MirrorCopy], tally.Sources.Sum(each => each.Packets));
        foreach (var source in tally.Sources)
        {
            Assert.True(source.Bytes >= source.Packets);
            Assert.InRange(source.Truncated, 0, source.Packets);
            Assert.InRange(source.Fragments, 0, source.Packets);
            Assert.InRange(source.OutboundOnly + source.InboundOnly + source.OneWayUnknown, 0, source.Flows);
        }
    });

    [Fact]
    public void Captures_that_are_broken_in_any_way_are_read_as_far_as_they_go() => Seeds.Each(1, 3_000, (_, random) =>
    {
        var tally = new Tally();
        var intake = new Intake(tally);
        var capture = Broken(random, Capture(random));
        var packets = 0;
        try
        {
            var reader = CaptureReader.Open(new MemoryStream(capture));
            for (; reader.TryRead(out var packet); packets++)
            {
                Assert.InRange(packet.Bytes.Length, 0, packet.Length);
                Assert.True(packet.Nanoseconds >= 0);
                intake.Take(packet);
            }

            Assert.False(reader.TryRead(out CapturedPacket _));
        }
        catch (CaptureFormatException problem)
        {
            Assert.NotEmpty(problem.Message);
        }

        Assert.Equal(packets, tally.Packets);
        ProbeText.Write(ProbeReport.Of("x", tally, null), new Page(TextWriter.Null, width: null, hasColours: false));
        ProbeJson.Write(ProbeReport.Of("x", tally, null), Stream.Null);
    });

    [Fact]
    public void A_capture_of_many_kinds_has_exact_counts() => Seeds.Each(1, 200, (_, random) =>
    {
        var expected = new Dictionary<int, (long Packets, long Bytes, long Truncated)>();
        var stream = new MemoryStream();
        using (var writer = new PcapWriter(stream, LinkType.Ethernet, random.Next(2) == 0, random.Next(2) == 0))
        {
            for (var i = 0; i < 100; i++)
                WriteOne(random, writer, expected);
        }

        var tally = new Tally();
        var intake = new Intake(tally);
        var reader = CaptureReader.Open(new MemoryStream(stream.ToArray()));
        while (reader.TryRead(out var packet))
            intake.Take(packet);

        Assert.Equal(100, tally.Packets);
        Assert.Equal(
            expected.OrderBy(each => each.Key).Select(each => (each.Key, each.Value)),
            tally.Sources.OrderBy(each => each.Key.VirtualNetworkId)
                .Select(each => (each.Key.VirtualNetworkId, (each.Packets, each.Bytes, each.Truncated))));
    });

    private static void WriteOne(Random random, PcapWriter writer, Dictionary<int, (long Packets, long Bytes, long Truncated)> expected)
    {
        var virtualNetworkId = random.Of(0, 7, 8, 0xFFFFFF);
        var whole = Traffic.Web(payload: random.Next(1400));
        var kept = random.Next(3) == 0 ? random.Next(1, whole.Length) : whole.Length;
        var (frame, counts) = random.Next(5) switch
        {
            0 => (Traffic.Mirrored(virtualNetworkId, whole, toPort: 4790), false),
            1 => (Ip4(Traffic.UdpSegment(1, 4789, Traffic.Vxlan(virtualNetworkId, whole, flags: (byte)random.Next(8)))), false),
            _ => (Traffic.Mirrored(virtualNetworkId, whole[..kept]), true),
        };
        writer.Write(frame, frame.Length, 1);
        if (!counts)
            return;
        var before = expected.GetValueOrDefault(virtualNetworkId);
        expected[virtualNetworkId] = (before.Packets + 1, before.Bytes + kept, before.Truncated + (kept < whole.Length ? 1 : 0));
    }

    private static byte[] Ip4(byte[] segment) => Traffic.Ethernet(Traffic.Packet4("10.0.0.5", "10.0.9.9", 17, segment));

    private static byte[] Ip6(byte next, byte[] payload) => Traffic.Ethernet(Traffic.Packet6("fd00::5", "fd00::9", next, payload));

    private static byte[] Capture(Random random)
    {
        var stream = new MemoryStream();
        if (random.Next(2) == 0)
        {
            var linkType = random.Of(LinkType.Ethernet, LinkType.Raw, LinkType.LinuxCooked2, (LinkType)99);
            using var writer = new PcapWriter(stream, linkType, random.Next(2) == 0, random.Next(2) == 0);
            foreach (var frame in Frames)
                writer.Write(frame, frame.Length, random.NextInt64(long.MaxValue));
        }
        else
        {
            using var writer = new PcapngWriter(stream, random.Next(2) == 0);
            var number = writer.AddInterface(new string('x', random.Next(20)));
            foreach (var frame in Frames)
                writer.Write(number, frame, frame.Length, random.NextInt64(long.MaxValue));
        }

        return stream.ToArray();
    }

    /// <summary>Some bytes are other ones, and perhaps the end is gone, a piece is there twice, or garbage follows.</summary>
    private static byte[] Broken(Random random, byte[] bytes)
    {
        byte[] broken = [.. bytes];
        for (var i = random.Next(6); i > 0 && broken.Length > 0; i--)
            broken[random.Next(broken.Length)] = (byte)random.Of(0, 1, 0x7F, 0x80, 0xFF, random.Next(256));
        var cut = random.Next(broken.Length + 1);
        return random.Next(6) switch
        {
            0 => broken[..cut],
            1 => [.. broken[..cut], .. broken[(cut / 2)..]],
            2 => [.. broken, .. RandomBytes(random, random.Next(100))],
            3 when random.Next(4) == 0 => RandomBytes(random, random.Next(300)),
            _ => broken,
        };
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
