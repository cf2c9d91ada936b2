using System.Text.Json.Nodes;
using Amazon.EC2.Model;
using AutoMirror.Aws.Hosting;
using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>Everything that the function can call, taken from the emulator's request
/// log, held against what its role is for: both ways.</summary>
public sealed class CallsTests
{
    private const string Policy = """{"tagLevels":["interface","instance","subnet","vpc"],"guardDuty":{"severity":7}""";

    [Fact]
    public async Task The_function_calls_exactly_what_its_role_is_for()
    {
        await using var account = await EmulatedAccount.StartAsync();
        // Where an endpoint lies matters only beside another target.
        var endpoint = account.Cloud.Ec2.Targets.Create(
            gatewayLoadBalancerEndpointId: Endpoints.CreateIn(account.Cloud, account.SubnetId)).Id;
        await account.PutAsync("targets/default", $"{await account.NewLoadBalancerTargetAsync()},{endpoint}");
        await account.PutAsync("policy", $"{Policy}}}");
        var queue = account.Cloud.Sqs.Create("events");
        using var function = new FunctionUnderTest(
            account, variables: new Dictionary<string, string?> { ["AUTOMIRROR_QUEUE_URL"] = queue.Url });

        // Create, on a fallback number beside a foreign session, whose filter is looked at.
        var instance = await account.LaunchAsync();
        await account.NewForeignSessionAsync(instance.NetworkInterfaces[0].NetworkInterfaceId, 1);
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        // A finding about one that is opted out; then its owner opts in, and the tag that ends the session goes.
        var suspect = await account.LaunchAsync(tag: "no");
        await function.ReportAsync(Finding(suspect));
        await account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [suspect.InstanceId], Tags = [new Tag("Mirror", "yes")] });
        await function.ReportAsync("{}");

        // Modify, tag, delete.
        await account.PutAsync("policy", $"{Policy},\"packetLength\":1500}}");
        var session = (await account.SessionsAsync()).First(each => each.Tags is { Count: > 0 });
        await account.Ec2.DeleteTagsAsync(
            new DeleteTagsRequest { Resources = [session.TrafficMirrorSessionId], Tags = [new Tag { Key = "Name" }] });
        await function.ReportAsync("""{"source":"aws.ssm","detail-type":"Parameter Store Change","region":"us-east-1","detail":{"name":"/automirror/policy"} }""");
        await account.Ec2.StopInstancesAsync(new StopInstancesRequest([suspect.InstanceId]));
        await function.ReportAsync(FunctionUnderTest.StateChange(suspect.InstanceId, "stopped"));

        // A look at everything that is put off is asked for through the queue.
        Assert.IsType<InvocationOutcome.Answered>(await function.InvokeAsync(Batch("{}")));
        Assert.IsType<InvocationOutcome.Answered>(await function.InvokeAsync(Batch(Deleted())));

        var used = account.Cloud.Requests.Snapshot().Where(request => request.AccessKeyId == "AKIATESTFUNCTION")
            .Select(request => $"{request.Service}:{request.Action}").ToHashSet();
        Assert.Equal(IamActions.Called.Order(), used.Order());
    }

    private static string Finding(Instance instance) => $$"""
        {"source":"aws.guardduty","detail-type":"GuardDuty Finding","region":"us-east-1",
         "detail":{"severity":8,"resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"{{instance.InstanceId}}"} } } }
        """;

    private static string Deleted() => $$"""
        {"source":"aws.ec2","detail-type":"AWS API Call via CloudTrail","region":"us-east-1","detail":{"eventTime":"{{DateTimeOffset.UtcNow:O}}","eventName":"DeleteTrafficMirrorSession",
         "requestParameters":{"trafficMirrorSessionId":"tms-0123456789abcdef0"} } }
        """;

    private static string Batch(string body) => new JsonObject
    {
        ["Records"] = new JsonArray(new JsonObject { ["messageId"] = "m-1", ["eventSource"] = "aws:sqs", ["body"] = body }),
    }.ToJsonString();
}
