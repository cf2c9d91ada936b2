using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>Instance types with several network cards ("Network cards" in the EC2 User Guide, page "Elastic network interfaces").</summary>
public sealed class NetworkCardTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("m5.large", 1, 3)]
    [InlineData("c7gn.16xlarge", 1, 15)]
    [InlineData("c6in.32xlarge", 2, 8)]
    [InlineData("p4d.24xlarge", 4, 15)]
    [InlineData("p5.48xlarge", 32, 2)]
    public void A_type_has_its_number_of_cards_and_of_interfaces_on_each(string type, int cards, int interfaces) => Assert.Equal(
        (cards, interfaces), (InstanceTypes.All[type].NetworkCards, InstanceTypes.All[type].MaximumInterfacesPerCard));

    [Fact]
    public void Every_card_has_a_device_0_of_which_only_that_of_card_0_is_the_primary_interface()
    {
        var instance = _world.Launch("p4d.24xlarge", On(3, 0), On(0, 0), On(1, 0));

        var interfaces = _world.Ec2.Instances.InterfacesOf(instance.Id);

        Assert.Equal([(0, 0), (1, 0), (3, 0)],
            interfaces.Select(each => (each.Attachment!.NetworkCardIndex, each.Attachment.DeviceIndex)).Order());
        Assert.Equal(0, Assert.Single(interfaces, each => each.Attachment!.IsPrimary).Attachment!.NetworkCardIndex);
        Assert.Equal(0, Assert.Single(interfaces, each => each.PublicIp is not null).Attachment!.NetworkCardIndex);
    }

    [Fact]
    public void A_launch_needs_its_primary_interface_on_card_0_and_each_device_of_a_card_once()
    {
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Launch("p4d.24xlarge", On(1, 0))));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Launch("p4d.24xlarge", On(0, 0), On(1, 1), On(1, 1))));
    }

    [Theory]
    [InlineData("m5.large", 1)]
    [InlineData("p4d.24xlarge", 4)]
    [InlineData("p4d.24xlarge", -1)]
    public void A_card_that_the_type_has_not_got_is_refused(string type, int card)
    {
        var instance = _world.Launch(type);

        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Launch(type, On(0, 0), On(card, 1))));
        Assert.Contains("networkCardIndex", Assert.Throws<AwsException>(() => Attach(instance, card, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interface_is_attached_to_the_card_that_is_named_and_to_card_0_otherwise()
    {
        var instance = _world.Launch("c6in.32xlarge");

        Assert.Equal((1, 0), (Attach(instance, 1, 0).NetworkCardIndex, Attach(instance, null, 1).NetworkCardIndex));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => Attach(instance, 1, 0)));
    }

    [Fact]
    public void Each_card_has_its_own_number_of_interfaces()
    {
        var instance = _world.Launch("p5.48xlarge", On(0, 0), On(0, 1));

        Assert.Equal("AttachmentLimitExceeded", World.CodeOf(() => Attach(instance, 0, 2)));
        Attach(instance, 1, 0);
        Assert.Equal("AttachmentLimitExceeded", World.CodeOf(() => _world.Launch("p5.48xlarge", On(0, 0), On(0, 1), On(0, 2))));
    }

    [Fact]
    public void Device_0_of_another_card_can_be_detached()
    {
        var instance = _world.Launch("p4d.24xlarge", On(0, 0), On(1, 0));
        var attachments = _world.Ec2.Instances.InterfacesOf(instance.Id).Select(each => each.Attachment!).ToList();

        Assert.Equal("OperationNotPermitted",
            World.CodeOf(() => _world.Ec2.NetworkInterfaces.Detach(attachments.Single(each => each.IsPrimary).Id)));
        _world.Ec2.NetworkInterfaces.Detach(attachments.Single(each => !each.IsPrimary).Id);
        _world.Pass(2);

        Assert.Single(_world.Ec2.Instances.InterfacesOf(instance.Id));
    }

    [Fact]
    public void Interfaces_on_every_card_can_be_mirrored()
    {
        var instance = _world.Launch("p4d.24xlarge", On(0, 0), On(1, 0));
        var target = _world.LoadBalancer();

        foreach (var each in _world.Ec2.Instances.InterfacesOf(instance.Id))
            _world.Ec2.Sessions.Create(_world.Session(each.Id, target));

        Assert.Equal(2, _world.Ec2.Sessions.Describe(Query.All).Items.Count);
    }

    /// <summary>Of the two describes, only that of instances documents a filter on the card.</summary>
    [Fact]
    public void Instances_are_found_by_the_card_of_an_interface()
    {
        _world.Launch("p4d.24xlarge", On(0, 0), On(2, 0));
        _world.Launch();

        Assert.Single(_world.Ec2.Instances.Describe(
            new Query { Filters = [new Filter("network-interface.attachment.network-card-index", "2")] }).Items);
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.NetworkInterfaces.Describe(
            new Query { Filters = [new Filter("attachment.network-card-index", "2")] })));
        Assert.Contains(
            "p5.48xlarge",
            _world.Ec2.Instances.DescribeTypes(new Query { Filters = [new Filter("network-info.maximum-network-cards", "32")] })
                .Items.Select(type => type.Name));
    }

    private LaunchInterface On(int card, int device) =>
        new() { SubnetId = _world.Subnet.Id, NetworkCardIndex = card, DeviceIndex = device };

    private Attachment Attach(Instance instance, int? card, int device)
    {
        var loose = _world.Ec2.NetworkInterfaces.Create(new NetworkInterfaceRequest { SubnetId = _world.Subnet.Id });
        return card is { } index
            ? _world.Ec2.NetworkInterfaces.Attach(loose.Id, instance.Id, device, index)
            : _world.Ec2.NetworkInterfaces.Attach(loose.Id, instance.Id, device);
    }
}
