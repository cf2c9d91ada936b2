using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>What a copy meets on its way, and where it gets lost.</summary>
public sealed class PathTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Fact]
    public void The_sensors_group_has_to_let_UDP_4789_in_from_the_source()
    {
        var group = _world.Ec2.SecurityGroups.Create("sensor", "copies");
        MirrorTo(_world.Interface(groups: [group.Id]));
        var lost = _world.Send(_world.Web, Outside);
        Assert.Equal(PacketFateKind.CopyLost, lost.Kind);
        Assert.Contains("allows UDP 4789 from", lost.Because, StringComparison.Ordinal);

        _world.Ec2.SecurityGroups.Authorize(group.Id, [new("udp", 4789, 4789, null, GroupId: _world.Group.Id)]);

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
    }

    [Fact]
    public void Copies_pass_the_ACLs_of_both_subnets_and_none_within_one()
    {
        var far = _world.Ec2.Targets.Create(networkInterfaceId: _world.Interface(1));
        _world.Mirror(target: far, number: 1, virtualNetworkId: 1);
        _world.Mirror(source: _world.Database, target: _world.Target, virtualNetworkId: 2);
        var acl = _world.Ec2.NetworkAcls.Create(_world.Ec2.Networks.DefaultVpc.Id);
        var own = _world.Ec2.Networks.DescribeNetworkAcls(Query.All).Items.Single(each => each.IsDefault);
        var association = own.SubnetsByAssociation.Single(pair => pair.Value == _world.SubnetOf(1)).Key;
        _world.Ec2.NetworkAcls.ReplaceAssociation(association, acl.Id);

        Assert.Contains($"of network ACL {acl.Id} denies it into", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);

        _world.Ec2.NetworkAcls.AddEntry(acl.Id, new(1, "17", true, false, "0.0.0.0/0", (4789, 4789)));
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
        var back = PacketWorld.At(_world.Database, _world.Cloud.Packets.Send(
            new PacketRequest { From = _world.Database, To = Outside, DestinationPort = 443 }));
        Assert.Contains("denies it out of", back.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sensor_in_another_VPC_takes_a_route_from_the_sources_subnet()
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16");
        MirrorTo(_world.Interface(subnet: subnet.Id, groups: [group.Id]));
        Assert.Contains("no route of rtb-", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);

        var table = _world.Ec2.RouteTables.Describe(Query.All).Items.Single(each => each.VpcId != subnet.VpcId);
        var connection = _world.Ec2.PeeringConnections.Create(table.VpcId, subnet.VpcId);
        _world.Ec2.RouteTables.CreateRoute(table.Id, new("10.9.0.0/16", RouteTarget.VpcPeeringConnection, connection.Id));
        Assert.Equal(PacketFateKind.CopyLost, _world.Send(_world.Web, Outside).Kind);
        _world.Ec2.PeeringConnections.Accept(connection.Id);

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
        _world.Ec2.RouteTables.ReplaceRoute(table.Id, new("10.9.0.0/16", RouteTarget.TransitGateway, "tgw-0123456789abcdef0"));
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
        _world.Ec2.RouteTables.ReplaceRoute(table.Id, new("10.9.0.0/16", RouteTarget.Gateway, "igw-0123456789abcdef0"));
        Assert.Contains("leads to igw-0123456789abcdef0", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_sensor_gets_nothing_and_a_deleted_one_stops_mirroring()
    {
        var sensor = _world.Ec2.NetworkInterfaces.Create(new() { SubnetId = _world.SubnetOf(0), GroupIds = [_world.Group.Id] });
        MirrorTo(sensor.Id);
        Assert.Equal($"no instance that runs has {sensor.Id}", _world.Send(_world.Web, Outside).Because);

        _world.Ec2.NetworkInterfaces.Delete(sensor.Id);

        var fate = _world.Send(_world.Web, Outside);
        Assert.Equal((PacketFateKind.CopyLost, $"the target's interface {sensor.Id} was deleted"), (fate.Kind, fate.Because));
    }

    [Fact]
    public void A_session_keeps_what_it_accepts_even_where_its_copies_get_nowhere()
    {
        var sensor = _world.Ec2.NetworkInterfaces.Create(new() { SubnetId = _world.SubnetOf(0) });
        _world.Mirror(target: _world.Ec2.Targets.Create(networkInterfaceId: sensor.Id), number: 1, virtualNetworkId: 1);
        _world.Mirror(number: 2, virtualNetworkId: 2);

        Assert.Equal(PacketFateKind.CopyLost, _world.Send(_world.Web, Outside).Kind);
    }

    [Fact]
    public void The_outer_headers_are_as_the_guide_has_them()
    {
        _world.Mirror(virtualNetworkId: 0x123456);
        _world.Send(_world.Web, Outside);
        _world.Send(_world.Web, Outside, 80);
        _world.Send(_world.Web, Outside);

        var frames = _world.CapturedFrames(_world.Target.Id);
        var outer = frames.Select(frame => IpPacket.Read(frame.Payload)).ToList();
        Assert.All(outer, packet => Assert.Equal(
            (_world.AddressOf(_world.Web), _world.AddressOf(_world.Sensor), 4789),
            (packet.Source.ToString(), packet.Destination.ToString(), packet.DestinationPort)));
        Assert.All(outer, packet => Assert.Equal("0800000012345600", Convert.ToHexString(packet.Bytes.Span[28..36])));

        // A port for each flow.
        Assert.Equal(outer[0].SourcePort, outer[2].SourcePort);
        Assert.NotEqual(outer[0].SourcePort, outer[1].SourcePort);
        Assert.All(outer, packet => Assert.InRange(packet.SourcePort!.Value, 49152, 65535));
        string Mac(string id) => _world.Ec2.NetworkInterfaces.Table.Find(id)!.MacAddress;
        Assert.All(frames, frame => Assert.Equal((Mac(_world.Web), Mac(_world.Sensor)), (frame.SourceMac, frame.DestinationMac)));
    }

    private void MirrorTo(string sensor) => _world.Mirror(target: _world.Ec2.Targets.Create(networkInterfaceId: sensor));
}
