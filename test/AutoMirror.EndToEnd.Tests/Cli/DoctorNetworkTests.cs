using System.Text.Json.Nodes;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>What <c>doctor</c> sees beyond EC2's interfaces: load balancers, routes to other VPCs, the function's role.</summary>
public sealed class DoctorNetworkTests
{
    private const string Trust = """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}
        """;

    [Theory]
    [InlineData("none", null, "")]
    [InlineData("one of two is ill", "note", "1 target of 2")]
    [InlineData("all ill", "problem", "is healthy: ")]
    [InlineData("no target", "problem", "has no target")]
    [InlineData("other port", "problem", "no listener for UDP 4789")]
    [InlineData("no listener", "problem", "no listener for UDP 4789")]
    [InlineData("gone", "problem", "does not exist")]
    public async Task A_load_balancer_needs_a_listener_and_healthy_targets(string fault, string? severity, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await MirrorToLoadBalancerAsync(account, fault);

        var found = await FindingsAsync(account, "load-balancer", severity == "problem" ? 3 : 0);

        Assert.Equal(severity is null ? [] : [severity], found.Select(each => each.Severity));
        Assert.All(found, each => Assert.Contains(words, each.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("none", null, "")]
    [InlineData("no route", "problem", "has no route to")]
    [InlineData("blackhole", "problem", "is a blackhole")]
    [InlineData("internet", "problem", "the Internet has no way")]
    [InlineData("transit", "unknown", "whose own routes are not read")]
    public async Task Copies_to_another_VPC_need_a_route(string fault, string? severity, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await MirrorToOtherVpcAsync(account, fault);

        var found = await FindingsAsync(account, "routes", severity == "problem" ? 3 : 0);

        Assert.Equal(severity is null ? [] : [severity], found.Select(each => each.Severity));
        Assert.All(found, each => Assert.Contains(words, each.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "note", "There is no role")]
    [InlineData("", null, "")]
    [InlineData("ec2:DeleteTrafficMirrorSession", "problem", "may not do ec2:DeleteTrafficMirrorSession:")]
    [InlineData("ssm:GetParametersByPath", "problem", "may not do ssm:GetParametersByPath:")]
    public async Task The_role_of_the_function_is_asked_of_IAM(string? without, string? severity, string words)
    {
        await using var account = await HealthyAsync();
        if (without is not null)
            GiveRole(account, without);

        var found = await FindingsAsync(account, "role", severity == "problem" ? 3 : 0);

        Assert.Equal(severity is null ? [] : [severity], found.Select(each => each.Severity));
        Assert.All(found, each => Assert.Contains(words, each.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_that_was_named_and_does_not_exist_is_a_problem()
    {
        await using var account = await HealthyAsync();

        var result = await account.CliAsync("doctor", "--role", "mirror");

        Assert.Equal(3, result.ExitCode);
        Assert.Contains("role/mirror does not exist", result.Output, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<(string Severity, string Message)>> FindingsAsync(
        EmulatedAccount account, string check, int exitCode)
    {
        var document = CliResult.Read(await account.CliAsync("doctor", "--json"), exitCode);
        return
        [
            .. document.GetProperty("findings").EnumerateArray().Where(each => each.GetProperty("check").GetString() == check)
                .Select(each => (each.GetProperty("severity").GetString()!, each.GetProperty("message").GetString()!)),
        ];
    }

    /// <summary>An account whose filter mirrors all, DNS included.</summary>
    private static async Task<EmulatedAccount> HealthyAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        account.Cloud.Ec2.Filters.ModifyNetworkServices(account.FilterId, ["amazon-dns"], []);
        await account.LaunchAsync();
        await account.CliAsync("sync");
        return account;
    }

    private static async Task MirrorToLoadBalancerAsync(EmulatedAccount account, string fault)
    {
        var (cloud, balancing) = (account.Cloud, account.Cloud.LoadBalancing);
        cloud.Ec2.Filters.ModifyNetworkServices(account.FilterId, ["amazon-dns"], []);
        var hosts = (await account.LaunchAsync("c5.xlarge", tag: null), await account.LaunchAsync("c5.xlarge", tag: null));
        await account.Ec2.CreateTagsAsync(
            new([hosts.Item1.InstanceId, hosts.Item2.InstanceId], [new("automirror:sensor-host", "ids")]));
        var balancer = balancing.CreateLoadBalancer("sensors", "network", [account.SubnetId]);
        var group = balancing.TargetGroups.Create("sensors", "UDP", 4789, hosts.Item1.VpcId, "instance");
        if (fault != "no target")
        {
            balancing.TargetGroups.Register(
                group.Id, new RegisteredTarget(hosts.Item1.InstanceId, null), new RegisteredTarget(hosts.Item2.InstanceId, null));
            balancing.TargetGroups.SetHealth(
                group.Id, hosts.Item1.InstanceId, fault.EndsWith("ill", StringComparison.Ordinal) ? "unhealthy" : "healthy");
            balancing.TargetGroups.SetHealth(group.Id, hosts.Item2.InstanceId, fault == "all ill" ? "unhealthy" : "healthy");
        }

        if (fault != "no listener")
            balancing.CreateListener(balancer.Id, group.Id, "UDP", fault == "other port" ? 4790 : 4789);
        await account.PutAsync("targets/default", cloud.Ec2.Targets.Create(networkLoadBalancerArn: balancer.Id).Id);
        await account.LaunchAsync();
        await account.CliAsync("sync");
        if (fault == "gone")
            balancing.DeleteLoadBalancer(balancer.Id);
    }

    private static async Task MirrorToOtherVpcAsync(EmulatedAccount account, string fault)
    {
        var ec2 = account.Cloud.Ec2;
        ec2.Filters.ModifyNetworkServices(account.FilterId, ["amazon-dns"], []);
        var vpc = ec2.Networks.CreateVpc("10.9.0.0/16");
        var subnet = ec2.Networks.CreateSubnet(vpc.Id, "10.9.1.0/24");
        var group = ec2.SecurityGroups.Create("open", "takes copies in", vpc.Id);
        ec2.SecurityGroups.Authorize(group.Id, [new("udp", 4789, 4789, "0.0.0.0/0")]);
        var sensor = ec2.RunInstances(new() { InstanceType = "c5.xlarge", SubnetId = subnet.Id, GroupIds = [group.Id] })[0];
        var target = ec2.Targets.Create(networkInterfaceId: ec2.Instances.InterfacesOf(sensor.Id)[0].Id);
        await account.PutAsync("targets/default", target.Id);
        var source = await account.LaunchAsync();
        var main = ec2.RouteTables.Describe(Emulator.Query.All).Items.First(each => each.VpcId == source.VpcId && each.IsMain);
        var peering = ec2.PeeringConnections.Create(source.VpcId, vpc.Id);
        if (fault != "blackhole")
            ec2.PeeringConnections.Accept(peering.Id);
        if (fault != "no route")
        {
            ec2.RouteTables.CreateRoute(main.Id, fault switch
            {
                "internet" => new Route("0.0.0.0/0", RouteTarget.Gateway, "igw-0123456789abcdef0"),
                "transit" => new Route("10.0.0.0/8", RouteTarget.TransitGateway, "tgw-0123456789abcdef0"),
                _ => new Route("10.9.0.0/16", RouteTarget.VpcPeeringConnection, peering.Id),
            });
        }

        await account.CliAsync("sync");
    }

    /// <summary>The function's role, as the Terraform module makes it, without one action.</summary>
    private static void GiveRole(EmulatedAccount account, string without)
    {
        var text = File.ReadAllText(Repository.PathOf("src", "AutoMirror.Cli", "Emulated", "deployment.json"))
            .Replace("${region}", "us-east-1", StringComparison.Ordinal)
            .Replace("${account}", account.Cloud.Options.AccountId, StringComparison.Ordinal)
            .Replace("${filter}", account.FilterId, StringComparison.Ordinal)
            .Replace("${target}", account.TargetId, StringComparison.Ordinal);
        var policy = new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = JsonNode.Parse(text)!["statements"]!.DeepClone() }
            .ToJsonString();
        if (without.Length > 0)
            policy = policy.Replace($"\"{without}\"", "\"ec2:DescribeKeyPairs\"", StringComparison.Ordinal);
        account.Cloud.Iam.Roles.Create("automirror-us-east-1", Trust);
        account.Cloud.Iam.Roles.PutPolicy("automirror-us-east-1", "mirror", policy);
    }
}
