using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>status</c> and <c>explain</c>.</summary>
public sealed class CoverageTests
{
    [Fact]
    public async Task Status_counts_what_is_mirrored_now_and_what_should_be()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync("m5.large");
        await account.LaunchAsync("t2.micro");
        await account.LaunchAsync("m5.large", tag: "nobody");
        await account.LaunchAsync("m5.large", tag: "false");

        var before = await account.JsonAsync("status");
        Assert.Equal(0, before.GetProperty("percent").GetDouble());
        Assert.Equal(1, before.GetProperty("pending").GetProperty("create").GetInt32());

        await account.CliAsync("sync");
        var status = await account.JsonAsync("status");

        Assert.Equal(33.3, status.GetProperty("percent").GetDouble());
        var states = status.GetProperty("states");
        foreach (var state in (string[])["mirrored", "unsupported", "hindered", "opted-out", "sensor"])
            Assert.Equal(state == "sensor" ? 2 : 1, states.GetProperty(state).GetInt32());
        Assert.Equal("t2", status.GetProperty("blind")[0].GetProperty("family").GetString());
        Assert.Equal(10, status.GetProperty("targets")[0].GetProperty("capacity").GetInt32());
        Assert.Equal(1, status.GetProperty("targets")[0].GetProperty("sources").GetInt32());
        Assert.Equal(10.95m, status.GetProperty("cost").GetProperty("monthly").GetDecimal());
        Assert.All(status.GetProperty("problems").Texts("command"), command => Assert.NotEmpty(command!));
        Assert.Equal(["vpc", "zone", "sensor", "instanceType"], status.GetProperty("groups").EnumerateObject().Select(group => group.Name));
    }

    [Fact]
    public async Task Coverage_below_what_was_asked_for_is_3()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();

        var below = await account.CliAsync("status", "--fail-under", "95", "--quiet");
        Assert.Equal((3, ""), (below.ExitCode, below.Output));
        await account.CliAsync("sync");
        Assert.Equal(0, (await account.CliAsync("status", "--fail-under", "95", "--quiet")).ExitCode);
    }

    [Fact]
    public async Task Sessions_that_cost_and_mirror_nothing_are_waste()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"onStop":"keep"}""");
        var stopped = await account.LaunchAsync();
        await account.LaunchAsync();
        await account.CliAsync("sync");
        await account.Ec2.StopInstancesAsync(new([stopped.InstanceId]));

        var cost = (await account.JsonAsync("status")).GetProperty("cost");

        Assert.Equal((2, 10.95m), (cost.GetProperty("sessions").GetInt32(), cost.GetProperty("monthlyWaste").GetDecimal()));
        Assert.Equal([stopped.NetworkInterfaces[0].NetworkInterfaceId], cost.GetProperty("waste").Texts("networkInterfaceId"));
    }

    [Fact]
    public async Task Explain_tells_the_chain_what_to_do_and_what_is_blind()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync();
        await account.CliAsync("sync");

        var explanation = await account.JsonAsync("explain", instance.InstanceId);

        Assert.Equal("instance", explanation.GetProperty("kind").GetString());
        var its = Assert.Single(explanation.GetProperty("interfaces").EnumerateArray());
        Assert.Equal(("mirrored", "mirrored"), (its.GetProperty("state").GetString(), its.GetProperty("verdict").GetString()));
        Assert.Contains("Mirror", its.GetProperty("because")[0].GetString(), StringComparison.Ordinal);
        var blind = its.GetProperty("blind").EnumerateArray().Select(spot => spot.GetString()!).ToList();
        Assert.Contains("IPv6", blind);
        Assert.Contains(blind, spot => spot.StartsWith("DNS with Amazon's resolver", StringComparison.Ordinal));
        Assert.DoesNotContain(blind, spot => spot.Contains("IPv4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sessions_targets_and_sensors_are_explained_and_what_is_not_there_is_said()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync();
        await account.CliAsync("sync");
        var session = Assert.Single(await account.SessionsAsync());

        var bySession = await account.JsonAsync("explain", session.TrafficMirrorSessionId);
        Assert.Equal(session.NetworkInterfaceId, bySession.GetProperty("interfaces")[0].GetProperty("networkInterfaceId").GetString());
        foreach (var id in (string[])[account.TargetId, "default"])
        {
            var there = await account.JsonAsync("explain", id);
            Assert.Equal([instance.InstanceId], there.GetProperty("interfaces").Texts("instanceId"));
            Assert.Equal([account.TargetId], there.GetProperty("targets").Texts("targetId"));
        }

        var nothing = await account.CliAsync("explain", "i-0123456789abcdef0");
        Assert.Equal((1, ""), (nothing.ExitCode, nothing.Output));
        Assert.Contains("i-0123456789abcdef0", nothing.Error, StringComparison.Ordinal);
    }
}
