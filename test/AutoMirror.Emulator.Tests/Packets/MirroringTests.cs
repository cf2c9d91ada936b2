using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Packets;

namespace AutoMirror.Emulator.Tests.Packets;

public sealed class MirroringTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Fact]
    public void A_packet_that_leaves_is_mirrored_to_the_sessions_target()
    {
        var session = _world.Mirror();

        var fate = _world.Send(_world.Web, Outside);

        Assert.Equal(("egress", PacketFateKind.Mirrored, 1, 154L), (fate.Direction, fate.Kind, fate.Count, fate.Bytes));
        Assert.Equal((session.Id, _world.Target.Id, 7), (fate.SessionId, fate.TargetId, fate.VirtualNetworkId));
        Assert.Equal(1, _world.Cloud.Packets.Ledger.Delivered(_world.Target.Id));
    }

    [Fact]
    public void A_packet_between_two_interfaces_leaves_one_and_enters_the_other()
    {
        _world.Mirror();
        _world.Mirror(source: _world.Database, virtualNetworkId: 8);

        var fates = _world.Cloud.Packets.Send(
            new PacketRequest { From = _world.Web, To = _world.Database, DestinationPort = 5432, Count = 3 });

        Assert.Equal(
            [(_world.Web, "egress", PacketFateKind.Mirrored, 3, 7), (_world.Database, "ingress", PacketFateKind.Mirrored, 3, 8)],
            fates.Select(fate => (fate.NetworkInterfaceId, fate.Direction, fate.Kind, fate.Count, fate.VirtualNetworkId!.Value)));
    }

    [Fact]
    public void Without_a_session_nothing_is_mirrored() =>
        Assert.Equal(PacketFateKind.NoSession, _world.Send(_world.Web, Outside).Kind);

    [Fact]
    public void A_filter_without_rules_mirrors_nothing()
    {
        _world.Mirror(_world.Filter());

        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(_world.Web, Outside).Kind);
    }

    [Fact]
    public void Without_outbound_rules_no_outbound_packet_is_mirrored()
    {
        _world.Mirror(_world.Filter("in 1 accept all 0.0.0.0/0 0.0.0.0/0"));

        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(_world.Web, Outside).Kind);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(Outside, _world.Web).Kind);
    }

    /// <summary>The guide's two examples of filters, and the edges of what a rule can say.</summary>
    [Theory]
    [InlineData("in 10 reject tcp 198.51.100.0/24 0.0.0.0/0 22; in 20 accept tcp 0.0.0.0/0 0.0.0.0/0", "tcp", 22, false)]
    [InlineData("in 10 reject tcp 198.51.100.0/24 0.0.0.0/0 22; in 20 accept tcp 0.0.0.0/0 0.0.0.0/0", "tcp", 443, true)]
    [InlineData("in 20 reject tcp 198.51.100.0/24 0.0.0.0/0 22; in 10 accept tcp 0.0.0.0/0 0.0.0.0/0", "tcp", 22, true)]
    [InlineData("in 10 accept tcp 0.0.0.0/0 0.0.0.0/0 443; in 20 accept tcp ::/0 ::/0 443", "tcp", 443, true)]
    [InlineData("in 10 accept tcp ::/0 ::/0 443", "tcp", 443, false)]
    [InlineData("in 10 accept tcp 0.0.0.0/0 0.0.0.0/0", "udp", 443, false)]
    [InlineData("in 10 accept 17 0.0.0.0/0 0.0.0.0/0", "udp", 443, true)]
    [InlineData("in 10 accept tcp 0.0.0.0/0 0.0.0.0/0 442-444", "tcp", 443, true)]
    [InlineData("in 10 accept tcp 0.0.0.0/0 0.0.0.0/0 444-500", "tcp", 443, false)]
    [InlineData("in 10 accept tcp 0.0.0.0/0 0.0.0.0/0 443-443", "tcp", 443, true)]
    [InlineData("in 10 accept tcp 203.0.113.0/24 0.0.0.0/0", "tcp", 443, false)]
    [InlineData("in 10 accept tcp 198.51.100.7/32 172.31.0.0/16", "tcp", 443, true)]
    [InlineData("in 10 accept tcp 198.51.100.7/32 10.0.0.0/8", "tcp", 443, false)]
    [InlineData("out 10 accept all 0.0.0.0/0 0.0.0.0/0", "tcp", 443, false)]
    public void The_first_rule_of_the_direction_that_matches_decides(string rules, string protocol, int port, bool isMirrored)
    {
        _world.Mirror(_world.Filter(rules.Split("; ")));

        var fate = _world.Send(Outside, _world.Web, port, protocol: protocol);

        Assert.Equal(isMirrored ? PacketFateKind.Mirrored : PacketFateKind.NotAccepted, fate.Kind);
    }

    [Fact]
    public void The_fate_names_the_rule_that_decided()
    {
        var filter = _world.Filter("in 10 reject tcp 0.0.0.0/0 0.0.0.0/0 22", "in 20 accept tcp 0.0.0.0/0 0.0.0.0/0");
        _world.Mirror(filter);

        var accepted = _world.Send(Outside, _world.Web);
        Assert.Equal($"ingress rule 20 of {filter.Id} accepts it", accepted.Because);
        Assert.Equal(_world.Ec2.Filters.RulesOf(filter.Id, "ingress")[1].Id, accepted.FilterRuleId);
        Assert.Equal($"ingress rule 10 of {filter.Id} rejects it", _world.Send(Outside, _world.Web, 22).Because);
        Assert.Equal($"no ingress rule of {filter.Id} matches it", _world.Send(Outside, _world.Web, protocol: "udp").Because);
    }

    [Fact]
    public void The_lowest_number_whose_filter_accepts_takes_the_packet_and_nobody_else()
    {
        var web = _world.Mirror(_world.Filter("in 1 accept tcp 0.0.0.0/0 0.0.0.0/0 443"), number: 1, virtualNetworkId: 1);
        var all = _world.Mirror(number: 2, virtualNetworkId: 2);
        _world.Mirror(number: 3, virtualNetworkId: 3);

        Assert.Equal(web.Id, _world.Send(Outside, _world.Web).SessionId);
        Assert.Equal(all.Id, _world.Send(Outside, _world.Web, 80).SessionId);
        Assert.Equal(2, _world.Cloud.Packets.Ledger.Delivered());
    }

    [Fact]
    public void Numbers_decide_not_the_order_in_which_sessions_were_made()
    {
        _world.Mirror(number: 30_000, virtualNetworkId: 1);
        var first = _world.Mirror(number: 2, virtualNetworkId: 2);

        Assert.Equal(first.Id, _world.Send(Outside, _world.Web).SessionId);
    }

    [Fact]
    public void A_rejecting_filter_leaves_the_packet_to_the_next_session()
    {
        _world.Mirror(_world.Filter("in 1 reject all 0.0.0.0/0 0.0.0.0/0"), number: 1, virtualNetworkId: 1);
        var second = _world.Mirror(number: 2, virtualNetworkId: 2);

        Assert.Equal(second.Id, _world.Send(Outside, _world.Web).SessionId);
    }

    [Fact]
    public void A_fragment_after_the_first_has_no_ports_and_matches_no_rule_that_asks_for_them()
    {
        _world.Mirror(_world.Filter("in 1 accept tcp 0.0.0.0/0 0.0.0.0/0 443"), number: 1, virtualNetworkId: 1);
        var all = _world.Mirror(_world.Filter("in 1 accept tcp 0.0.0.0/0 0.0.0.0/0"), number: 2, virtualNetworkId: 2);
        var fragment = new PacketRequest { From = Outside, To = _world.Web, PayloadBytes = 80, FragmentOffset = 1480 };

        Assert.Equal(all.Id, PacketWorld.At(_world.Web, _world.Cloud.Packets.Send(fragment)).SessionId);
    }

    [Fact]
    public void Other_protocols_have_no_ports_either()
    {
        _world.Mirror(_world.Filter("in 1 accept all 0.0.0.0/0 0.0.0.0/0 443", "in 2 accept icmp 0.0.0.0/0 0.0.0.0/0"));

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(Outside, _world.Web, protocol: "icmp").Kind);
        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(Outside, _world.Web, protocol: "50").Kind);
    }

    [Fact]
    public void IPv6_needs_rules_of_its_own()
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16", ipv6: true);
        var source = _world.Interface(subnet: subnet.Id, groups: [group.Id], ipv6: true);
        var target = _world.Ec2.Targets.Create(networkInterfaceId: _world.Interface(subnet: subnet.Id, groups: [group.Id]));
        var filter = _world.Filter("in 1 accept all 0.0.0.0/0 0.0.0.0/0");
        _world.Mirror(filter, target, source: source);
        var packet = new PacketRequest { From = "2001:db8::9", To = source, Protocol = "udp", DestinationPort = 443 };

        Assert.Equal(PacketFateKind.NotAccepted, PacketWorld.At(source, _world.Cloud.Packets.Send(packet)).Kind);

        _world.Ec2.Filters.CreateRule(filter.Id, "ingress", 2, "accept", "::/0", "::/0");
        Assert.Equal(PacketFateKind.Mirrored, PacketWorld.At(source, _world.Cloud.Packets.Send(packet)).Kind);
    }

    [Fact]
    public void A_modified_session_mirrors_as_it_is_now()
    {
        var session = _world.Mirror();
        _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { FilterId = _world.Filter().Id });
        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(_world.Web, Outside).Kind);

        _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { FilterId = _world.Everything().Id, VirtualNetworkId = 99 });

        Assert.Equal(99, _world.Send(_world.Web, Outside).VirtualNetworkId);
    }

    [Fact]
    public void What_is_on_nothing_that_runs_sends_nothing_and_gets_nothing()
    {
        _world.Mirror();
        _world.Ec2.Instances.Stop(_world.InstanceOf(_world.Web));
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, Outside).Kind);

        _world.World.Pass(5);

        Assert.Equal(PacketFateKind.NoTraffic, _world.Send(_world.Web, Outside).Kind);
        Assert.Equal(PacketFateKind.NoTraffic, _world.Send(Outside, _world.Web).Kind);
    }

    [Fact]
    public void The_same_packets_in_the_same_state_come_to_the_same_end()
    {
        static string Run()
        {
            var world = new PacketWorld();
            world.Mirror();
            for (var i = 0; i < 20; i++)
                world.Send(Outside, world.Web, 400 + i);
            return Convert.ToHexString(world.Cloud.Packets.Capture(world.Target.Id));
        }

        Assert.Equal(Run(), Run());
    }
}
