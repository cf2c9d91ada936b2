using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Sharing;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>
/// Subnets that several accounts use ("Responsibilities and permissions for owners and participants" in the VPC User Guide).
/// </summary>
public sealed class SharedVpcTests
{
    private const string Other = "210987654321";

    private readonly World _world = new();

    private SharedVpcs Shared => _world.Ec2.SharedVpcs;

    [Fact]
    public void The_owner_of_a_subnet_sees_a_participants_interface_and_not_its_instance()
    {
        var placed = Place();

        var found = Assert.Single(_world.Ec2.NetworkInterfaces.Describe(new Query { Filters = [new Filter("owner-id", Other)] }).Items);
        Assert.Equal((placed.Id, Other, Other), (found.Id, found.OwnerId, found.Attachment!.InstanceOwnerId));
        Assert.StartsWith("i-", found.Attachment.InstanceId, StringComparison.Ordinal);
        Assert.Empty(_world.Ec2.Instances.Describe(Query.All).Items);
        Assert.Equal("InvalidInstanceID.NotFound",
            World.CodeOf(() => _world.Ec2.Instances.Describe(new Query { Ids = [found.Attachment.InstanceId!] })));
        Assert.Equal(Other, _world.Ec2.SecurityGroups.Describe(new Query { Ids = found.GroupIds }).Items[0].OwnerId);
    }

    [Fact]
    public void The_owner_of_a_subnet_can_not_change_what_a_participant_has_there()
    {
        var placed = Place();
        var group = placed.GroupIds[0];
        Action[] changes =
        [
            () => _world.Ec2.NetworkInterfaces.Detach(placed.Attachment!.Id),
            () => _world.Ec2.NetworkInterfaces.Delete(placed.Id),
            () => _world.Ec2.NetworkInterfaces.Modify(placed.Id, "mine"),
            () => _world.Ec2.Targets.Create(networkInterfaceId: placed.Id),
            () => _world.Ec2.SecurityGroups.Revoke(group, [Permission.Everywhere], egress: true),
            () => _world.Ec2.SecurityGroups.Delete(group),
            () => _world.Ec2.RunInstances(new LaunchRequest { SubnetId = placed.SubnetId, GroupIds = [group] }),
        ];

        Assert.All(changes, change => Assert.Equal("AuthFailure", World.CodeOf(change)));
        Assert.Equal("DependencyViolation", World.CodeOf(() => _world.Ec2.Networks.DeleteSubnet(placed.SubnetId)));
    }

    /// <summary>"You can create a traffic mirror session only if you are the owner of the network interface or the subnet."</summary>
    [Theory]
    [InlineData("m5.large", true)]
    [InlineData("t2.micro", false)]
    public void The_owner_of_a_subnet_can_mirror_a_participants_interface_by_the_type_of_its_instance(string type, bool can)
    {
        var session = _world.Session(Place(type).Id, _world.LoadBalancer());

        if (can)
            Assert.Equal(session.NetworkInterfaceId, _world.Ec2.Sessions.Create(session).NetworkInterfaceId);
        else
            Assert.Equal("NetworkInterfaceNotSupported", World.CodeOf(() => _world.Ec2.Sessions.Create(session)));
    }

    [Fact]
    public void Tags_are_each_accounts_own()
    {
        var placed = Place();

        _world.Ec2.Tags.Create([placed.Id], new Dictionary<string, string> { ["Mirror"] = "true" });

        Assert.Equal("true", Assert.Single(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items).Tags["Mirror"]);
    }

    /// <summary>"VPC owners cannot describe … a traffic mirror session … that belongs to the participant."</summary>
    [Fact]
    public void A_participants_session_is_not_seen_and_its_number_is_taken()
    {
        var (placed, target) = (Place(), _world.LoadBalancer());
        Shared.Mirror(placed.Id, 1);

        Assert.Empty(_world.Ec2.Sessions.Describe(Query.All).Items);
        Assert.Contains("already being used",
            Assert.Throws<AwsException>(() => _world.Ec2.Sessions.Create(_world.Session(placed.Id, target))).Message,
            StringComparison.Ordinal);
        var ours = _world.Ec2.Sessions.Create(_world.Session(placed.Id, target, 2));
        Assert.Equal("InvalidParameterValue",
            World.CodeOf(() => _world.Ec2.Sessions.Modify(ours.Id, new() { SessionNumber = 1 })));
        Shared.Mirror(placed.Id, 3);
        Assert.Equal("TrafficMirrorSessionsPerInterfaceLimitExceeded",
            World.CodeOf(() => _world.Ec2.Sessions.Create(_world.Session(placed.Id, target, 4))));
    }

    [Fact]
    public void Sessions_go_with_a_participants_interface()
    {
        var placed = Place();
        _world.Ec2.Sessions.Create(_world.Session(placed.Id, _world.LoadBalancer()));

        Shared.Remove(placed.Id);

        Assert.Empty(_world.Ec2.Sessions.Describe(Query.All).Items);
        Assert.Empty(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items);
    }

    [Fact]
    public void An_instance_of_a_participant_can_have_several_interfaces()
    {
        var first = Place("p4d.24xlarge");

        var second = Shared.Place(new ParticipantInterface
        {
            OwnerId = Other, SubnetId = first.SubnetId, InstanceId = first.Attachment!.InstanceId, NetworkCardIndex = 1,
        });

        Assert.Equal([first.Id, second.Id], _world.Ec2.NetworkInterfaces.Describe(
            new Query { Filters = [new Filter("attachment.instance-id", first.Attachment.InstanceId!)] })
            .Items.OrderBy(each => each.Attachment!.NetworkCardIndex).Select(each => each.Id));
    }

    [Fact]
    public void Only_other_accounts_are_participants_and_only_subnets_of_other_VPCs_than_the_default_one_are_shared()
    {
        Assert.Throws<ArgumentException>(() => Shared.Place(new() { OwnerId = Other, SubnetId = _world.Subnet.Id }));
        Assert.Throws<ArgumentException>(() => Shared.Place(new() { OwnerId = "123456789012", SubnetId = OwnSubnet().Id }));
        Assert.Throws<ArgumentException>(() => Shared.Place(new() { OwnerId = "other", SubnetId = OwnSubnet().Id }));
        Assert.Throws<ArgumentException>(() => Shared.Remove(_world.Source()));
    }

    [Fact]
    public void A_participant_sees_the_shared_subnet_and_its_VPC_with_their_owner()
    {
        var subnet = Shared.Receive(new SharedSubnet { OwnerId = Other });

        var byOwner = new Query { Filters = [new Filter("owner-id", Other)] };
        Assert.Equal(subnet.Id, Assert.Single(_world.Ec2.Networks.DescribeSubnets(byOwner).Items).Id);
        Assert.Equal(subnet.VpcId, Assert.Single(_world.Ec2.Networks.DescribeVpcs(byOwner).Items).Id);
        Assert.Equal(subnet.VpcId, Assert.Single(_world.Ec2.Networks.DescribeNetworkAcls(byOwner).Items).VpcId);
        Assert.Single(_world.Ec2.Networks.DescribeSubnets(
            new Query { Filters = [new Filter("subnet-arn", $"arn:aws:ec2:us-east-1:{Other}:subnet/{subnet.Id}")] }).Items);
    }

    [Fact]
    public void A_second_subnet_of_a_VPC_is_shared_within_it()
    {
        var first = Shared.Receive(new SharedSubnet { OwnerId = Other });

        var second = Shared.Receive(new SharedSubnet { OwnerId = Other, VpcId = first.VpcId, CidrBlock = "10.200.1.0/24" });

        Assert.Equal(first.VpcId, second.VpcId);
        Assert.Throws<ArgumentException>(
            () => Shared.Receive(new SharedSubnet { OwnerId = Other, VpcId = _world.Subnet.VpcId, CidrBlock = "172.31.200.0/24" }));
    }

    [Fact]
    public void A_participant_launches_with_a_group_of_its_own_and_mirrors_what_it_owns()
    {
        var subnet = Shared.Receive(new SharedSubnet { OwnerId = Other });
        var group = _world.Ec2.SecurityGroups.Create("web", "of ours", subnet.VpcId);

        var instance = _world.Ec2.RunInstances(new LaunchRequest { SubnetId = subnet.Id, GroupIds = [group.Id] })[0];
        var own = _world.Ec2.Instances.InterfacesOf(instance.Id)[0];
        _world.Ec2.Sessions.Create(_world.Session(own.Id, _world.LoadBalancer()));

        Assert.Equal("123456789012", own.OwnerId);
        Assert.Equal("123456789012", own.Attachment!.InstanceOwnerId);
    }

    [Fact]
    public void A_participant_has_no_default_group_in_a_shared_VPC()
    {
        var subnet = Shared.Receive(new SharedSubnet { OwnerId = Other });

        var error = Assert.Throws<AwsException>(() => _world.Ec2.RunInstances(new LaunchRequest { SubnetId = subnet.Id }));

        Assert.Equal(("InvalidParameterCombination",
            $"You do not have access to a default security group in VPC {subnet.VpcId}. Specify a security group, and try again."),
            (error.Code, error.Message));
        Assert.Empty(_world.Ec2.Instances.Describe(Query.All).Items);
    }

    [Fact]
    public void A_participant_can_tag_a_shared_subnet_and_not_change_it()
    {
        var subnet = Shared.Receive(new SharedSubnet { OwnerId = Other });
        Action[] changes =
        [
            () => _world.Ec2.Networks.DeleteSubnet(subnet.Id), () => _world.Ec2.Networks.SetMapPublicIpOnLaunch(subnet.Id, true),
            () => _world.Ec2.Networks.CreateSubnet(subnet.VpcId, "10.200.9.0/24"), () => _world.Ec2.Networks.DeleteVpc(subnet.VpcId),
        ];

        Assert.All(changes, change => Assert.Equal("AuthFailure", World.CodeOf(change)));
        _world.Ec2.Tags.Create([subnet.Id], new Dictionary<string, string> { ["Mirror"] = "true" });
    }

    [Fact]
    public void A_participant_does_not_change_how_the_VPC_routes_and_filters()
    {
        var subnet = Shared.Receive(new SharedSubnet { OwnerId = Other });
        var ec2 = _world.Ec2;
        var (table, acl) = (ec2.RouteTables.Of(subnet).Id, ec2.Networks.DescribeNetworkAcls(
            new Query { Filters = [new Filter("vpc-id", subnet.VpcId)] }).Items[0]);
        var own = OwnSubnet();
        Action[] changes =
        [
            () => ec2.RouteTables.Create(subnet.VpcId), () => ec2.RouteTables.Delete(table),
            () => ec2.RouteTables.DeleteRoute(table, "10.200.0.0/16"), () => ec2.RouteTables.Associate(table, subnet.Id),
            () => ec2.RouteTables.CreateRoute(table, new("0.0.0.0/0", RouteTarget.TransitGateway, "tgw-1", "CreateRoute")),
            () => ec2.NetworkAcls.Create(subnet.VpcId), () => ec2.NetworkAcls.Delete(acl.Id),
            () => ec2.NetworkAcls.DeleteEntry(acl.Id, 100, isEgress: false),
            () => ec2.PeeringConnections.Create(subnet.VpcId, own.VpcId),
        ];

        Assert.All(changes, change => Assert.Equal("AuthFailure", World.CodeOf(change)));
        Assert.Equal(acl, ec2.Networks.DescribeNetworkAcls(new Query { Filters = [new Filter("vpc-id", subnet.VpcId)] }).Items[0]);
    }

    private NetworkInterface Place(string type = "m5.large") =>
        Shared.Place(new ParticipantInterface { OwnerId = Other, SubnetId = OwnSubnet().Id, InstanceType = type });

    private Subnet OwnSubnet()
    {
        var vpc = _world.Ec2.Networks.CreateVpc("10.50.0.0/16");
        return _world.Ec2.Networks.CreateSubnet(vpc.Id, "10.50.0.0/24");
    }
}
