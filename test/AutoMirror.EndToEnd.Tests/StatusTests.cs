using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Packets;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary><c>automirror status</c>, with health from the metrics that the emulator's data plane publishes.</summary>
public sealed class StatusTests
{
    private const string Outside = "198.51.100.7";

    [Fact]
    public async Task Health_says_of_each_mirrored_instance_what_its_packets_did()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (proven, losing, idle, silent) = (
            await account.LaunchAsync(), await account.LaunchAsync(), await account.LaunchAsync(), await account.LaunchAsync(tag: null));
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        var nothing = (await account.Ec2.CreateTrafficMirrorFilterAsync(new())).TrafficMirrorFilter.TrafficMirrorFilterId;
        await account.NewForeignSessionAsync(InterfaceOf(silent), 1, nothing);
        Send(account, proven, count: 10);
        Send(account, losing, count: 30);
        account.Cloud.Packets.Faults = new() { InstanceBitsPerSecond = new Dictionary<string, long> { [losing.InstanceId] = 0 } };
        Send(account, losing, count: 10);
        Send(account, silent, count: 10);

        var result = await Programs.CliAsync(["status", "--health", "--json"], account.Environment);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var json = JsonDocument.Parse(result.Output).RootElement;
        var byId = json.GetProperty("instances").EnumerateArray().ToDictionary(each => each.GetProperty("instanceId").GetString()!);
        Assert.Equal(
            ("proven", "losing", "idle", "silent"),
            (HealthOf(byId, proven), HealthOf(byId, losing), HealthOf(byId, idle), HealthOf(byId, silent)));
        Assert.Equal(0.25, byId[losing.InstanceId].GetProperty("skippedShare").GetDouble());
        Assert.Equal(
            account.Cloud.Packets.Ledger.Entries.Where(entry => entry.InstanceId == proven.InstanceId).Sum(entry => entry.Bytes),
            byId[proven.InstanceId].GetProperty("mirroredBytes").GetInt64());
        var health = json.GetProperty("health");
        Assert.Equal((24, 0.00024), (health.GetProperty("metrics").GetInt32(), Math.Round(health.GetProperty("usd").GetDouble(), 6)));
        Assert.Single(account.Cloud.Requests.Snapshot(), request => request.Action == "GetMetricData");
    }

    [Fact]
    public async Task For_a_person_it_is_a_table_and_what_it_cost()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var web = await account.LaunchAsync(interfaces: 2);
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        Send(account, web, count: 10);

        var result = await Programs.CliAsync(["status", "--health"], account.Environment);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("2 sessions on 2 interfaces of 1 instance, to 1 target.", result.Output, StringComparison.Ordinal);
        Assert.Contains("proven: copies of 540 bytes left it", result.Output, StringComparison.Ordinal);
        Assert.Contains("from 6 metrics of CloudWatch's, which cost about 0.00006 USD", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_is_asked_without_health()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");

        var result = await Programs.CliAsync(["status", "--json"], account.Environment);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.False(JsonDocument.Parse(result.Output).RootElement.TryGetProperty("health", out _));
        Assert.DoesNotContain(account.Cloud.Requests.Snapshot(), request => request.Action == "GetMetricData");
    }

    [Fact]
    public async Task Where_CloudWatch_does_not_answer_health_is_unknown_and_the_rest_is_there()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        var environment = new Dictionary<string, string?>(account.Environment) { ["AWS_ENDPOINT_URL_CLOUDWATCH"] = "http://127.0.0.1:9" };

        var result = await Programs.CliAsync(["status", "--health", "--json"], environment);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("unknown", Assert.Single(json.GetProperty("instances").EnumerateArray()).GetProperty("health").GetString());
        Assert.StartsWith(
            "GetMetricData got no answer from 127.0.0.1", json.GetProperty("health").GetProperty("problem").GetString(),
            StringComparison.Ordinal);
    }

    private static string InterfaceOf(Instance instance) => instance.NetworkInterfaces[0].NetworkInterfaceId;

    private static string? HealthOf(Dictionary<string, JsonElement> byId, Instance instance) =>
        byId[instance.InstanceId].GetProperty("health").GetString();

    private static void Send(EmulatedAccount account, Instance instance, int count) => account.Cloud.Packets.Send(
        new PacketRequest { From = InterfaceOf(instance), To = Outside, DestinationPort = 443, Count = count });
}
