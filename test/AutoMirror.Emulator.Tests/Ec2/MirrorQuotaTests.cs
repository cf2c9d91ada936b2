using AutoMirror.Emulator.Ec2.Mirroring;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>The quotas of Traffic Mirroring (page "Traffic Mirroring quotas").</summary>
public sealed class MirrorQuotaTests
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
