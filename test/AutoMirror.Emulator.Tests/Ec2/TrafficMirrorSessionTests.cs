using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class TrafficMirrorSessionTests
{
    private readonly World _world = new();

    [Fact]
    public void A_fourth_session_on_an_interface_is_refused()
    {
        var (source, target) = (_world.Source(), _world.LoadBalancer());
        for (var number = 1; number <= 3; number++)
            _world.Ec2.Sessions.Create(_world.Session(source, target, number));

        Assert.Equal("TrafficMirrorSessionsPerInterfaceLimitExceeded",
            World.CodeOf(() => _world.Ec2.Sessions.Create(_world.Session(source, target, 4))));
    }

    [Theory]
    [InlineData("m5.large", 10)]
    [InlineData("m5.16xlarge", 10)]
    [InlineData("m5.24xlarge", 100)]
    [InlineData("c5.18xlarge", 100)]
    public void An_interface_target_takes_as_many_sources_as_its_instance_type_allows(string type, int capacity)
    {
        var target = _world.SensorOn(type);
        for (var i = 0; i < capacity; i++)
            _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target));

        var error = Assert.Throws<AwsException>(() => _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target)));
        Assert.Equal("TrafficMirrorSourcesPerTargetLimitExceeded", error.Code);
        Assert.Equal($"Sources per interface-target limit reached ({capacity + 1})", error.Message);
    }

    [Fact]
    public void A_second_session_of_the_same_source_takes_no_further_place_on_its_target()
    {
        var target = _world.SensorOn("m5.large");
        var source = _world.Source();
        for (var i = 0; i < 9; i++)
            _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target));
        _world.Ec2.Sessions.Create(_world.Session(source, target));

        _world.Ec2.Sessions.Create(_world.Session(source, target, 2));
    }

    [Fact]
    public void A_place_on_a_target_is_free_again_when_its_session_goes()
    {
        var target = _world.SensorOn("m5.large");
        var sessions = Enumerable.Range(0, 10).Select(_ => _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target))).ToList();

        _world.Ec2.Sessions.Delete(sessions[0].Id);

        _world.Ec2.Sessions.Create(_world.Session(_world.Source(), target));
    }

    [Theory]
    [InlineData("m5.large", true)]
    [InlineData("t3.micro", true)]
    [InlineData("m4.large", true)]
    [InlineData("t2.micro", false)]
    [InlineData("m6i.large", false)]
    [InlineData("m7i-flex.large", false)]
    [InlineData("m5.metal", false)]
    [InlineData("i3.metal", false)]
    [InlineData("c3.large", false)]
    public void Whether_an_instance_can_be_mirrored_depends_on_its_type(string type, bool can)
    {
        var source = _world.Source(type);
        var create = () => _world.Ec2.Sessions.Create(_world.Session(source, _world.LoadBalancer()));

        if (can)
            create();
        else
            Assert.Equal($"{source} must be attached to a supported instance", Assert.Throws<AwsException>(() => create()).Message);
    }

    [Fact]
    public void An_interface_on_no_instance_cannot_be_mirrored()
    {
        var loose = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id });

        Assert.Equal("NetworkInterfaceNotSupported",
            World.CodeOf(() => _world.Ec2.Sessions.Create(_world.Session(loose.Id, _world.LoadBalancer()))));
    }

    [Fact]
    public void An_interface_in_an_ipv6_only_subnet_cannot_be_mirrored()
    {
        var vpc = _world.Ec2.Networks.CreateVpc("10.1.0.0/16", ipv6: true);
        var subnet = _world.Ec2.Networks.CreateSubnet(
            vpc.Id, null, ipv6CidrBlock: vpc.Ipv6CidrBlock!.Replace("/56", "/64", StringComparison.Ordinal));
        var source = _world.InterfaceOf(_world.Launch("m5.large", new LaunchInterface { SubnetId = subnet.Id }).Id);

        Assert.Equal("NetworkInterfaceNotSupported",
            World.CodeOf(() => _world.Ec2.Sessions.Create(_world.Session(source, _world.LoadBalancer()))));
    }

    [Theory]
    [InlineData("m6i.large", true)]
    [InlineData("c5.metal", true)]
    [InlineData("c6i.metal", false)]
    [InlineData("t2.micro", false)]
    [InlineData("m8g.large", false)]
    public void The_newest_edition_of_the_guide_can_be_gone_by_instead(string type, bool can)
    {
        var newest = new World(options => options with { CanBeMirrored = MirrorSources.ByInclusion });
        var source = newest.Source(type);
        var create = () => newest.Ec2.Sessions.Create(newest.Session(source, newest.LoadBalancer()));

        if (can)
            create();
        else
            Assert.Equal("NetworkInterfaceNotSupported", World.CodeOf(() => create()));
    }

    [Fact]
    public void An_interface_is_not_a_source_and_a_target_at_the_same_time()
    {
        var (target, source) = (_world.Source(), _world.Source());
        _world.Ec2.Targets.Create(networkInterfaceId: target);
        _world.Ec2.Sessions.Create(_world.Session(source, _world.LoadBalancer()));

        var other = _world.LoadBalancer("b");
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Sessions.Create(_world.Session(target, other))));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.Targets.Create(networkInterfaceId: source)));
    }

    [Fact]
    public void Sessions_outlive_a_detachment()
    {
        var instance = _world.Launch();
        var second = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id });
        var attachment = _world.Ec2.NetworkInterfaces.Attach(second.Id, instance.Id, 1);
        _world.Ec2.Sessions.Create(_world.Session(second.Id, _world.LoadBalancer()));

        _world.Ec2.NetworkInterfaces.Detach(attachment.Id);
        _world.Pass(2);

        Assert.Single(_world.Ec2.Sessions.Describe(Query.All).Items);
    }

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
    public void Whole_packets_are_8500_bytes_to_a_load_balancer_and_unsaid_to_an_interface()
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
        var session = _world.Ec2.Sessions.Create(
            _world.Session(_world.Source(), _world.SensorOn("m5.large")) with { PacketLength = 100, Description = "x", VirtualNetworkId = 5 });

        var modified = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest(), "packet-length", "description", "virtual-network-id");

        Assert.Null(modified.PacketLength);
        Assert.Null(modified.Description);
        Assert.NotEqual(5, modified.VirtualNetworkId);
    }

    [Fact]
    public void What_a_modification_does_not_name_stays()
    {
        var session = _world.Ec2.Sessions.Create(
            _world.Session(_world.Source(), _world.SensorOn("m5.large")) with { PacketLength = 100, Description = "x", VirtualNetworkId = 5 });

        var modified = _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { SessionNumber = 9 });

        Assert.Equal(session with { SessionNumber = 9 }, modified);
    }

    [Fact]
    public void A_session_cannot_move_to_a_full_target()
    {
        var full = _world.SensorOn("m5.large");
        for (var i = 0; i < 10; i++)
            _world.Ec2.Sessions.Create(_world.Session(_world.Source(), full));
        var session = _world.Ec2.Sessions.Create(_world.Session(_world.Source(), _world.LoadBalancer()));

        Assert.Equal("TrafficMirrorSourcesPerTargetLimitExceeded",
            World.CodeOf(() => _world.Ec2.Sessions.Modify(session.Id, new SessionRequest { TargetId = full.Id })));
    }

    [Fact]
    public void Sessions_go_with_the_interface_that_is_their_source()
    {
        var instance = _world.Launch();
        _world.Ec2.Sessions.Create(_world.Session(_world.InterfaceOf(instance.Id), _world.LoadBalancer()));

        _world.Ec2.Instances.Terminate(instance.Id);
        Assert.Single(_world.Ec2.Sessions.Describe(Query.All).Items);
        _world.Pass(2);

        Assert.Empty(_world.Ec2.Sessions.Describe(Query.All).Items);
    }

    [Fact]
    public void Sessions_stay_with_a_stopped_instance()
    {
        var instance = _world.Launch();
        _world.Ec2.Sessions.Create(_world.Session(_world.InterfaceOf(instance.Id), _world.LoadBalancer()));

        _world.Ec2.Instances.Stop(instance.Id);
        _world.Pass(2);

        Assert.Single(_world.Ec2.Sessions.Describe(Query.All).Items);
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
    public void Unknown_ids_are_told_by_their_kind()
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

    [Fact]
    public void The_account_has_a_limit_of_sessions()
    {
        var small = new World(options => options with { Quotas = new Quotas { SessionsPerAccount = 2 } });
        var target = small.LoadBalancer();
        small.Ec2.Sessions.Create(small.Session(small.Source(), target));
        small.Ec2.Sessions.Create(small.Session(small.Source(), target));

        Assert.Equal("TrafficMirrorSessionLimitExceeded",
            World.CodeOf(() => small.Ec2.Sessions.Create(small.Session(small.Source(), target))));
    }
}
