using System.Net;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>Packets as bytes: those that are made are read again, and what cannot be is refused in words.</summary>
public sealed class WireTests
{
    private static readonly IPAddress[] Version4 = [IPAddress.Parse("10.0.0.5"), IPAddress.Parse("198.51.100.7")];
    private static readonly IPAddress[] Version6 = [IPAddress.Parse("fd00::5"), IPAddress.Parse("2001:db8::7")];

    private readonly PacketWorld _world = new();

    [Theory]
    [InlineData(6, true)]
    [InlineData(6, false)]
    [InlineData(17, true)]
    [InlineData(17, false)]
    public void What_is_made_is_read(byte protocol, bool isVersion4)
    {
        var (from, to) = isVersion4 ? (Version4[0], Version4[1]) : (Version6[0], Version6[1]);
        var segment = protocol == 6
            ? PacketBuilder.Tcp(from, to, 1234, 443, new byte[9])
            : PacketBuilder.Udp(from, to, 1234, 443, new byte[9]);

        var packet = PacketBuilder.Ip(from, to, protocol, segment);

        Assert.Equal((from, to, protocol), (packet.Source, packet.Destination, packet.Protocol));
        Assert.Equal((1234, 443), (packet.SourcePort, packet.DestinationPort));
        Assert.Equal(0, Checksum.Of(from, to, protocol, segment) % ushort.MaxValue);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fragments_are_known_as_such(bool isVersion4)
    {
        var (from, to) = isVersion4 ? (Version4[0], Version4[1]) : (Version6[0], Version6[1]);
        var segment = PacketBuilder.Tcp(from, to, 1, 2, new byte[9]);

        var first = PacketBuilder.Ip(from, to, 6, segment, moreFragments: true);
        var later = PacketBuilder.Ip(from, to, 6, segment, fragmentOffset: 1480);

        Assert.Equal((false, 2), (first.IsLaterFragment, first.DestinationPort));
        Assert.Equal((true, (int?)null, 6), (later.IsLaterFragment, later.DestinationPort, later.Protocol));
    }

    [Theory]
    [InlineData("", "an IP packet of 0 bytes")]
    [InlineData("55", "IP version 5")]
    [InlineData("45000014", "an IPv4 header of 20 bytes in a packet of 4")]
    [InlineData("4400001400000000401100000a0000050a000006", "an IPv4 header of 16 bytes")]
    [InlineData("4500001500000000401100000a0000050a000006", "says it has 21 bytes, and has 20")]
    [InlineData("60000000000011400000", "an IPv6 header of 10 bytes")]
    public void A_packet_that_contradicts_itself_is_refused_in_words(string hex, string words)
    {
        var problem = Assert.Throws<PacketException>(() => IpPacket.Read(Convert.FromHexString(hex)));

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0102", "an Ethernet frame of 2 bytes")]
    [InlineData("0200000000010200000000028100000708004500", "a frame with a VLAN tag (EtherType 0x8100)")]
    [InlineData("02000000000102000000000288a8000708004500", "a frame with a VLAN tag (EtherType 0x88a8)")]
    [InlineData("0200000000010200000000020026ffff0300", "an IEEE 802.3 frame")]
    public void A_frame_that_no_VPC_carries_is_refused_in_words(string hex, string words)
    {
        var problem = Assert.Throws<PacketException>(() => EthernetFrame.Read(Convert.FromHexString(hex)));

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tcp", null, "eni-x", "there is no interface eni-x")]
    [InlineData("tcp", null, "nowhere", "'nowhere' is neither an interface's id (eni-…) nor an address")]
    [InlineData("tcp", null, "198.51.100.7", "a tcp packet needs a destinationPort")]
    [InlineData("tcp", 70000, "198.51.100.7", "destinationPort is 70000")]
    [InlineData("sctp!", 1, "198.51.100.7", "protocol 'sctp!' is unknown")]
    [InlineData("tcp", 1, "2001:db8::1", "has no IPv6 address")]
    public void A_request_that_makes_no_packet_is_refused_in_words(string protocol, int? port, string to, string words)
    {
        var problem = Assert.Throws<PacketException>(() => _world.Cloud.Packets.Send(
            new PacketRequest { From = _world.Web, To = to, Protocol = protocol, DestinationPort = port }));

        Assert.Contains(words, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_end_has_to_be_ours()
    {
        var problem = Assert.Throws<PacketException>(() => _world.Cloud.Packets.Send(
            new PacketRequest { From = "192.0.2.1", To = "192.0.2.2", DestinationPort = 1 }));

        Assert.Contains("belongs to an interface of the account", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_one_packet_of_many_is_wrong_none_is_sent()
    {
        _world.Mirror();
        PacketRequest right = new() { From = _world.Web, To = "192.0.2.1", DestinationPort = 1 };

        Assert.Throws<PacketException>(() => _world.Cloud.Packets.Send(right, right with { DestinationPort = -1 }));

        Assert.Empty(_world.Cloud.Packets.Ledger.Entries);
    }

    [Fact]
    public void The_same_address_in_two_VPCs_is_told_apart_by_the_other_end()
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16");
        var (twin, twinGroup) = _world.NewNetwork("10.9.0.0/16");
        var first = _world.Interface(subnet: subnet.Id, groups: [group.Id]);
        var second = _world.Interface(subnet: twin.Id, groups: [twinGroup.Id]);
        var neighbour = _world.Interface(subnet: twin.Id, groups: [twinGroup.Id]);
        Assert.Equal(_world.AddressOf(first), _world.AddressOf(second));

        var fates = _world.Cloud.Packets.Send(new PacketRequest { From = neighbour, To = _world.AddressOf(second), DestinationPort = 1 });

        Assert.Equal([neighbour, second], fates.Select(fate => fate.NetworkInterfaceId));
        var problem = Assert.Throws<PacketException>(() => _world.Cloud.Packets.Send(
            new PacketRequest { From = "192.0.2.1", To = _world.AddressOf(second), DestinationPort = 1 }));
        Assert.Contains("name one by its id", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_is_sent_as_it_was_captured_with_its_own_frames()
    {
        _world.Mirror();
        var web = _world.Ec2.NetworkInterfaces.Table.Find(_world.Web)!;
        var packet = PacketBuilder.Ip(
            IPAddress.Parse(web.PrivateIpAddress!), Version4[1], 17, PacketBuilder.Udp(Version4[0], Version4[1], 1, 2, new byte[5]));
        var frame = EthernetFrame.Of(packet, web.MacAddress, "02:de:ad:be:ef:00");
        byte[] arp = [.. frame.Bytes.Span[..12], 8, 6, .. new byte[28]];

        var fates = _world.Cloud.Packets.Send([frame.Bytes, arp], haveEthernetHeaders: true);

        Assert.Equal([PacketFateKind.Mirrored, PacketFateKind.NeverMirrored], fates.Select(fate => fate.Kind));
        var (_, packets) = PcapFile.Read(_world.Cloud.Packets.Capture(_world.Target.Id));
        Assert.Equal(frame.Bytes.ToArray(), packets[0][(14 + 20 + 8 + 8)..].ToArray());
        var bare = _world.Cloud.Packets.Send([packet.Bytes], haveEthernetHeaders: false);
        Assert.Equal(PacketFateKind.Mirrored, Assert.Single(bare).Kind);
    }

    [Fact]
    public void A_captures_wrong_packet_is_named_by_its_place()
    {
        var problem = Assert.Throws<PacketException>(() => _world.Cloud.Packets.Send(
            [PacketBuilder.Ip(Version4[0], Version4[1], 17, [0]).Bytes], haveEthernetHeaders: false));

        Assert.StartsWith("packet 1: neither 10.0.0.5 nor 198.51.100.7", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d4c3b2a1020004000000000000000000000004006900000000", "link type is 105")]
    [InlineData("0a0d0d0a1c0000004d3c2b1a0100000000000000000000000000", "no pcap file")]
    [InlineData("d4c3b2a10200040000000000000000000000040001000000 00000000", "ends within the header of packet 1")]
    [InlineData("d4c3b2a10200040000000000000000000000040001000000 0000000000000000ff000000ff000000", "ends within packet 1")]
    [InlineData("d4c3b2a10200040000000000000000000000040001000000 0000000000000000010000000900000000", "was cut to 1 of its 9 bytes")]
    public void A_capture_that_cannot_be_sent_is_refused_in_words(string hex, string words)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

        Assert.Contains(words, Assert.Throws<PacketException>(() => PcapFile.Read(bytes)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_keeps_the_last_copies_only()
    {
        var world = new PacketWorld(options => options with { CapturedPackets = 3 });
        world.Mirror();
        world.Send(world.Web, "192.0.2.1", payload: 1, count: 2);
        world.Send(world.Web, "192.0.2.1", payload: 2, count: 2);

        var (_, packets) = PcapFile.Read(world.Cloud.Packets.Capture(world.Target.Id));

        Assert.Equal([105, 106, 106], packets.Select(packet => packet.Length));
    }
}
