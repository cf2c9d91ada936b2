using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using AutoMirror.Emulator.Ec2.Managed;

namespace AutoMirror.Emulator.Tests.Wire;

public sealed class SdkTests : ServerTests
{
    private AmazonEC2Client _ec2 = null!;

    protected override EmulatorOptions Options => new()
    {
        PendingFor = TimeSpan.FromMilliseconds(50), ShuttingDownFor = TimeSpan.FromMilliseconds(50),
    };

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _ec2 = Client.Ec2(Server);
    }

    public override async Task DisposeAsync()
    {
        _ec2.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task A_mirror_session_is_made_found_changed_and_deleted()
    {
        var source = await LaunchAsync();
        var filter = (await _ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest
        {
            Description = "all", TagSpecifications = [new() { ResourceType = Amazon.EC2.ResourceType.TrafficMirrorFilter,
                Tags = [new("Name", "all")] }],
        })).TrafficMirrorFilter;
        var rule = (await _ec2.CreateTrafficMirrorFilterRuleAsync(new CreateTrafficMirrorFilterRuleRequest
        {
            TrafficMirrorFilterId = filter.TrafficMirrorFilterId, TrafficDirection = TrafficDirection.Ingress, RuleNumber = 100,
            RuleAction = TrafficMirrorRuleAction.Accept,
            Protocol = 17, SourceCidrBlock = "0.0.0.0/0", DestinationCidrBlock = "10.0.0.0/8",
            DestinationPortRange = new() { FromPort = 53, ToPort = 53 },
        })).TrafficMirrorFilterRule;
        await _ec2.ModifyTrafficMirrorFilterNetworkServicesAsync(
            new() { TrafficMirrorFilterId = filter.TrafficMirrorFilterId, AddNetworkServices = ["amazon-dns"] });
        var target = (await _ec2.CreateTrafficMirrorTargetAsync(new() { NetworkInterfaceId = await LaunchAsync() })).TrafficMirrorTarget;
        var created = (await _ec2.CreateTrafficMirrorSessionAsync(new()
        {
            NetworkInterfaceId = source, TrafficMirrorTargetId = target.TrafficMirrorTargetId,
            TrafficMirrorFilterId = filter.TrafficMirrorFilterId, SessionNumber = 1,
            Description = "a <b> & c",
            TagSpecifications = [new() { ResourceType = Amazon.EC2.ResourceType.TrafficMirrorSession, Tags = [new("Owner", "me")] }],
        })).TrafficMirrorSession;

        var found = Assert.Single((await _ec2.DescribeTrafficMirrorSessionsAsync(new()
        {
            Filters = [new("network-interface-id", [source]), new("description", ["a <?> & c"]), new("tag:Owner", ["m?"])],
        })).TrafficMirrorSessions);
        Assert.Equal(("a <b> & c", 1, "123456789012", created.VirtualNetworkId),
            (found.Description, found.SessionNumber, found.OwnerId, found.VirtualNetworkId));
        Assert.Null(found.PacketLength);
        var described = Assert.Single((await _ec2.DescribeTrafficMirrorFiltersAsync(new())).TrafficMirrorFilters);
        Assert.Equal((rule.TrafficMirrorFilterRuleId, 53),
            (described.IngressFilterRules[0].TrafficMirrorFilterRuleId, described.IngressFilterRules[0].DestinationPortRange.ToPort));
        Assert.Equal(["amazon-dns"], described.NetworkServices);

        var modified = (await _ec2.ModifyTrafficMirrorSessionAsync(new()
        {
            TrafficMirrorSessionId = created.TrafficMirrorSessionId, SessionNumber = 2, PacketLength = 128, RemoveFields = ["description"],
        })).TrafficMirrorSession;
        Assert.Equal((2, 128, null), (modified.SessionNumber, modified.PacketLength, modified.Description));
        await _ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = created.TrafficMirrorSessionId });
        Assert.Null((await _ec2.DescribeTrafficMirrorSessionsAsync(new())).TrafficMirrorSessions);
    }

    [Fact]
    public async Task Errors_come_with_their_code_status_and_request_id()
    {
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => _ec2.DeleteTrafficMirrorSessionAsync(new() { TrafficMirrorSessionId = "tms-0123456789abcdef0" }));

        Assert.Equal("InvalidTrafficMirrorSessionId.NotFound", error.ErrorCode);
        Assert.Equal(400, (int)error.StatusCode);
        Assert.True(Guid.TryParse(error.RequestId, out _), error.RequestId);
    }

    [Fact]
    public async Task A_dry_run_does_nothing_and_says_so()
    {
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => _ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest { DryRun = true }));

        Assert.Equal(("DryRunOperation", 412), (error.ErrorCode, (int)error.StatusCode));
        Assert.Null((await _ec2.DescribeTrafficMirrorFiltersAsync(new())).TrafficMirrorFilters);
    }

    [Fact]
    public async Task A_repeated_client_token_gets_the_first_result_and_an_error_with_other_parameters()
    {
        var request = new CreateTrafficMirrorFilterRequest { ClientToken = "t", Description = "a" };
        var other = new CreateTrafficMirrorFilterRequest { ClientToken = "t", Description = "b" };

        var first = await _ec2.CreateTrafficMirrorFilterAsync(request);
        var second = await _ec2.CreateTrafficMirrorFilterAsync(request);
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => _ec2.CreateTrafficMirrorFilterAsync(other));

        Assert.Equal(first.TrafficMirrorFilter.TrafficMirrorFilterId, second.TrafficMirrorFilter.TrafficMirrorFilterId);
        Assert.Equal("IdempotentParameterMismatch", error.ErrorCode);
    }

    [Fact]
    public async Task What_a_caller_may_not_do_is_refused()
    {
        Server.Cloud.Allows = (_, action) => action != "ec2:CreateTrafficMirrorFilter";

        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => _ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest()));

        Assert.Equal(("UnauthorizedOperation", 403), (error.ErrorCode, (int)error.StatusCode));
    }

    [Fact]
    public async Task Requests_are_written_down_with_caller_and_outcome()
    {
        var few = 4;
        await _ec2.DescribeTrafficMirrorTargetsAsync(new() { MaxResults = 5 });
        await Assert.ThrowsAsync<AmazonEC2Exception>(() => _ec2.DescribeTrafficMirrorTargetsAsync(new() { MaxResults = few }));

        var requests = Server.Cloud.Requests.Snapshot();
        Assert.Equal(2, Server.Cloud.Requests.Count("DescribeTrafficMirrorTargets"));
        Assert.Equal(["ok", "InvalidParameterValue"], requests.Select(request => request.Outcome));
        Assert.All(requests, request => Assert.Equal(("ec2", Client.AccessKeyId), (request.Service, request.AccessKeyId)));
        Assert.Equal("5", requests[0].Parameters["MaxResults"]);
    }

    [Fact]
    public async Task What_an_instance_does_not_have_is_absent()
    {
        var subnet = Server.Cloud.Ec2.Networks.DescribeSubnets(Query.All).Items[0].Id;
        Server.Cloud.Ec2.Networks.SetMapPublicIpOnLaunch(subnet, false);
        await _ec2.RunInstancesAsync(
            new RunInstancesRequest { ImageId = "ami-1", InstanceType = "m5.large", MinCount = 1, MaxCount = 1, SubnetId = subnet });

        var instance = (await _ec2.DescribeInstancesAsync(new DescribeInstancesRequest())).Reservations[0].Instances[0];
        Assert.Null(instance.PublicIpAddress);
        Assert.Null(instance.Tags);
        Assert.Null(instance.NetworkInterfaces[0].Association);
        Assert.Null(instance.NetworkInterfaces[0].PrivateIpAddresses[0].Association);
        Assert.Null(instance.KeyName);
    }

    [Fact]
    public async Task Managed_instances_come_with_their_operator_where_they_are_asked_for()
    {
        var id = Server.Cloud.Ec2.Managed.Launch("ecs.amazonaws.com", new())[0].Id;

        var hidden = await _ec2.DescribeInstancesAsync(new DescribeInstancesRequest());
        var found = await _ec2.DescribeInstancesAsync(new DescribeInstancesRequest { IncludeManagedResources = true });
        Server.Cloud.Ec2.Managed.SetVisibility(ManagedVisibility.Visible);
        var visible = await _ec2.DescribeInstanceStatusAsync(new DescribeInstanceStatusRequest { IncludeAllInstances = true });

        Assert.Null(hidden.Reservations);
        var instance = found.Reservations[0].Instances[0];
        Assert.Equal((id, true, "ecs.amazonaws.com"), (instance.InstanceId, instance.Operator.Managed, instance.Operator.Principal));
        Assert.Equal((id, true), (visible.InstanceStatuses[0].InstanceId, visible.InstanceStatuses[0].Operator.Managed));
    }

    [Fact]
    public async Task An_action_that_is_not_there_is_an_invalid_action()
    {
        var error = await Assert.ThrowsAsync<AmazonEC2Exception>(() => _ec2.DescribeVolumesAsync(new DescribeVolumesRequest()));

        Assert.Equal(("InvalidAction", 400), (error.ErrorCode, (int)error.StatusCode));
    }

    [Fact]
    public async Task A_parameter_comes_back_as_it_was_written()
    {
        using var ssm = Client.Ssm(Server);
        await ssm.PutParameterAsync(new PutParameterRequest { Name = "/a/b/c", Value = "{\"ü\":1}", Type = ParameterType.String });
        await ssm.PutParameterAsync(new PutParameterRequest { Name = "/a/b/c", Value = "2", Overwrite = true });

        var latest = (await ssm.GetParameterAsync(new GetParameterRequest { Name = "/a/b/c" })).Parameter;
        var first = (await ssm.GetParameterAsync(new GetParameterRequest { Name = "/a/b/c:1" })).Parameter;
        Assert.Equal(("2", 2L, "arn:aws:ssm:us-east-1:123456789012:parameter/a/b/c"), (latest.Value, latest.Version, latest.ARN));
        Assert.Equal("{\"ü\":1}", first.Value);
        await Assert.ThrowsAsync<ParameterNotFoundException>(() => ssm.GetParameterAsync(new GetParameterRequest { Name = "/nothing" }));
        await Assert.ThrowsAsync<ParameterAlreadyExistsException>(
            () => ssm.PutParameterAsync(new PutParameterRequest { Name = "/a/b/c", Value = "3", Type = ParameterType.String }));
    }

    [Fact]
    public async Task Parameters_by_path_come_in_pages_of_ten()
    {
        using var ssm = Client.Ssm(Server);
        for (var i = 0; i < 25; i++)
            Server.Cloud.Ssm.Put($"/p/{(i % 2 == 0 ? "x/" : "")}{i}", "v", "String");

        var all = new List<string>();
        await foreach (var page in ssm.Paginators.GetParametersByPath(new GetParametersByPathRequest { Path = "/p", Recursive = true })
            .Responses)
        {
            all.AddRange(page.Parameters.Select(parameter => parameter.Name));
        }

        Assert.Equal(25, all.Distinct().Count());
        Assert.Equal(3, Server.Cloud.Requests.Count("GetParametersByPath"));
    }

    private async Task<string> LaunchAsync()
    {
        var instance = (await _ec2.RunInstancesAsync(
            new RunInstancesRequest
            {
                ImageId = "ami-0abcdef1234567890", InstanceType = InstanceType.M5Large, MinCount = 1,
                MaxCount = 1
            })).Reservation.Instances[0];
        return instance.NetworkInterfaces[0].NetworkInterfaceId;
    }
}
