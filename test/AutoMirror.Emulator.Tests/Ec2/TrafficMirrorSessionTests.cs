using AutoMirror.Emulator.Ec2.Mirroring;

namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class TrafficMirrorSessionTests
{
    private readonly World _world = new();

    [Fact]
    public void A_session_number_is_taken_once_on_an_interface()
    {
        var (source, target) = (_world.Source(), _world.LoadBalancer());
        _world.Ec2.Sessions.Create(_world.Session(source, target, 7));

        Assert.Contains("already being used",
            Assert.Throws<AwsException>(() => _world.Ec2.Sessions.Create(_world.Session(source, target, 7)))
                .Message, StringComparison.Ordinal);
        _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target, 7));
    }

    [Theory]
    [InlineData(0, null, null)]
    [InlineData(32767, null, null)]
    [InlineData(1, 0, null)]
    [InlineData(1, 8501, null)]
    [InlineData(1, null, 1 << 24)]
    public void Numbers_out_of_range_are_refused(int number, int? packetLength, int? networkId)
    {
        var request = _world.Session(
            _world.Source(), _world.LoadBalancer(), number) with
        { PacketLength = packetLength, VirtualNetworkId = networkId };

        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Sessions.Create(request)));
    }

    [Fact]
    public void Whole_packets_are_8500_bytes_to_a_load_balancer_and_have_no_length_to_an_interface()
    {
        var source = _world.Source();

        Assert.Equal(8500, _world.Ec2.Sessions.Create(_world.Session(source, _world.LoadBalancer())).PacketLength);
        Assert.Null(_world.Ec2.Sessions.Create(_world.Session(source, _world.SensorOn("m5.large"), 2)).PacketLength);
    }

    [Fact]
    public void A_network_id_is_chosen_where_none_is_given_and_differs_between_sessions()
    {
        var target = _world.LoadBalancer();
        var ids = Enumerable.Range(0, 50).Select(_ => _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target)).VirtualNetworkId)
            .ToList();

        Assert.Equal(50, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id, 1, (1 << 24) - 1));
    }

    [Fact]
    public void Removed_fields_go_back_to_their_defaults()
    {
        var session = Particular();

        var modified = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest(), "packet-length", "description", "virtual-network-id");

        Assert.Null(modified.PacketLength);
        Assert.Null(modified.Description);
        Assert.NotEqual(5, modified.VirtualNetworkId);
    }

    /// <summary>"For sessions with Network Load Balancer (NLB) … targets the default PacketLength will be set to 8500."</summary>
    [Theory]
    [InlineData("load balancer", 8500)]
    [InlineData("endpoint", null)]
    [InlineData("interface", null)]
    public void A_removed_packet_length_becomes_the_default_of_the_target(string kind, int? expected)
    {
        var session = Particular();
        var target = kind switch
        {
            "load balancer" => _world.LoadBalancer(),
            "endpoint" => _world.Ec2.Targets.Create(gatewayLoadBalancerEndpointId: "vpce-0123456789abcdef0"),
            _ => _world.SensorOn("m5.xlarge"),
        };

        var moved = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { TargetId = target.Id }, "packet-length");
        var again = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { PacketLength = 64 });
        var reset = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest(), "packet-length");

        Assert.Equal((expected, 64, expected), (moved.PacketLength, again.PacketLength, reset.PacketLength));
    }

    /// <summary>"If you do not specify a VirtualNetworkId, an account-wide unique ID is chosen at random": the default again.</summary>
    [Fact]
    public void A_removed_network_id_becomes_a_new_one_that_no_session_has()
    {
        var session = Particular();
        HashSet<int> seen = [session.VirtualNetworkId];

        for (var i = 0; i < 20; i++)
            Assert.True(seen.Add(_world.Ec2.Sessions.Modify(session.Id, new SessionRequest(), "virtual-network-id").VirtualNetworkId));

        Assert.All(seen, id => Assert.InRange(id, 1, (1 << 24) - 1));
    }

    [Fact]
    public void A_field_that_is_removed_and_set_at_once_is_set()
    {
        var wanted = new SessionRequest { PacketLength = 64, VirtualNetworkId = 77, Description = "y" };

        var modified = _world.Ec2.Sessions.Modify(Particular().Id, wanted, "packet-length", "description", "virtual-network-id");

        Assert.Equal((64, 77, "y"), (modified.PacketLength, modified.VirtualNetworkId, modified.Description));
    }

    [Fact]
    public void Only_three_fields_can_be_removed() => Assert.Equal(
        "InvalidParameterValue", World.CodeOf(() => _world.Ec2.Sessions.Modify(Particular().Id, new SessionRequest(), "session-number")));

    [Fact]
    public void What_a_modification_does_not_name_stays()
    {
        var session = Particular();

        var modified = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { SessionNumber = 9 });

        Assert.Equal(session with { SessionNumber = 9 }, modified);
    }

    [Fact]
    public void Filters_and_targets_in_use_cannot_be_deleted()
    {
        var target = _world.LoadBalancer();
        var session = _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target));

        Assert.Equal($"Cannot delete {target.Id}. Target is in use by {session.Id}",
            Assert.Throws<AwsException>(() => _world.Ec2.Targets.Delete(target.Id)).Message);
        Assert.Equal("TrafficMirrorFilterInUse", World.CodeOf(() => _world.Ec2.Filters.Delete(session.FilterId)));
    }

    [Fact]
    public void Each_kind_of_unknown_id_has_its_own_error()
    {
        var (source, target) = (_world.Source(), _world.LoadBalancer());
        var good = _world.Session(source, target);

        Assert.Equal("InvalidNetworkInterfaceID.NotFound",
            World.CodeOf(() => _world.Ec2.Sessions.Create(good with { NetworkInterfaceId = "eni-0123456789abcdef0" })));
        Assert.Equal("InvalidTrafficMirrorTargetId.NotFound",
            World.CodeOf(() => _world.Ec2.Sessions.Create(good with { TargetId = "tmt-0123456789abcdef0" })));
        Assert.Equal("InvalidTrafficMirrorFilterId.NotFound",
            World.CodeOf(() => _world.Ec2.Sessions.Create(good with { FilterId = "tmf-0123456789abcdef0" })));
        Assert.Equal("InvalidTrafficMirrorSessionId.NotFound", World.CodeOf(() => _world.Ec2.Sessions.Delete("tms-0123456789abcdef0")));
    }

    private TrafficMirrorSession Particular() => _world.Ec2.Sessions.Create(
        _world.Session(_world.Source(), _world.SensorOn("m5.large")) with
        {
            PacketLength = 100,
            Description = "x",
            VirtualNetworkId = 5,
        });
}
