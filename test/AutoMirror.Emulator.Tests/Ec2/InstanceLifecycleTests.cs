using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

public sealed class InstanceLifecycleTests
{
    private readonly World _world = new();

    [Fact]
    public void Each_state_has_an_event_when_it_is_reached()
    {
        var id = _world.Launch().Id;
        _world.Ec2.Instances.Stop(id);
        _world.Pass(2);
        _world.Ec2.Instances.Start(id);
        _world.Pass(2);
        _world.Ec2.Instances.Terminate(id);
        _world.Pass(2);

        var states = _world.Cloud.Events.History.Where(each => each.DetailType == "EC2 Instance State-change Notification")
            .Select(each => each.Detail["state"]!.GetValue<string>());
        Assert.Equal(["pending", "running", "stopping", "stopped", "pending", "running", "shutting-down", "terminated"], states);
    }

    [Fact]
    public void An_event_carries_the_time_of_the_transition_even_when_the_clock_has_moved_on()
    {
        _world.Ec2.RunInstances(new LaunchRequest());
        _world.Pass(3600);

        Assert.Equal("2026-03-04T05:06:08", _world.Cloud.Events.History[^1].Time.ToString("s"));
    }

    [Fact]
    public void A_terminated_instance_lingers_without_interfaces_and_then_vanishes()
    {
        var id = _world.Launch().Id;
        _world.Ec2.Instances.Terminate(id);
        _world.Pass(2);

        Assert.Equal(InstanceState.Terminated, Describe(id).State);
        Assert.Empty(_world.Ec2.Instances.InterfacesOf(id));
        Assert.Empty(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items);

        _world.Pass(3600);
        Assert.Equal("InvalidInstanceID.NotFound", World.CodeOf(() => Describe(id)));
    }

    [Fact]
    public void An_interface_that_is_not_to_be_deleted_outlives_its_instance()
    {
        var own = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id });
        var id = _world.Launch(
            "m5.large", new LaunchInterface { SubnetId = _world.Subnet.Id },
                new LaunchInterface { DeviceIndex = 1, NetworkInterfaceId = own.Id }).Id;

        _world.Ec2.Instances.Terminate(id);
        _world.Pass(2);

        var left = Assert.Single(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items);
        Assert.Equal((own.Id, "available"), (left.Id, left.Status));
    }

    [Fact]
    public void A_public_address_goes_at_the_stop_and_another_comes_at_the_start()
    {
        var id = _world.Launch().Id;
        var first = Interface().PublicIp;
        _world.Ec2.Instances.Stop(id);
        _world.Pass(2);
        var (whileStopped, privately) = (Interface().PublicIp, Interface().PrivateIpAddress);
        _world.Ec2.Instances.Start(id);
        _world.Pass(2);

        Assert.NotNull(first);
        Assert.Null(whileStopped);
        Assert.NotNull(Interface().PublicIp);
        Assert.NotEqual(first, Interface().PublicIp);
        Assert.Equal(privately, Interface().PrivateIpAddress);

        NetworkInterface Interface() => _world.Ec2.Instances.InterfacesOf(id)[0];
    }

    [Fact]
    public void A_private_launch_has_no_public_address()
    {
        var id = _world.Launch("m5.large", new LaunchInterface { SubnetId = _world.Subnet.Id, AssociatePublicIpAddress = false }).Id;

        Assert.Null(_world.Ec2.Instances.InterfacesOf(id)[0].PublicIp);
    }

    [Fact]
    public void A_launch_that_cannot_be_whole_makes_nothing()
    {
        var tooMany = Enumerable.Range(0, 3).Select(i => new LaunchInterface { DeviceIndex = i, SubnetId = _world.Subnet.Id });

        Assert.Equal("InvalidSubnetID.NotFound",
            World.CodeOf(() => _world.Launch("m5.large", new LaunchInterface { SubnetId = "subnet-0123456789abcdef0" })));
        Assert.Equal("AttachmentLimitExceeded", World.CodeOf(() => _world.Launch("t3.micro", [.. tooMany])));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Launch("m99.large")));
        Assert.Equal("InvalidIPAddress.InUse", World.CodeOf(() => _world.Ec2.RunInstances(new LaunchRequest
        {
            Count = 2, PrivateIpAddress = "172.31.0.9",
        })));
        Assert.Empty(_world.Ec2.Instances.Describe(Query.All).Items);
        Assert.Empty(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items);
        Assert.Empty(_world.Cloud.Events.History);
    }

    [Fact]
    public void One_bad_id_fails_the_whole_call()
    {
        var id = _world.Launch().Id;

        Assert.Equal("InvalidInstanceID.NotFound", World.CodeOf(() => _world.Ec2.Instances.Stop(id, "i-0123456789abcdef0")));
        Assert.Equal("InvalidInstanceID.Malformed", World.CodeOf(() => _world.Ec2.Instances.Stop(id, "nonsense")));
        Assert.Equal(InstanceState.Running, Describe(id).State);
    }

    [Fact]
    public void A_state_from_which_a_change_is_not_possible_is_an_error()
    {
        var pending = _world.Ec2.RunInstances(new LaunchRequest())[0].Id;
        Assert.Equal("IncorrectInstanceState", World.CodeOf(() => _world.Ec2.Instances.Stop(pending)));
        _world.Pass(2);
        _world.Ec2.Instances.Stop(pending);
        Assert.Equal("IncorrectInstanceState", World.CodeOf(() => _world.Ec2.Instances.Start(pending)));
        _world.Ec2.Instances.Terminate(pending);
        Assert.Equal("IncorrectInstanceState", World.CodeOf(() => _world.Ec2.Instances.Start(pending)));
        _world.Pass(2);

        Assert.Equal(InstanceState.Terminated, Assert.Single(_world.Ec2.Instances.Terminate(pending)).Current);
    }

    [Fact]
    public void An_attached_interface_can_be_detached_unless_it_is_the_primary_one()
    {
        var id = _world.Launch().Id;
        var second = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id });
        var attachment = _world.Ec2.NetworkInterfaces.Attach(second.Id, id, 1);
        Assert.Equal("attaching", attachment.Status);
        _world.Pass(2);
        Assert.Equal("attached", Find(second.Id).Attachment!.Status);

        _world.Ec2.NetworkInterfaces.Detach(attachment.Id);
        Assert.Equal("detaching", Find(second.Id).Attachment!.Status);
        _world.Pass(2);
        Assert.Equal("available", Find(second.Id).Status);

        var primary = _world.Ec2.Instances.InterfacesOf(id)[0].Attachment!;
        Assert.Equal("OperationNotPermitted", World.CodeOf(() => _world.Ec2.NetworkInterfaces.Detach(primary.Id)));
    }

    [Fact]
    public void Ten_thousand_instances_are_looked_up_not_searched()
    {
        foreach (var (zone, count) in new[] { ("a", 4000), ("b", 4000), ("c", 2000) })
            _world.Ec2.RunInstances(new LaunchRequest { Count = count, Zone = $"us-east-1{zone}" });
        _world.Pass(2);
        var ids = _world.Cloud.Events.History.Select(each => each.Detail["instance-id"]!.GetValue<string>()).Distinct().ToList();
        var watch = System.Diagnostics.Stopwatch.StartNew();

        foreach (var id in ids)
            Assert.Single(_world.Ec2.Instances.Describe(new Query { Filters = [new Filter("instance-id", id)] }).Items);

        Assert.Equal(10_000, ids.Count);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed} for ten thousand look-ups");
    }

    private Instance Describe(string id) => _world.Ec2.Instances.Describe(new Query { Ids = [id] }).Items[0];

    private NetworkInterface Find(string id) => _world.Ec2.NetworkInterfaces.Describe(new Query { Ids = [id] }).Items[0];
}
