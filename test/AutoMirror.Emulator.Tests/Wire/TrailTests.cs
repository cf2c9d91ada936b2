using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;

namespace AutoMirror.Emulator.Tests.Wire;

public sealed class TrailTests : ServerTests
{
    private AmazonEC2Client _ec2 = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Server.Cloud.RegisterCaller(Client.AccessKeyId, "deploy", "pipeline");
        _ec2 = Client.Ec2(Server);
    }

    public override async Task DisposeAsync()
    {
        _ec2.Dispose();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task The_event_of_a_launch_has_its_instances_interfaces_and_caller()
    {
        var instance = (await _ec2.RunInstancesAsync(
            new RunInstancesRequest
            {
                ImageId = "ami-0abcdef1234567890", InstanceType = InstanceType.M5Large, MinCount = 2,
                MaxCount = 2
            })).Reservation.Instances[0];

        var detail = Single("RunInstances");
        var item = detail["responseElements"]!["instancesSet"]!["items"]!.AsArray()
            .Single(each => each!["instanceId"]!.GetValue<string>() == instance.InstanceId)!;
        Assert.Equal(instance.SubnetId, item["subnetId"]!.GetValue<string>());
        Assert.Equal("us-east-1a", item["placement"]!["availabilityZone"]!.GetValue<string>());
        var card = item["networkInterfaceSet"]!["items"]![0]!;
        Assert.Equal((instance.NetworkInterfaces[0].NetworkInterfaceId, 0L),
            (card["networkInterfaceId"]!.GetValue<string>(), card["attachment"]!["deviceIndex"]!.GetValue<long>()));
        Assert.Equal("deploy", detail["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["userName"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_event_of_a_refused_session_has_its_error_and_no_answer()
    {
        await Assert.ThrowsAsync<AmazonEC2Exception>(
            () => _ec2.CreateTrafficMirrorSessionAsync(
                new()
                {
                    NetworkInterfaceId = "eni-0123456789abcdef0", TrafficMirrorTargetId = "tmt-1", TrafficMirrorFilterId = "tmf-1",
                    SessionNumber = 3
                }));

        var detail = Single("CreateTrafficMirrorSession");
        Assert.Equal("Client.InvalidTrafficMirrorTargetId.NotFound", detail["errorCode"]!.GetValue<string>());
        Assert.Null(detail["responseElements"]);
        Assert.Equal(3, detail["requestParameters"]!["CreateTrafficMirrorSessionRequest"]!["SessionNumber"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_event_of_a_mirroring_action_wraps_the_answer_in_its_name()
    {
        var filter = (await _ec2.CreateTrafficMirrorFilterAsync(new CreateTrafficMirrorFilterRequest()))
            .TrafficMirrorFilter.TrafficMirrorFilterId;

        var answer = Single("CreateTrafficMirrorFilter")["responseElements"]!["CreateTrafficMirrorFilterResponse"]!;
        Assert.Equal("http://ec2.amazonaws.com/doc/2016-11-15/", answer["xmlns"]!.GetValue<string>());
        Assert.Equal(filter, answer["trafficMirrorFilter"]!["trafficMirrorFilterId"]!.GetValue<string>());
        Assert.Equal("", answer["trafficMirrorFilter"]!["tagSet"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_event_of_new_tags_lists_resources_and_keys()
    {
        var id = Launch().Id;
        await _ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [id], Tags = [new("Mirror", "true")] });

        Assert.Equal(
            $$$"""{"resourcesSet":{"items":[{"resourceId":"{{{id}}}"}]},"tagSet":{"items":[{"key":"Mirror","value":"true"}]}}""",
            Single("CreateTags")["requestParameters"]!.ToJsonString());
    }

    private JsonObject Single(string action) =>
        Assert.Single(Server.Cloud.Events.History, each =>
            each.DetailType == "AWS API Call via CloudTrail" && each.Detail["eventName"]!.GetValue<string>() == action).Detail;
}
