using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Tests.Ec2;

/// <summary>Interfaces that AWS services make ("Requester-managed network interfaces" in the EC2 User Guide).</summary>
public sealed class RequesterManagedTests
{
    private readonly World _world = new();

    [Theory]
    [InlineData("database", "amazon-rds", "RDSNetworkInterface", "interface", "amazon-rds")]
    [InlineData("cache", "amazon-elasticache", "ElastiCache node-1", "interface", "amazon-elasticache")]
    [InlineData("alb", "amazon-elb", "ELB app/node-1/50dc6c495c0c9188", "interface", "amazon-elb")]
    [InlineData("nlb", "amazon-elb", "ELB net/node-1/50dc6c495c0c9188", "network_load_balancer", "amazon-aws")]
    public void A_service_attaches_its_interface_to_no_instance_of_the_account(
        string kind, string requester, string description, string type, string attachedBy)
    {
        var made = _world.Ec2.RequesterManaged.Create(Of(kind));

        var found = Assert.Single(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items);
        Assert.Equal((made.Id, true, requester, description, type, "in-use"),
            (found.Id, found.RequesterManaged, found.RequesterId, found.Description, found.InterfaceType, found.Status));
        Assert.Equal((null, attachedBy, 1), (found.Attachment!.InstanceId, found.Attachment.InstanceOwnerId, found.Attachment.DeviceIndex));
        Assert.Equal(_world.Cloud.Options.AccountId, found.OwnerId);
    }

    [Theory]
    [InlineData("requester-managed", "true")]
    [InlineData("requester-id", "amazon-rds")]
    [InlineData("attachment.instance-owner-id", "amazon-rds")]
    [InlineData("description", "RDSNetworkInterface")]
    public void It_is_found_by_what_sets_it_apart(string name, string value)
    {
        _world.Launch();
        var made = _world.Ec2.RequesterManaged.Create(Of("database"));

        Assert.Equal(made.Id,
            Assert.Single(_world.Ec2.NetworkInterfaces.Describe(new Query { Filters = [new Filter(name, value)] }).Items).Id);
    }

    /// <summary>"You can only use requester-managed network interfaces created by Amazon RDS or Amazon ElastiCache as a source."</summary>
    [Theory]
    [InlineData("database", true)]
    [InlineData("cache", true)]
    [InlineData("alb", false)]
    [InlineData("nlb", false)]
    public void Those_of_databases_and_caches_can_be_mirrored(string kind, bool can)
    {
        var source = _world.Ec2.RequesterManaged.Create(Of(kind)).Id;

        _world.AssertMirrors(source, can);
    }

    [Fact]
    public void An_account_may_mirror_those_of_application_load_balancers_and_never_those_of_another_type()
    {
        var world = new World(options => options with { MirroredRequesters = new HashSet<string> { "amazon-elb" } });
        var (alb, nlb, database) = (Make("alb"), Make("nlb"), Make("database"));

        world.Ec2.Sessions.Create(world.Session(alb, world.LoadBalancer()));
        Assert.Equal("NetworkInterfaceNotSupported", Refusal(nlb));
        Assert.Equal("NetworkInterfaceNotSupported", Refusal(database));

        string Make(string kind) => world.Ec2.RequesterManaged.Create(Of(kind) with { SubnetId = world.Subnet.Id }).Id;
        string Refusal(string source) => World.CodeOf(() => world.Ec2.Sessions.Create(world.Session(source, world.LoadBalancer(source))));
    }

    [Theory]
    [InlineData("alb", "AuthFailure")]
    [InlineData("nlb", "OperationNotPermitted")]
    public void The_account_can_tag_it_and_can_not_detach_modify_or_delete_it(string kind, string code)
    {
        var made = _world.Ec2.RequesterManaged.Create(Of(kind));

        _world.Ec2.Tags.Create([made.Id], new Dictionary<string, string> { ["Mirror"] = "true" });
        Assert.Equal(code, World.CodeOf(() => _world.Ec2.NetworkInterfaces.Detach(made.Attachment!.Id)));
        Assert.Equal(code, World.CodeOf(() => _world.Ec2.NetworkInterfaces.Modify(made.Id, "mine")));
        Assert.Equal("InvalidParameterValue", World.CodeOf(() => _world.Ec2.NetworkInterfaces.Delete(made.Id)));
        Assert.Equal("true", _world.Ec2.NetworkInterfaces.Describe(Query.All).Items[0].Tags["Mirror"]);
    }

    [Fact]
    public void An_interface_that_its_service_left_behind_can_be_deleted_and_not_mirrored()
    {
        var made = _world.Ec2.RequesterManaged.Create(Of("database"));
        _world.Ec2.RequesterManaged.Detach(made.Id);

        Assert.Equal("NetworkInterfaceNotSupported",
            World.CodeOf(() => _world.Ec2.Sessions.Create(_world.Session(made.Id, _world.LoadBalancer()))));
        _world.Ec2.NetworkInterfaces.Delete(made.Id);

        Assert.Empty(_world.Ec2.NetworkInterfaces.Describe(Query.All).Items);
    }

    [Fact]
    public void Sessions_go_with_the_interface_when_its_service_deletes_it()
    {
        var made = _world.Ec2.RequesterManaged.Create(Of("cache"));
        _world.Ec2.Sessions.Create(_world.Session(made.Id, _world.LoadBalancer()));

        _world.Ec2.RequesterManaged.Delete(made.Id);

        Assert.Empty(_world.Ec2.Sessions.Describe(Query.All).Items);
        Assert.Throws<ArgumentException>(() => _world.Ec2.RequesterManaged.Delete(_world.Source()));
    }

    private RequesterManagedInterface Of(string kind) => kind switch
    {
        "database" => RequesterManagedInterface.OfDatabase(_world.Subnet.Id),
        "cache" => RequesterManagedInterface.OfCacheNode(_world.Subnet.Id, "node-1"),
        "alb" => RequesterManagedInterface.OfApplicationLoadBalancer(_world.Subnet.Id, "node-1"),
        _ => RequesterManagedInterface.OfNetworkLoadBalancer(_world.Subnet.Id, "node-1"),
    };
}
