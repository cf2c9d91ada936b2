using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary><c>automirror explain --packet</c>, held against the data plane; and the verbs that only read, on a recorded account.</summary>
public sealed class ExplainTests
{
    [Theory]
    [InlineData("tcp", 443, "out", "number 1, ")]
    [InlineData("udp", 514, "out", "outbound rule 100 accepts it")]
    [InlineData("tcp", 443, "in", "inbound rule 100 accepts it")]
    public async Task It_names_the_session_that_the_data_plane_mirrors_by(string protocol, int port, string direction, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (id, address) = await MirrorTwiceAsync(account);
        var isOut = direction == "out";
        var sent = account.Cloud.Packets.Send(new PacketRequest
        {
            From = isOut ? id : "198.51.100.7", To = isOut ? "198.51.100.7" : id, Protocol = protocol, SourcePort = 50000,
            DestinationPort = port,
        });
        var text = isOut ? $"{protocol} {address}:50000 > 198.51.100.7:{port} out" : $"{protocol} 198.51.100.7:50000 > {address}:{port} in";

        var result = await Programs.CliAsync(["explain", id, "--packet", text], account.Environment);
        var json = await Programs.CliAsync(["explain", id, "--packet", text, "--json"], account.Environment);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var taker = Assert.Single(sent).SessionId;
        Assert.StartsWith($"{taker} gets it, for tmt-", result.Output, StringComparison.Ordinal);
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
        Assert.Equal(taker, JsonDocument.Parse(json.Output).RootElement.GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task What_no_session_gets_is_said_with_the_reason()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (id, address) = await MirrorTwiceAsync(account);

        var dns = await Programs.CliAsync(["explain", id, "--packet", $"udp {address}:5000 > 169.254.169.253:53 out"], account.Environment);
        var clock = await Programs.CliAsync(
            ["explain", id, "--packet", $"udp {address}:5000 > 169.254.169.123:123 out"], account.Environment);

        Assert.StartsWith("No session gets it.\n", dns.Output, StringComparison.Ordinal);
        Assert.Contains("the filter has no network service amazon-dns", dns.Output, StringComparison.Ordinal);
        Assert.StartsWith("No session gets it: Traffic Mirroring can't mirror NTP", clock.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("i-1", "tcp 10.0.0.5:1 > 10.0.0.6:1 out", "explain takes a network interface")]
    [InlineData("ENI", "tcp 10.0.0.5 > 10.0.0.6:1 out", "'10.0.0.5' is not an address with its port")]
    [InlineData("ENI", "tcp 192.0.2.1:1 > 198.51.100.7:1 out", "has one of its addresses there")]
    public async Task Wrong_usage_is_2_and_said_in_words(string id, string packet, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var own = (await account.LaunchAsync()).NetworkInterfaces[0].NetworkInterfaceId;

        var result = await Programs.CliAsync(
            ["explain", id.Replace("ENI", own, StringComparison.Ordinal), "--packet", packet], account.Environment);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [NeedsToolFact("aws")]
    public async Task A_recorded_account_says_the_same_as_the_account_without_any_permission()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (id, address) = await MirrorTwiceAsync(account);
        var folder = Directory.CreateTempSubdirectory("recorded").FullName;
        string[] describes =
        [
            "describe-traffic-mirror-sessions", "describe-network-interfaces", "describe-instances", "describe-traffic-mirror-filters",
            "describe-vpcs", "describe-traffic-mirror-targets", "describe-security-groups",
        ];
        foreach (var describe in describes)
        {
            var printed = await Tool.RunAsync("aws", ["ec2", describe, "--output", "json"], account.Environment);
            Assert.True(printed.ExitCode == 0, printed.Error);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{describe}.json"), printed.Output);
        }

        string[][] verbs =
        [
            ["status"], ["status", "--json"], ["doctor"], ["explain", id, "--packet", $"icmp {address} > 198.51.100.7 out"],
        ];
        foreach (var verb in verbs)
        {
            var live = await Programs.CliAsync(verb, account.Environment);
            var recorded = await Programs.CliAsync([.. verb, "--from", folder], Nobody);
            Assert.Equal((live.ExitCode, ""), (recorded.ExitCode, recorded.Error));
            Assert.Equal(live.Output, recorded.Output);
        }

        var health = await Programs.CliAsync(["status", "--health", "--from", folder], Nobody);
        Directory.Delete(folder, recursive: true);
        Assert.Equal(0, health.ExitCode);
        Assert.Contains("Health is unknown: a recorded account has no metrics.", health.Output, StringComparison.Ordinal);
    }

    private static Dictionary<string, string?> Nobody { get; } = new()
    {
        ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null, ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null,
    };

    /// <summary>An interface with a foreign session that takes outbound TCP, before the function's own.</summary>
    private static async Task<(string Id, string Address)> MirrorTwiceAsync(EmulatedAccount account)
    {
        var networkInterface = (await account.LaunchAsync()).NetworkInterfaces[0];
        var filter = (await account.Ec2.CreateTrafficMirrorFilterAsync(new())).TrafficMirrorFilter.TrafficMirrorFilterId;
        await account.Ec2.CreateTrafficMirrorFilterRuleAsync(new CreateTrafficMirrorFilterRuleRequest
        {
            TrafficMirrorFilterId = filter, TrafficDirection = Amazon.EC2.TrafficDirection.Egress, RuleNumber = 7, Protocol = 6,
            RuleAction = Amazon.EC2.TrafficMirrorRuleAction.Accept, SourceCidrBlock = "0.0.0.0/0", DestinationCidrBlock = "0.0.0.0/0",
        });
        await account.NewForeignSessionAsync(networkInterface.NetworkInterfaceId, 1, filter);
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        var group = (await account.Ec2.DescribeSecurityGroupsAsync(new())).SecurityGroups[0].GroupId;
        await account.Ec2.AuthorizeSecurityGroupIngressAsync(new()
        {
            GroupId = group, IpPermissions = [new() { IpProtocol = "-1", Ipv4Ranges = [new() { CidrIp = "0.0.0.0/0" }] }],
        });
        return (networkInterface.NetworkInterfaceId, networkInterface.PrivateIpAddress);
    }
}
