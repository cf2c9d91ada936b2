using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Packets;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The probe with EC2 at hand: who is behind a VNI, who is silent, which VNI nobody knows.</summary>
public sealed class ProbeNamesTests
{
    [Fact]
    public async Task Interfaces_are_named_and_those_that_sent_nothing_are_silent()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (web, quiet, gone) = (await account.LaunchAsync(), await account.LaunchAsync(), await account.LaunchAsync());
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        Send(account, web, bytes: 9000 - 40, count: 3);
        Send(account, gone, bytes: 0, count: 2);
        var sessions = (await account.SessionsAsync()).ToDictionary(session => session.NetworkInterfaceId);
        await account.Ec2.TerminateInstancesAsync(new([gone.InstanceId]));
        var capture = Path.GetTempFileName();
        await File.WriteAllBytesAsync(capture, account.Cloud.Packets.Capture(account.TargetId));

        var result = await Programs.CliAsync(["probe", "--read", capture, "--json"], account.Environment);
        var text = await Programs.CliAsync(["probe", "--read", capture], account.Environment);
        var elsewhere = await Programs.CliAsync(
            ["probe", "--read", capture, "--json", "--target", "tmt-00000000000000000"], account.Environment);
        File.Delete(capture);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var json = JsonDocument.Parse(result.Output).RootElement;
        var known = json.GetProperty("vnis").EnumerateArray().Single(each => Number(each, "vni") == VniOf(web));
        Assert.Equal(
            (Id(web), web.InstanceId, 3, 3, 1),
            (Text(known, "networkInterfaceId"), Text(known, "instanceId"), Number(known, "packets"), Number(known, "truncated"),
                known.GetProperty("oneWayFlows").GetProperty("outbound").GetInt32()));
        Assert.Equal([VniOf(gone)], json.GetProperty("unknownVnis").EnumerateArray().Select(each => each.GetInt32()));
        Assert.Equal([Id(quiet)], json.GetProperty("silent").EnumerateArray().Select(each => Text(each, "networkInterfaceId")));
        Assert.Contains(
            $"Silent: {Id(quiet)} {quiet.InstanceId} (VNI {VniOf(quiet)}) is mirrored to {account.TargetId}, and sent nothing.",
            text.Output, StringComparison.Ordinal);
        Assert.Contains($"VNI {VniOf(gone)}: no session that sends here has it.", text.Output, StringComparison.Ordinal);
        Assert.Equal("[]", JsonDocument.Parse(elsewhere.Output).RootElement.GetProperty("silent").GetRawText());

        int VniOf(Instance instance) => sessions[Id(instance)].VirtualNetworkId!.Value;
    }

    [Fact]
    public async Task Where_EC2_does_not_answer_it_counts_all_the_same_and_says_why_there_are_no_names()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var web = await account.LaunchAsync();
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        Send(account, web, bytes: 10, count: 3);
        var capture = Path.GetTempFileName();
        await File.WriteAllBytesAsync(capture, account.Cloud.Packets.Capture(account.TargetId));
        var environment = new Dictionary<string, string?>(account.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null, ["HOME"] = "/nonexistent", ["AWS_PROFILE"] = null,
        };

        var result = await Programs.CliAsync(["probe", "--read", capture, "--json"], environment);
        File.Delete(capture);

        Assert.Equal(0, result.ExitCode);
        Assert.StartsWith("automirror: interfaces have no names: there are no AWS credentials", result.Error, StringComparison.Ordinal);
        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal(3, json.GetProperty("packets").GetInt32());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("silent").ValueKind);
    }

    [Fact]
    public async Task A_recording_that_is_not_there_is_wrong_usage()
    {
        var result = await Programs.CliAsync(["probe", "--read", "x.pcap", "--from", "/nonexistent"]);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.Contains("--from takes a folder", result.Error, StringComparison.Ordinal);
    }

    private static string Id(Instance instance) => instance.NetworkInterfaces[0].NetworkInterfaceId;

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static void Send(EmulatedAccount account, Instance instance, int bytes, int count) => account.Cloud.Packets.Send(
        new PacketRequest { From = Id(instance), To = "198.51.100.7", DestinationPort = 443, PayloadBytes = bytes, Count = count });
}
