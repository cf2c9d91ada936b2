using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>Which packets enter an interface, and so can be mirrored there.</summary>
public sealed class ArrivalTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Fact]
    public void What_the_security_group_does_not_let_in_is_not_mirrored()
    {
        var source = Closed(out _);

        var fate = Enter(source, Outside, 443);

        Assert.Equal((PacketFateKind.NotLetIn, $"no security group of {source} allows it in"), (fate.Kind, fate.Because));
    }

    [Theory]
    [InlineData("tcp", 443, 443, "198.51.100.0/24", true)]
    [InlineData("tcp", 0, 65535, "0.0.0.0/0", true)]
    [InlineData("tcp", 442, 442, "0.0.0.0/0", false)]
    [InlineData("udp", 443, 443, "0.0.0.0/0", false)]
    [InlineData("6", null, null, "0.0.0.0/0", true)]
    [InlineData("-1", null, null, "198.51.100.7/32", true)]
    [InlineData("-1", null, null, "198.51.100.8/32", false)]
    [InlineData("-1", null, null, "198.51.100.99/24", true)] // bits behind the prefix don't count
    public void A_rule_lets_in_what_it_says(string protocol, int? from, int? to, string block, bool isIn)
    {
        var source = Closed(out var group);
        _world.Ec2.SecurityGroups.Authorize(group, [new(protocol, from, to, block)]);

        Assert.Equal(isIn ? PacketFateKind.Mirrored : PacketFateKind.NotLetIn, Enter(source, Outside, 443).Kind);
    }

    [Theory]
    [InlineData(8, 0, true)]
    [InlineData(8, -1, true)]
    [InlineData(-1, -1, true)]
    [InlineData(0, -1, false)]
    [InlineData(8, 1, false)]
    public void Rules_of_ICMP_have_a_type_and_a_code(int type, int code, bool isIn)
    {
        var source = Closed(out var group);
        _world.Ec2.SecurityGroups.Authorize(group, [new("icmp", type, code, "0.0.0.0/0")]);

        var fates = _world.Cloud.Packets.Send(new PacketRequest { From = Outside, To = source, Protocol = "icmp" });

        Assert.Equal(isIn ? PacketFateKind.Mirrored : PacketFateKind.NotLetIn, PacketWorld.At(source, fates).Kind);
    }

    [Fact]
    public void A_rule_may_name_the_group_of_the_sender()
    {
        var source = Closed(out var group);
        _world.Ec2.SecurityGroups.Authorize(group, [new("-1", null, null, null, GroupId: _world.Group.Id)]);

        Assert.Equal(PacketFateKind.Mirrored, Enter(source, _world.Web, 443).Kind);
        Assert.Equal(PacketFateKind.NotLetIn, Enter(source, Outside, 443).Kind);
    }

    [Fact]
    public void An_answer_is_let_in_whatever_the_rules_and_only_while_the_connection_is_remembered()
    {
        var source = Closed(out _);
        PacketFate Answer() => PacketWorld.At(source, _world.Cloud.Packets.Send(
            new PacketRequest { From = Outside, To = source, Protocol = "udp", SourcePort = 5000, DestinationPort = 40000 }));
        Assert.Equal(PacketFateKind.NotLetIn, Answer().Kind);

        _world.Cloud.Packets.Send(
            new PacketRequest { From = source, To = Outside, Protocol = "udp", SourcePort = 40000, DestinationPort = 5000 });
        Assert.Equal(PacketFateKind.Mirrored, Answer().Kind);

        // Both ends have spoken: 180 seconds instead of 30.
        _world.World.Pass(170);
        Assert.Equal(PacketFateKind.Mirrored, Answer().Kind);
        _world.World.Pass(181);
        Assert.Equal(PacketFateKind.NotLetIn, Answer().Kind);
    }

    [Fact]
    public void An_unanswered_UDP_packet_is_remembered_for_30_seconds_and_TCP_for_days()
    {
        var source = Closed(out _);
        PacketFate Answer(string protocol) => PacketWorld.At(source, _world.Cloud.Packets.Send(
            new PacketRequest { From = Outside, To = source, Protocol = protocol, SourcePort = 5000, DestinationPort = 40000 }));
        foreach (var protocol in (string[])["udp", "tcp"])
        {
            _world.Cloud.Packets.Send(
                new PacketRequest { From = source, To = Outside, Protocol = protocol, SourcePort = 40000, DestinationPort = 5000 });
        }

        _world.World.Pass(31);
        Assert.Equal(PacketFateKind.NotLetIn, Answer("udp").Kind);
        _world.World.Pass(400_000);
        Assert.Equal(PacketFateKind.Mirrored, Answer("tcp").Kind);
    }

    [Fact]
    public void What_the_network_ACL_denies_is_not_mirrored_and_the_lowest_entry_decides()
    {
        _world.Mirror();
        var acl = _world.Ec2.Networks.DescribeNetworkAcls(Query.All).Items[0].Id;
        _world.Ec2.NetworkAcls.AddEntry(acl, new(50, "6", false, false, "198.51.100.0/24", (443, 443)));

        var fate = _world.Send(Outside, _world.Web);
        Assert.Equal(PacketFateKind.NotLetIn, fate.Kind);
        Assert.Contains($"entry 50 of network ACL {acl} denies it", fate.Because, StringComparison.Ordinal);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(Outside, _world.Web, 80).Kind);

        _world.Ec2.NetworkAcls.AddEntry(acl, new(40, "-1", true, false, "198.51.100.7/32"));
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(Outside, _world.Web).Kind);
    }

    [Fact]
    public void An_ACL_guards_the_edge_of_the_subnet_only_and_an_outgoing_packet_is_mirrored_before_it()
    {
        _world.Mirror();
        var acl = _world.Ec2.Networks.DescribeNetworkAcls(Query.All).Items[0].Id;
        _world.Ec2.Networks.SetAclEntries(acl, []);

        Assert.Equal(PacketFateKind.NotLetIn, _world.Send(Outside, _world.Web).Kind);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Sensor, _world.Web).Kind);
        var fates = _world.Cloud.Packets.Send(new PacketRequest { From = _world.Web, To = _world.Database, DestinationPort = 443 });
        Assert.Equal([PacketFateKind.Mirrored, PacketFateKind.NotArrived], fates.Select(fate => fate.Kind));
    }

    [Fact]
    public void An_outgoing_packet_is_mirrored_whatever_the_outbound_rules_and_then_does_not_arrive()
    {
        _world.Mirror();
        _world.Ec2.SecurityGroups.Revoke(_world.Group.Id, [Permission.Everywhere], egress: true);

        var fates = _world.Cloud.Packets.Send(new PacketRequest { From = _world.Web, To = _world.Database, DestinationPort = 443 });

        Assert.Equal([PacketFateKind.Mirrored, PacketFateKind.NotArrived], fates.Select(fate => fate.Kind));
        Assert.Equal($"no security group of {_world.Web} allows it out", fates[1].Because);
    }

    [Fact]
    public void A_packet_to_another_VPC_takes_a_peering_connection_and_a_route()
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16");
        var other = _world.Interface(subnet: subnet.Id, groups: [group.Id]);
        var vpc = _world.Ec2.Networks.DefaultVpc.Id;
        var packet = new PacketRequest { From = _world.Web, To = other, DestinationPort = 443 };
        Assert.Equal(PacketFateKind.NotArrived, PacketWorld.At(other, _world.Cloud.Packets.Send(packet)).Kind);

        var connection = _world.Ec2.PeeringConnections.Create(vpc, subnet.VpcId);
        _world.Ec2.PeeringConnections.Accept(connection.Id);
        Assert.Equal(PacketFateKind.NotArrived, PacketWorld.At(other, _world.Cloud.Packets.Send(packet)).Kind);
        var table = _world.Ec2.RouteTables.Describe(Query.All).Items.Single(each => each.VpcId == vpc);
        _world.Ec2.RouteTables.CreateRoute(table.Id, new("10.9.0.0/16", RouteTarget.VpcPeeringConnection, connection.Id));
        Assert.Equal(PacketFateKind.NoSession, PacketWorld.At(other, _world.Cloud.Packets.Send(packet)).Kind);

        _world.Ec2.PeeringConnections.Delete(connection.Id);
        Assert.Equal(PacketFateKind.NotArrived, PacketWorld.At(other, _world.Cloud.Packets.Send(packet)).Kind);
    }

    [Fact]
    public void A_packet_for_a_public_address_enters_the_interface_with_its_private_one()
    {
        _world.Mirror();
        var address = _world.Ec2.NetworkInterfaces.Table.Find(_world.Web)!.PublicIp!;

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(Outside, address).Kind);
        var frame = EthernetFrame.Read(LastCopy());
        Assert.Equal(_world.AddressOf(_world.Web), IpPacket.Read(frame.Payload).Destination.ToString());
    }

    [Fact]
    public void Packets_longer_than_the_MTU_are_none()
    {
        _world.Mirror();
        _world.Ec2.NetworkInterfaces.SetMtu(_world.Web, 1500);

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside, payload: 1460).Kind);
        Assert.Equal(PacketFateKind.TooLong, _world.Send(_world.Web, Outside, payload: 1461).Kind);
        Assert.Equal(PacketFateKind.TooLong, _world.Send(Outside, _world.Web, payload: 1461).Kind);
    }

    [Fact]
    public void A_foreign_source_address_leaves_the_interface_mirrored_and_gets_no_further_while_the_check_is_on()
    {
        _world.Mirror();
        ReadOnlyMemory<byte> spoofed = PacketBuilder.Ip(
            System.Net.IPAddress.Parse("203.0.113.1"), System.Net.IPAddress.Parse(_world.AddressOf(_world.Database)), 17,
            PacketBuilder.Udp(System.Net.IPAddress.Loopback, System.Net.IPAddress.Loopback, 1, 2, [])).Bytes;
        var frame = Frame(_world.Web, _world.Database, spoofed);

        Assert.Equal([PacketFateKind.Mirrored, PacketFateKind.NotArrived], Kinds(frame));
        _world.Ec2.NetworkInterfaces.Modify(_world.Web, sourceDestCheck: false);
        Assert.Equal([PacketFateKind.Mirrored, PacketFateKind.NoSession], Kinds(frame));
    }

    private IEnumerable<PacketFateKind> Kinds(ReadOnlyMemory<byte> frame) =>
        _world.Cloud.Packets.Send([frame], haveEthernetHeaders: true).Select(fate => fate.Kind);

    private ReadOnlyMemory<byte> Frame(string from, string to, ReadOnlyMemory<byte> packet)
    {
        string Mac(string id) => _world.Ec2.NetworkInterfaces.Table.Find(id)!.MacAddress;
        return EthernetFrame.Of(IpPacket.Read(packet), Mac(from), Mac(to)).Bytes;
    }

    private byte[] LastCopy() => _world.Cloud.Packets.Capture(_world.Target.Id)[(24 + 16 + 14 + 20 + 8 + 8)..];

    /// <summary>A mirrored interface whose group lets nothing in.</summary>
    private string Closed(out string group)
    {
        group = _world.Ec2.SecurityGroups.Create("closed", "nothing in").Id;
        var source = _world.Interface(groups: [group]);
        _world.Mirror(source: source);
        return source;
    }

    private PacketFate Enter(string source, string from, int port) => PacketWorld.At(
        source, _world.Cloud.Packets.Send(new PacketRequest { From = from, To = source, DestinationPort = port }));
}
