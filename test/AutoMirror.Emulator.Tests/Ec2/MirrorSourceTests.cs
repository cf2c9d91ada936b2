using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>Which interfaces can be mirrored, and what becomes of their sessions.</summary>
public sealed class MirrorSourceTests
{
    private readonly World _world = new();

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

        _world.AssertMirrors(source, can);
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
    public void The_newest_edition_of_the_guide_can_decide_instead(string type, bool can)
    {
        var newest = new World(options => options with { CanBeMirrored = MirrorSources.ByInclusion });
        var source = newest.Source(type);
        var create = () => newest.Ec2.Sessions.Create(newest.Session(source, newest.LoadBalancer()));

        if (can)
            create();
        else
            Assert.Equal("NetworkInterfaceNotSupported", World.CodeOf(() => create()));
    }

    [Theory]
    [InlineData("m8i.large", true)]
    [InlineData("m8i.96xlarge", true)]
    [InlineData("c8gn.large", false)]
    [InlineData("m5.large", false)]
    [InlineData("m6i.large", true)]
    public void A_test_can_say_family_by_family_what_EC2_answers(string type, bool can)
    {
        var answers = new Dictionary<string, bool> { ["m8i"] = true, ["c8gn"] = false, ["m5"] = false };
        var world = new World(options => options with { CanBeMirrored = MirrorSources.ByFamily(answers, MirrorSources.ByInclusion) });
        var source = world.Source(type);
        var create = () => world.Ec2.Sessions.Create(world.Session(source, world.LoadBalancer()));

        if (can)
            create();
        else
            Assert.Equal(("NetworkInterfaceNotSupported", $"{source} must be attached to a supported instance"), Refusal(() => create()));
    }

    [Theory]
    [InlineData("m8i.large", false)]
    [InlineData("p6-b200.48xlarge", false)]
    [InlineData("mac-m4.metal", false)]
    [InlineData("m8g.large", true)]
    [InlineData("m7i-flex.large", true)]
    [InlineData("c5.metal", true)]
    [InlineData("t2.micro", true)]
    public void Some_families_no_edition_of_the_guide_names(string type, bool isNamed) =>
        Assert.Equal(isNamed, MirrorSources.IsNamed(InstanceTypes.All[type]));

    [Fact]
    public void Of_a_family_that_no_edition_names_the_older_and_the_newest_edition_say_the_opposite() => Assert.All(
        InstanceTypes.All.Values.Where(type => !MirrorSources.IsNamed(type) && !type.BareMetal),
        type => Assert.Equal((true, false), (MirrorSources.ByExclusion(type), MirrorSources.ByInclusion(type))));

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

    private static (string Code, string Message) Refusal(Action work)
    {
        var error = Assert.Throws<AwsException>(work);
        return (error.Code, error.Message);
    }
}
