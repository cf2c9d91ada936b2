using System.Net;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Tests.Probing;

public class DecodingTests
{
    private static readonly byte[] Web = Traffic.Web();

    /// <summary>One packet for each way to be read, and for each reason not to be.</summary>
    public static TheoryData<string, byte[], int?, string> Cases => new()
    {
        { "a copy", Traffic.Mirrored(7, Web), null, nameof(Reading.MirrorCopy) },
        { "a copy behind IP options", Ip4(Vxlan(Web), optionWords: 3), null, nameof(Reading.MirrorCopy) },
        { "a copy over IPv6", Ip6(17, Vxlan(Web)), null, nameof(Reading.MirrorCopy) },
        { "a copy behind extension headers", Ip6(0, [.. Extensions, .. Vxlan(Web)]), null, nameof(Reading.MirrorCopy) },
        { "a copy that came in fragments", Ip4(Vxlan(Web)[..80], fragment: 0x2000), null, nameof(Reading.MirrorCopy) },
        { "a copy behind a Gateway Load Balancer", Geneve(Packet(Vxlan(Web))), null, nameof(Reading.MirrorCopy) },
        { "a copy of one byte", Traffic.Mirrored(7, [1]), null, nameof(Reading.MirrorCopy) },
        { "a copy whose bytes the capture cut", Traffic.Mirrored(7, Web)[..60], 204, nameof(Reading.MirrorCopy) },
        { "ARP", Traffic.Ethernet([0, 1, 8, 0], 0x0806), null, nameof(Reading.OtherTraffic) },
        { "TCP", Web, null, nameof(Reading.OtherTraffic) },
        { "UDP to another port", Traffic.Mirrored(7, Web, toPort: 4790), null, nameof(Reading.OtherTraffic) },
        { "an answer from port 4789", Ip4(Traffic.UdpSegment(4789, 53, Web)), null, nameof(Reading.OtherTraffic) },
        { "GENEVE in GENEVE", Geneve(Packet(Traffic.UdpSegment(1, 6081, Web))), null, nameof(Reading.OtherTraffic) },
        { "nothing", [], 60, nameof(Reading.CutHeaders) },
        { "an Ethernet header that was cut", Traffic.Mirrored(7, Web)[..13], 204, nameof(Reading.CutHeaders) },
        { "an IP header that was cut", Traffic.Mirrored(7, Web)[..30], 204, nameof(Reading.CutHeaders) },
        { "a UDP header that was cut", Traffic.Mirrored(7, Web)[..40], 204, nameof(Reading.CutHeaders) },
        { "a VXLAN header that was cut", Traffic.Mirrored(7, Web)[..48], 204, nameof(Reading.CutHeaders) },
        { "extension headers that were cut", Ip6(0, [17, 3, .. new byte[30], .. Vxlan(Web)])[..60], 280, nameof(Reading.CutHeaders) },
        { "a GENEVE header that was cut", Geneve(Packet(Vxlan(Web)))[..45], 240, nameof(Reading.CutHeaders) },
        { "GENEVE options that were cut", Geneve(new byte[40], first: 9)[..52], 90, nameof(Reading.CutHeaders) },
        { "a VLAN tag", Traffic.Ethernet([0, 7, 8, 0], 0x8100), null, nameof(Reading.VlanTag) },
        { "a provider's tag", Traffic.Ethernet([0, 7, 8, 0], 0x88A8), null, nameof(Reading.VlanTag) },
        { "IP version 5", Traffic.Ethernet([0x55, .. new byte[40]], 0x0800), null, nameof(Reading.IpHeader) },
        { "an IP header of 16 bytes", Traffic.Ethernet([0x44, .. new byte[40]], 0x0800), null, nameof(Reading.IpHeader) },
        { "an IP packet shorter than its header", Ip4(Vxlan(Web), length: 19), null, nameof(Reading.IpHeader) },
        { "an IP packet longer than its frame", Ip4(Vxlan(Web), length: 1000), null, nameof(Reading.IpHeader) },
        { "a frame that ends within the IP header", Traffic.Mirrored(7, Web)[..30], null, nameof(Reading.IpHeader) },
        { "extension headers longer than the packet", Ip6(60, [17, 200, .. new byte[30]]), null, nameof(Reading.IpHeader) },
        { "a later fragment", Ip4(Vxlan(Web)[80..], fragment: 10), null, nameof(Reading.LaterFragment) },
        { "a later fragment over IPv6", Ip6(44, [17, 0, 0, 80, 0, 0, 0, 1, .. Vxlan(Web)[80..]]), null, nameof(Reading.LaterFragment) },
        { "a UDP length of 7", Ip4(Traffic.UdpSegment(1, 4789, Traffic.Vxlan(7, Web), length: 7)), null, nameof(Reading.UdpLength) },
        { "a UDP length beyond the packet", Ip4(Traffic.UdpSegment(1, 4789, Web, length: 400)), null, nameof(Reading.UdpLength) },
        { "GENEVE of four bytes", Ip4(Traffic.UdpSegment(1, 6081, [0, 0, 8, 0])), null, nameof(Reading.GeneveHeader) },
        { "GENEVE version 1", Geneve(Packet(Vxlan(Web)), first: 0x40), null, nameof(Reading.GeneveHeader) },
        { "GENEVE with more options than bytes", Geneve(new byte[40], first: 0x3F), null, nameof(Reading.GeneveHeader) },
        { "GENEVE with Ethernet inside", Geneve(Web, type: 0x6558), null, nameof(Reading.GeneveHeader) },
        { "an empty datagram", Ip4(Traffic.UdpSegment(1, 4789, [])), null, nameof(Reading.ShortVxlan) },
        { "a VXLAN header of seven bytes", Ip4(Traffic.UdpSegment(1, 4789, [8, 0, 0, 0, 0, 0, 7])), null, nameof(Reading.ShortVxlan) },
        { "a VXLAN header with nothing behind it", Traffic.Mirrored(7, []), null, nameof(Reading.ShortVxlan) },
        { "no VXLAN flags", Ip4(Traffic.UdpSegment(1, 4789, Traffic.Vxlan(7, Web, flags: 0))), null, nameof(Reading.VxlanFlags) },
        { "another VXLAN flag beside it", Ip4(Traffic.UdpSegment(1, 4789, Traffic.Vxlan(7, Web, 0x0C))), null, nameof(Reading.VxlanFlags) },
        { "garbage", Ip4(Traffic.UdpSegment(1, 4789, Traffic.Bytes(200))), null, nameof(Reading.VxlanFlags) },
        { "a VLAN tag inside", Traffic.Mirrored(7, Traffic.Ethernet([0, 7, 8, 0], 0x8100)), null, nameof(Reading.InnerVlanTag) },
        { "ARP inside", Traffic.Mirrored(7, Traffic.Ethernet([0, 1, 8, 0], 0x0806)), null, nameof(Reading.InnerNotIp) },
        { "IPv6 inside that calls itself IPv4", Traffic.Mirrored(7, Mislabelled), null, nameof(Reading.InnerIpHeader) },
        { "IP inside shorter than its header", Traffic.Mirrored(7, Ip4([], length: 4)), null, nameof(Reading.InnerIpHeader) },
    };

    /// <summary>Hop-by-hop options, a routing header, destination options, and an authentication header with UDP behind it.</summary>
    private static byte[] Extensions => [43, 0, .. new byte[6], 60, 0, .. new byte[6], 51, 1, .. new byte[14], 17, 4, .. new byte[22]];

    private static byte[] Mislabelled => Traffic.Ethernet(Traffic.Packet6("fd00::5", "fd00::9", 17, []), Traffic.Ipv4);

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_packet_is_what_it_is(string what, byte[] frame, int? length, string reading) =>
        Assert.True(Enum.Parse<Reading>(reading) == Read(frame, length ?? frame.Length, LinkType.Ethernet, out _), what);

    [Fact]
    public void Every_reading_has_a_case_a_key_and_words()
    {
        var covered = Cases.Select(each => (string)((object[])each)[3]).Append(nameof(Reading.UnknownLinkType)).ToHashSet();

        Assert.Equal(Enum.GetNames<Reading>().Order(), covered.Order());
        Assert.Equal(Enum.GetValues<Reading>().Length, Enum.GetValues<Reading>().Select(each => each.Key()).Distinct().Count());
        Assert.All(Enum.GetValues<Reading>(), each => Assert.NotEmpty(each.Words()));
    }

    [Theory]
    [InlineData(LinkType.Null, "02000000")]
    [InlineData(LinkType.Loop, "00000002")]
    [InlineData(LinkType.Raw, "")]
    [InlineData(LinkType.RawBsd, "")]
    [InlineData(LinkType.Ipv4, "")]
    [InlineData(LinkType.LinuxCooked, "0000000100060200000000010000 0800")]
    [InlineData(LinkType.LinuxCooked2, "0800 0000000000020001000602000000 00010000")]
    internal void A_copy_is_found_behind_every_link_type(LinkType linkType, string header)
    {
        byte[] frame = [.. Convert.FromHexString(header.Replace(" ", "", StringComparison.Ordinal)), .. Traffic.Mirrored(7, Web)[14..]];

        Assert.Equal(Reading.MirrorCopy, Read(frame, frame.Length, linkType, out var copy));
        Assert.Equal((7, Web.Length), (copy.VirtualNetworkId, copy.Length));
    }

    [Fact]
    public void An_unknown_link_type_is_no_guess() =>
        Assert.Equal(Reading.UnknownLinkType, Read(Web, Web.Length, (LinkType)105, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(0x123456)]
    [InlineData(0xFFFFFF)]
    public void The_VNI_has_24_bits(int virtualNetworkId)
    {
        Read(Traffic.Mirrored(virtualNetworkId, Web), null, LinkType.Ethernet, out var copy);

        Assert.Equal(virtualNetworkId, copy.VirtualNetworkId);
    }

    [Theory]
    [InlineData(154, false, 154)] // whole
    [InlineData(153, true, 154)]
    [InlineData(54, true, 154)] // no payload left
    [InlineData(35, true, 154)] // the least that the guide allows for IPv4
    [InlineData(33, true, 33)] // its length has gone with the header
    [InlineData(14, true, 14)]
    [InlineData(1, true, 1)]
    public void A_copy_shorter_than_its_packet_says_is_truncated(int length, bool isTruncated, int originalLength)
    {
        Read(Traffic.Mirrored(7, Web[..length]), null, LinkType.Ethernet, out var copy);

        Assert.Equal((length, isTruncated, originalLength), (copy.Length, copy.IsTruncated, copy.OriginalLength));
    }

    [Theory]
    [InlineData(93, true)]
    [InlineData(94, false)]
    [InlineData(110, false)] // Ethernet's padding
    public void The_length_of_an_IPv6_packet_is_beside_its_header(int length, bool isTruncated)
    {
        byte[] frame = [.. Ip6(6, Traffic.TcpSegment(1, 2, new byte[20])), .. new byte[20]];

        Read(Traffic.Mirrored(7, frame[..length]), null, LinkType.Ethernet, out var copy);

        Assert.Equal(isTruncated, copy.IsTruncated);
    }

    [Fact]
    public void A_jumbogram_has_no_length_to_be_held_against()
    {
        byte[] options = [6, 0, 0xC2, 4, 0, 1, 0, 0, .. new byte[40]];
        var frame = Traffic.Ethernet(Traffic.Packet6("fd00::5", "fd00::9", 0, options, payloadLength: 0));

        Assert.Equal(Reading.MirrorCopy, Read(Traffic.Mirrored(7, frame), null, LinkType.Ethernet, out var copy));
        Assert.False(copy.IsTruncated);
    }

    [Fact]
    public void What_the_capture_cut_is_not_taken_for_truncated()
    {
        var frame = Traffic.Mirrored(7, Web);

        Assert.All(
            Enumerable.Range(51, frame.Length - 51),
            kept =>
            {
                Assert.Equal(Reading.MirrorCopy, Read(frame[..kept], frame.Length, LinkType.Ethernet, out var copy));
                Assert.Equal((false, Web.Length), (copy.IsTruncated, copy.Length));
            });
    }

    [Fact]
    public void A_copy_has_its_flow()
    {
        Read(Traffic.Mirrored(7, Web), null, LinkType.Ethernet, out var copy);

        Assert.Equal(new Flow(Number("10.0.0.5"), Number("198.51.100.7"), 443, 40000, 6), copy.Flow);
    }

    [Fact]
    public void A_later_fragment_and_a_cut_header_have_none()
    {
        var fragment = Traffic.Ethernet(Traffic.Packet4("10.0.0.5", "198.51.100.7", 6, new byte[40], fragment: 3));

        Read(Traffic.Mirrored(7, fragment), null, LinkType.Ethernet, out var later);
        Read(Traffic.Mirrored(7, Web[..36]), null, LinkType.Ethernet, out var cut);

        Assert.Equal((true, null), (later.IsFragment, later.Flow));
        Assert.Equal((false, null), (cut.IsFragment, cut.Flow));
    }

    [Fact]
    public void Behind_a_Gateway_Load_Balancer_the_source_is_who_sent_the_copy_not_the_balancer()
    {
        var frame = Geneve(Packet(Vxlan(Web)));

        OuterPacket.Read(new CapturedPacket(frame, frame.Length, LinkType.Ethernet, 0), out var datagram);

        Assert.Equal("10.0.0.5", Address.ToAddress(datagram.Source).ToString());
    }

    [Theory]
    [InlineData("10.0.0.5")]
    [InlineData("255.255.255.255")]
    [InlineData("fd00::5")]
    public void An_address_and_its_number_are_the_same(string address) =>
        Assert.Equal(address, Address.ToAddress(Number(address)).ToString());

    private static byte[] Vxlan(byte[] frame) => Traffic.UdpSegment(50000, 4789, Traffic.Vxlan(7, frame));

    private static byte[] Packet(byte[] segment) => Traffic.Packet4("10.0.0.5", "10.0.9.9", 17, segment);

    private static byte[] Ip4(byte[] segment, int? length = null, int fragment = 0, int optionWords = 0) =>
        Traffic.Ethernet(Traffic.Packet4("10.0.0.5", "10.0.9.9", 17, segment, length, fragment, optionWords));

    private static byte[] Ip6(byte next, byte[] payload) => Traffic.Ethernet(Traffic.Packet6("fd00::5", "fd00::9", next, payload));

    private static byte[] Geneve(byte[] packet, byte first = 0, ushort type = Traffic.Ipv4) =>
        Traffic.Ethernet(Traffic.Packet4("10.0.7.7", "10.0.9.9", 17, Traffic.UdpSegment(60000, 6081, Traffic.Geneve(packet, first, type))));

    private static UInt128 Number(string address) => Address.Of(IPAddress.Parse(address));

    private static Reading Read(byte[] frame, int? length, LinkType linkType, out MirrorCopy copy)
    {
        copy = default;
        var reading = OuterPacket.Read(new CapturedPacket(frame, length ?? frame.Length, linkType, 0), out var datagram);
        return reading == Reading.MirrorCopy ? MirrorCopy.Read(datagram.Payload, datagram.Length, out copy) : reading;
    }
}
