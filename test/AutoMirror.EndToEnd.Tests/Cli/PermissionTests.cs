using System.Text.Json.Nodes;
using AutoMirror.Aws.Tests;
using AutoMirror.EndToEnd.Tests.Infra;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>The policies in <c>infra/policies</c>, held against the calls that the verbs make, both ways.</summary>
public sealed class PermissionTests : IDisposable
{
    private static readonly string[] DryRuns =
        ["ec2:CreateTrafficMirrorSession", "ec2:DeleteTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Looking_takes_exactly_the_policy_read()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync();
        await MirrorToLoadBalancerAsync(account, instance.VpcId);
        account.Cloud.Requests.Clear();
        foreach (var arguments in (string[])[
            "plan", "status --health", $"explain {instance.InstanceId}", "vnis", "doctor", $"record {_folder.FullName}",
        ])
        {
            var result = await account.CliAsync(arguments.Split(' '));
            Assert.True(result.ExitCode is 0 or 3, result.Error);
        }

        // The doctor asks by dry runs what it may change: that it may not is an answer, too.
        Assert.Equal(Granted("read"), Called(account).Except(DryRuns));
    }

    [Fact]
    public async Task Setting_up_takes_exactly_the_policy_setup()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.Ssm.DeleteParametersAsync(new() { Names = ["/automirror/filter", "/automirror/targets/default"] });
        var sensor = await account.LaunchAsync("c5.xlarge", tag: null);
        account.Cloud.Requests.Clear();

        await account.JsonAsync("setup", "--sensor", $"default={sensor.NetworkInterfaces[0].NetworkInterfaceId}", "--yes");

        var called = Called(account);
        Assert.Subset(Granted("setup"), called);
        Assert.Equal(Granted("setup").Except(Granted("read")), called.Except(Granted("read")));
    }

    [Fact]
    public async Task Syncing_and_adopting_take_exactly_the_policy_sync()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"sessionTags":{"cost-centre":"42"},"packetLength":1500}""");
        var running = await account.LaunchAsync();
        var stopped = await account.LaunchAsync();
        await account.CliAsync("sync");
        await account.PutAsync("policy", "{}");
        var session = (await account.SessionsAsync()).Single(each =>
            each.NetworkInterfaceId == running.NetworkInterfaces[0].NetworkInterfaceId);
        await account.Ec2.DeleteTagsAsync(new([session.TrafficMirrorSessionId]) { Tags = [new() { Key = "Name" }] });
        await account.Ec2.StopInstancesAsync(new([stopped.InstanceId]));
        await account.CliAsync("sync");

        var called = Called(account);
        Assert.Subset(Granted("sync"), called);
        Assert.Equal(Granted("sync").Except(Granted("read")), called.Except(Granted("read")));
    }

    [Fact]
    public void Every_policy_builds_on_that_for_looking()
    {
        foreach (var policy in (string[])["sync", "setup"])
            Assert.Subset(Granted(policy), Granted("read"));
    }

    private static async Task MirrorToLoadBalancerAsync(EmulatedAccount account, string vpc)
    {
        var balancing = account.Cloud.LoadBalancing;
        var balancer = balancing.CreateLoadBalancer("sensors", "network", [account.SubnetId]);
        balancing.CreateListener(balancer.Id, balancing.TargetGroups.Create("sensors", "UDP", 4789, vpc).Id, "UDP", 4789);
        await account.PutAsync("targets/default", account.Cloud.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id).Id);
        Assert.Equal(0, (await account.CliAsync("sync")).ExitCode);
    }

    private static SortedSet<string> Called(EmulatedAccount account) => new(
        account.Cloud.Requests.Snapshot().Where(request => request.AccessKeyId == "AKIATESTFUNCTION" && request.Service != "sts")
            .Select(request => $"{PrefixOf(request.Service)}:{request.Action}"), StringComparer.Ordinal);

    // CloudWatch signs as "monitoring", and IAM calls it "cloudwatch".
    private static string PrefixOf(string service) => service == "monitoring" ? "cloudwatch" : service;

    private static SortedSet<string> Granted(string policy) => new(
        IamActions.Granted(IamStatement.Read(JsonNode.Parse(File.ReadAllText(Repository.PathOf("infra", "policies", $"{policy}.json")))!)),
        StringComparer.Ordinal);
}
