using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>What a copy meets on its way through a load balancer or its endpoint, and where it gets lost.</summary>
public sealed class LoadBalancerPathTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Fact]
    public void A_Network_Load_Balancer_needs_a_UDP_listener_on_4789_and_a_healthy_member()
    {
        var member = _world.Interface();
        var (balancer, group) = Balancer(null, member);
        _world.Mirror(target: _world.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id));
        Assert.Equal($"{balancer.Name} has no listener for UDP 4789", _world.Send(_world.Web, Outside).Because);

        _world.Cloud.LoadBalancing.CreateListener(balancer.Id, group.Id, "TCP", 4789);
        Assert.Equal(PacketFateKind.CopyLost, _world.Send(_world.Web, Outside).Kind);
        _world.Cloud.LoadBalancing.DeleteListener(_world.Cloud.LoadBalancing.ListenersOf(balancer.Id)[0].Id);
        _world.Cloud.LoadBalancing.CreateListener(balancer.Id, group.Id, "UDP", 4789);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);

        _world.Cloud.LoadBalancing.TargetGroups.SetHealth(group.Id, _world.InstanceOf(member), "unhealthy");
        Assert.Contains("is healthy", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_in_other_zones_get_copies_with_cross_zone_balancing_only()
    {
        var (balancer, group) = Balancer(null, _world.Interface(1));
        _world.Cloud.LoadBalancing.CreateListener(balancer.Id, group.Id, "UDP", 4789);
        _world.Mirror(target: _world.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id));
        Assert.Equal(PacketFateKind.CopyLost, _world.Send(_world.Web, Outside).Kind);

        _world.Cloud.LoadBalancing.SetAttributes(
            balancer.Id, new Dictionary<string, string> { ["load_balancing.cross_zone.enabled"] = "true" });

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
    }

    [Fact]
    public void A_members_group_has_to_allow_the_source_since_its_address_is_kept_or_the_load_balancers_group()
    {
        var groups = _world.Ec2.SecurityGroups;
        var (ofMember, ofBalancer) = (groups.Create("member", "copies"), groups.Create("balancer", "copies"));
        var (balancer, group) = Balancer(ofBalancer.Id, _world.Interface(groups: [ofMember.Id]));
        _world.Cloud.LoadBalancing.CreateListener(balancer.Id, group.Id, "UDP", 4789);
        _world.Mirror(target: _world.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id));
        Assert.Contains($"no security group of {balancer.Name}", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);

        groups.Authorize(ofBalancer.Id, [new("udp", 4789, 4789, "172.31.0.0/16")]);
        Assert.Contains("no security group of eni-", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);
        groups.Authorize(ofMember.Id, [new("udp", 4789, 4789, null, GroupId: ofBalancer.Id)]);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
        groups.Revoke(ofMember.Id, [new("udp", 4789, 4789, null, GroupId: ofBalancer.Id)]);
        groups.Authorize(ofMember.Id, [new("udp", 4789, 4789, $"{_world.AddressOf(_world.Web)}/32")]);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
    }

    [Fact]
    public void A_flow_stays_with_its_member_and_flows_spread_over_all()
    {
        string[] members = [.. Enumerable.Range(0, 4).Select(_ => _world.Interface())];
        var (balancer, group) = Balancer(null, members);
        _world.Cloud.LoadBalancing.CreateListener(balancer.Id, group.Id, "UDP", 4789);
        var target = _world.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id);
        _world.Mirror(target: target);
        for (var i = 0; i < 64; i++)
        {
            _world.Send(_world.Web, Outside, 1000 + i);
            _world.Send(_world.Web, Outside, 1000 + i);
        }

        var outer = _world.CapturedFrames(target.Id).Select(frame => IpPacket.Read(frame.Payload)).ToList();
        Assert.All(outer, packet => Assert.Equal(_world.AddressOf(_world.Web), packet.Source.ToString()));
        Assert.All(outer.Chunk(2), pair => Assert.Equal(pair[0].Destination, pair[1].Destination));
        Assert.Equal(members.Select(_world.AddressOf).Order(), outer.Select(packet => packet.Destination.ToString()).Distinct().Order());
    }

    [Fact]
    public void A_deleted_load_balancer_stops_mirroring_and_one_that_was_never_here_is_taken_to_work()
    {
        var (balancer, _) = Balancer(null);
        var target = _world.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id);
        var session = _world.Mirror(target: target);
        _world.Cloud.LoadBalancing.DeleteLoadBalancer(balancer.Id);
        Assert.Contains("was deleted", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);

        _world.Ec2.Sessions.Modify(session.Id, new() { TargetId = _world.World.LoadBalancer().Id });

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);
    }

    [Fact]
    public void A_zone_that_the_load_balancer_got_after_the_target_was_made_gets_no_copies()
    {
        var member = _world.Interface(1);
        var (balancer, group) = Balancer(null, member);
        _world.Cloud.LoadBalancing.CreateListener(balancer.Id, group.Id, "UDP", 4789);
        var target = _world.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id);
        _world.Mirror(source: _world.Database, target: target);
        Assert.Equal(PacketFateKind.Mirrored, FromDatabase().Kind);

        // As if the node in the second zone were newer than the target.
        _world.Ec2.Targets.Table.Put(target with { Nodes = [balancer.Nodes[0].NetworkInterfaceId] });

        Assert.Equal(PacketFateKind.CopyLost, FromDatabase().Kind);
    }

    [Fact]
    public void A_Gateway_Load_Balancer_endpoint_brings_copies_to_appliances_in_GENEVE()
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16");
        var appliance = _world.Interface(subnet: subnet.Id, groups: [group.Id]);
        var balancing = _world.Cloud.LoadBalancing;
        var balancer = balancing.CreateLoadBalancer("appliances", "gateway", [subnet.Id]);
        var members = balancing.TargetGroups.Create("appliances", "GENEVE", 6081, subnet.VpcId);
        balancing.TargetGroups.Register(members.Id, new RegisteredTarget(_world.InstanceOf(appliance)));
        var service = _world.Ec2.VpcEndpoints.CreateService([balancer.Id]);
        var endpoint = _world.Ec2.VpcEndpoints.Create(_world.Ec2.Networks.DefaultVpc.Id, service.Name, _world.SubnetOf(0));
        var target = _world.Ec2.Targets.Create(gatewayLoadBalancerEndpointId: endpoint.Id);
        _world.Mirror(target: target);
        Assert.Equal($"the endpoint {endpoint.Id} is pendingAcceptance", _world.Send(_world.Web, Outside).Because);

        _world.Ec2.VpcEndpoints.Accept(service.Id, endpoint.Id);
        Assert.Equal("appliances has no listener", _world.Send(_world.Web, Outside).Because);
        balancing.CreateListener(balancer.Id, members.Id);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);

        var outer = IpPacket.Read(Assert.Single(_world.CapturedFrames(target.Id)).Payload);
        Assert.Equal((_world.AddressOf(appliance), 6081), (outer.Destination.ToString(), outer.DestinationPort));
        var inner = IpPacket.Read(outer.Bytes[(20 + 8 + 8 + 32)..]);
        Assert.Equal(_world.AddressOf(_world.Web), inner.Source.ToString());
        Assert.Equal(4789, inner.DestinationPort);

        _world.Ec2.VpcEndpoints.Delete(endpoint.Id);
        Assert.Contains("was deleted", _world.Send(_world.Web, Outside).Because, StringComparison.Ordinal);
    }

    private PacketFate FromDatabase() => PacketWorld.At(_world.Database, _world.Cloud.Packets.Send(
        new PacketRequest { From = _world.Database, To = Outside, DestinationPort = 443 }));

    private (LoadBalancer Balancer, TargetGroup Group) Balancer(string? securityGroup, params string[] members)
    {
        var balancing = _world.Cloud.LoadBalancing;
        var balancer = balancing.CreateLoadBalancer(
            "sensors", "network", [_world.SubnetOf(0), _world.SubnetOf(1)], securityGroup is null ? null : [securityGroup], "internal");
        var group = balancing.TargetGroups.Create("sensors", "UDP", 4789, balancer.VpcId);
        balancing.TargetGroups.Register(group.Id, [.. members.Select(member => new RegisteredTarget(_world.InstanceOf(member)))]);
        return (balancer, group);
    }
}
