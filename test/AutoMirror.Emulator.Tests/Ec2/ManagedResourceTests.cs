using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>Instances that a service provider manages ("Amazon EC2 managed instances" in the EC2 User Guide).</summary>
public sealed class ManagedResourceTests
{
    private const string Eks = "eks.amazonaws.com";

    private readonly World _world = new();

    private ManagedResources Managed => _world.Ec2.Managed;

    [Fact]
    public void A_new_account_hides_managed_instances_and_interfaces_from_lists()
    {
        var own = _world.Launch();
        Launch();

        Assert.Equal(own.Id, Assert.Single(_world.Ec2.Instances.Describe(Query.All).Items).Id);
        Assert.Equal(own.Id, Assert.Single(_world.Ec2.Instances.DescribeStatus(Query.All).Items).Id);
        Assert.Equal(own.Id, Assert.Single(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items).Attachment!.InstanceId);
    }

    [Theory]
    [InlineData("operator.managed", "true")]
    [InlineData("operator.principal", Eks)]
    [InlineData("instance-type", "m5.large")]
    public void Filters_find_managed_instances_only_where_they_are_asked_for_or_visible(string name, string value)
    {
        var instance = Launch();
        var query = new Query { Filters = [new Filter(name, value)] };

        Assert.Empty(_world.Ec2.Instances.Describe(query).Items);
        Assert.Equal(instance.Id, Assert.Single(_world.Ec2.Instances.Describe(query with { IncludeManagedResources = true }).Items).Id);
        Managed.SetVisibility(ManagedVisibility.Visible);
        Assert.Equal(instance.Id, Assert.Single(_world.Ec2.Instances.Describe(query).Items).Id);
    }

    [Fact]
    public void Interfaces_are_found_by_their_operator()
    {
        _world.Launch();
        var instance = Launch();
        var query = new Query { Filters = [new Filter("operator.principal", Eks)], IncludeManagedResources = true };

        Assert.Equal(instance.Id, Assert.Single(_world.Ec2.NetworkInterfaces.Describe(query).Items).Attachment!.InstanceId);
        Assert.Equal(instance.Id, Assert.Single(_world.Ec2.Instances.DescribeStatus(query).Items).Id);
        Assert.Equal(instance.Id, Assert.Single(_world.Ec2.Instances.Describe(
            query with { Filters = [new Filter("network-interface.operator.managed", "true")] }).Items).Id);
    }

    /// <summary>"Direct queries with known instance IDs return results regardless of visibility settings."</summary>
    [Fact]
    public void A_hidden_resource_is_found_by_its_id()
    {
        var instance = Launch();
        var networkInterface = _world.InterfaceOf(instance.Id);

        Assert.Single(_world.Ec2.Instances.Describe(new Query { Ids = [instance.Id] }).Items);
        Assert.Single(_world.Ec2.Instances.DescribeStatus(new Query { Ids = [instance.Id] }).Items);
        Assert.Single(_world.Ec2.NetworkInterfaces.Describe(new Query { Ids = [networkInterface] }).Items);
        Assert.Empty(_world.Ec2.NetworkInterfaces.Describe(
            new Query { Filters = [new Filter("network-interface-id", networkInterface)] }).Items);
    }

    [Fact]
    public void Pages_of_visible_resources_are_full()
    {
        for (var i = 0; i < 6; i++)
        {
            Launch();
            _world.Launch();
        }

        var page = _world.Ec2.Instances.Describe(new Query { MaxResults = 5 });

        Assert.Equal(5, page.Items.Count);
        Assert.Single(_world.Ec2.Instances.Describe(new Query { MaxResults = 5, NextToken = page.NextToken }).Items);
    }

    [Fact]
    public void The_interface_of_a_managed_instance_is_managed_and_one_that_it_borrows_is_not()
    {
        var own = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id });
        var instance = Managed.Launch(Eks, new LaunchRequest
        {
            NetworkInterfaces =
            [
                new LaunchInterface { SubnetId = _world.Subnet.Id }, new LaunchInterface { DeviceIndex = 1, NetworkInterfaceId = own.Id },
            ],
        })[0];

        Assert.Equal([(0, Eks), (1, null)], _world.Ec2.Instances.InterfacesOf(instance.Id)
            .Select(each => (each.Attachment!.DeviceIndex, each.Operator?.Principal)).Order());
        Assert.Equal(own.Id, Assert.Single(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items).Id);
    }

    /// <summary>"When visibility is Hidden (default), Amazon EC2 does not emit EC2 Instance State-change Notification events."</summary>
    [Theory]
    [InlineData(ManagedVisibility.Hidden, false, 0)]
    [InlineData(ManagedVisibility.Hidden, true, 4)]
    [InlineData(ManagedVisibility.Visible, false, 4)]
    public void Events_of_managed_instances_come_where_they_are_visible_or_a_test_says_so(
        ManagedVisibility visibility, bool always, int events)
    {
        var world = new World(options => options with { ManagedResourceVisibility = visibility, HiddenInstancesSendEvents = always });
        var instance = world.Ec2.Managed.Launch(Eks, new LaunchRequest())[0];
        world.Pass(2);
        world.Ec2.Managed.Terminate(instance.Id);
        world.Pass(2);

        Assert.Equal(events, world.Cloud.Events.History.Count);
    }

    [Fact]
    public void The_account_can_not_change_what_a_provider_manages_and_the_provider_can()
    {
        var instance = Launch();
        var networkInterface = _world.Ec2.Instances.InterfacesOf(instance.Id)[0];
        var loose = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id }).Id;
        Action[] changes =
        [
            () => _world.Ec2.Instances.Start(instance.Id), () => _world.Ec2.Instances.Stop(instance.Id),
            () => _world.Ec2.Instances.Reboot(instance.Id), () => _world.Ec2.Instances.Terminate(instance.Id),
            () => _world.Ec2.NetworkInterfaces.Attach(loose, instance.Id, 1),
            () => _world.Ec2.NetworkInterfaces.Detach(networkInterface.Attachment!.Id),
            () => _world.Ec2.NetworkInterfaces.Modify(networkInterface.Id, "mine"),
            () => _world.Ec2.NetworkInterfaces.Delete(networkInterface.Id),
        ];

        Assert.All(changes, change => Assert.Equal("UnauthorizedOperation", World.CodeOf(change)));
        Managed.Stop(instance.Id);
        _world.Pass(2);
        Managed.Start(instance.Id);
        _world.Pass(2);
        Managed.Terminate(instance.Id);
        _world.Pass(2);
        Assert.Equal("terminated", _world.Ec2.Instances.Describe(new Query { Ids = [instance.Id] }).Items[0].StateName);
    }

    [Fact]
    public void Tags_of_managed_instances_can_be_changed_and_those_of_the_provider_have_reserved_keys()
    {
        var instance = Managed.Launch(Eks, new LaunchRequest
        {
            Tags = new Dictionary<string, string> { ["aws:eks:cluster-name"] = "blue" },
        })[0];

        _world.Ec2.Tags.Create([instance.Id], new Dictionary<string, string> { ["Mirror"] = "true" });

        Assert.Equal(["Mirror", "aws:eks:cluster-name"],
            _world.Ec2.Instances.Describe(new Query { Ids = [instance.Id] }).Items[0].Tags.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.RunInstances(new LaunchRequest
        {
            Tags = new Dictionary<string, string> { ["aws:eks:cluster-name"] = "blue" },
        })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whether_managed_instances_can_be_mirrored_is_for_the_test_to_say(bool can)
    {
        var world = new World(options => options with { ManagedCanBeMirrored = can });
        var instance = world.Ec2.Managed.Launch(Eks, new LaunchRequest())[0];
        var session = world.Session(world.InterfaceOf(instance.Id), world.LoadBalancer());

        if (can)
            world.Ec2.Sessions.Create(session);
        else
            Assert.Equal("NetworkInterfaceNotSupported", World.CodeOf(() => world.Ec2.Sessions.Create(session)));
    }

    private Instance Launch()
    {
        var instance = Managed.Launch(Eks, new LaunchRequest())[0];
        _world.Pass(2);
        return instance;
    }
}
