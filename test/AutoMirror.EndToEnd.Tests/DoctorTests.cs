using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Packets;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary><c>automirror doctor</c> finds each fault that keeps packets from a sensor; the data plane agrees that it does.</summary>
public sealed class DoctorTests
{
    private const string Outside = "198.51.100.7";

    [Fact]
    public async Task Where_packets_arrive_it_finds_nothing()
    {
        await using var account = await HealthyAsync();

        var result = await Programs.CliAsync(["doctor"], account.Environment);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Equal("Nothing was found that keeps packets from the sensors (1 sessions).\n", result.Output);
        Assert.Equal(PacketFateKind.Mirrored, await SendAsync(account, Outside));
    }

    [Theory]
    [InlineData("stopped", "which is stopped: no copy of its session arrives", Outside)]
    [InlineData("terminated", "is gone: no copy of its session arrives", Outside)]
    [InlineData("detached", "is on no instance: no copy of its session arrives", Outside)]
    [InlineData("closed", "lets UDP 4789 in from 172.31.", Outside)]
    [InlineData("no rule", "no outbound rule accepts anything", Outside)]
    [InlineData("no DNS", "it has no network service amazon-dns", "169.254.169.253")]
    public async Task A_fault_is_found_that_keeps_packets_away(string fault, string words, string to)
    {
        await using var account = await HealthyAsync();
        Assert.Equal(PacketFateKind.Mirrored, await SendAsync(account, to));

        await BreakAsync(account, fault);
        var result = await Programs.CliAsync(["doctor", "--json"], account.Environment);

        Assert.Equal((3, ""), (result.ExitCode, result.Error));
        var problem = Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("problems").EnumerateArray());
        Assert.Contains(words, problem.GetProperty("what").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(problem.GetProperty("remedy").GetString()!);
        Assert.NotEqual(PacketFateKind.Mirrored, await SendAsync(account, to));
    }

    [Fact]
    public async Task With_health_a_silent_instance_is_a_problem()
    {
        await using var account = await HealthyAsync();
        account.Cloud.Packets.Faults = new() { TargetPacketsPerSecond = new Dictionary<string, long> { [account.TargetId] = 0 } };
        await SendAsync(account, Outside);
        var before = await Programs.CliAsync(["doctor", "--health"], account.Environment);
        var silent = (await account.LaunchAsync(tag: null)).NetworkInterfaces[0].NetworkInterfaceId;
        var filters = account.Cloud.Ec2.Filters;
        var icmpOnly = filters.Create().Id;
        filters.ModifyNetworkServices(icmpOnly, ["amazon-dns"], []);
        foreach (var direction in (string[])["ingress", "egress"])
            filters.CreateRule(icmpOnly, direction, 1, "accept", "0.0.0.0/0", "0.0.0.0/0", protocol: 1);
        await account.NewForeignSessionAsync(silent, 1, icmpOnly);
        account.Cloud.Packets.Send(new PacketRequest { From = silent, To = Outside, DestinationPort = 443 });

        var after = await Programs.CliAsync(["doctor", "--health"], account.Environment);

        // That a sensor can't keep up is not the source's fault: copies left it.
        Assert.Equal((0, 3), (before.ExitCode, after.ExitCode));
        Assert.Contains("silent: it had 54 bytes of traffic, and no copy left it", after.Output, StringComparison.Ordinal);
        Assert.Contains($"ask automirror explain {silent} --packet", after.Output, StringComparison.Ordinal);
        Assert.Contains("from 12 metrics of CloudWatch's", after.Output, StringComparison.Ordinal);
    }

    /// <summary>An instance that is mirrored by a filter for everything, DNS included.</summary>
    private static async Task<EmulatedAccount> HealthyAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        await account.Ec2.ModifyTrafficMirrorFilterNetworkServicesAsync(
            new() { TrafficMirrorFilterId = account.FilterId, AddNetworkServices = ["amazon-dns"] });
        await account.LaunchAsync();
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        return account;
    }

    private static async Task<PacketFateKind> SendAsync(EmulatedAccount account, string to)
    {
        var source = (await account.SessionsAsync())[0].NetworkInterfaceId;
        return account.Cloud.Packets.Send(
            new PacketRequest { From = source, To = to, Protocol = "udp", DestinationPort = 53 })[0].Kind;
    }

    private static async Task BreakAsync(EmulatedAccount account, string fault)
    {
        var target = (await account.Ec2.DescribeTrafficMirrorTargetsAsync(new())).TrafficMirrorTargets[0].NetworkInterfaceId;
        var sensor = (await account.Ec2.DescribeNetworkInterfacesAsync(
            new DescribeNetworkInterfacesRequest { NetworkInterfaceIds = [target] })).NetworkInterfaces[0];
        switch (fault)
        {
            case "stopped":
                await account.Ec2.StopInstancesAsync(new([sensor.Attachment.InstanceId]));
                break;
            case "terminated":
                await account.Ec2.TerminateInstancesAsync(new([sensor.Attachment.InstanceId]));
                break;
            case "detached":
                await account.Ec2.DetachNetworkInterfaceAsync(new() { AttachmentId = sensor.Attachment.AttachmentId, Force = true });
                break;
            case "closed":
                var group = (await account.Ec2.DescribeSecurityGroupsAsync(
                    new DescribeSecurityGroupsRequest { GroupIds = [sensor.Groups[0].GroupId] })).SecurityGroups[0];
                await account.Ec2.RevokeSecurityGroupIngressAsync(new() { GroupId = group.GroupId, IpPermissions = group.IpPermissions });
                break;
            case "no rule":
                var filter = (await account.Ec2.DescribeTrafficMirrorFiltersAsync(
                    new() { TrafficMirrorFilterIds = [account.FilterId] })).TrafficMirrorFilters[0];
                await account.Ec2.DeleteTrafficMirrorFilterRuleAsync(
                    new() { TrafficMirrorFilterRuleId = filter.EgressFilterRules[0].TrafficMirrorFilterRuleId });
                break;
            case "no DNS":
                await account.Ec2.ModifyTrafficMirrorFilterNetworkServicesAsync(
                    new() { TrafficMirrorFilterId = account.FilterId, RemoveNetworkServices = ["amazon-dns"] });
                break;
            default:
                throw new ArgumentException(fault);
        }
    }
}
