using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>capture</c>: an instance or interface is mirrored for a time, whatever its tag says.</summary>
public sealed class CaptureTests
{
    [Fact]
    public async Task An_instance_that_has_opted_out_is_mirrored_for_the_time_and_a_sync_leaves_it_so()
    {
        await using var account = await PermittingAsync();
        var instance = await account.LaunchAsync(tag: "false", interfaces: 2);

        var document = await account.JsonAsync("capture", instance.InstanceId, "--for", "90m");

        Assert.Equal(2, document.GetProperty("captured").GetArrayLength());
        var until = DateTimeOffset.Parse(document.GetProperty("until").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(until - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(85), TimeSpan.FromMinutes(90));
        await account.CliAsync("sync");
        Assert.All(await account.SessionsAsync(), session => Assert.Contains(
            session.Tags, tag => tag.Key == "automirror:until" && tag.Value.EndsWith("Z capture", StringComparison.Ordinal)));
        Assert.Equal(2, (await account.SessionsAsync()).Count);

        await account.PutAsync("policy", "{}");
        await account.CliAsync("sync");
        Assert.Empty(await account.SessionsAsync());
    }

    [Fact]
    public async Task One_interface_goes_to_the_sensor_that_was_named()
    {
        await using var account = await PermittingAsync();
        var forensics = await account.NewLoadBalancerTargetAsync("forensics");
        await account.PutAsync("targets/forensics", forensics);
        var instance = await account.LaunchAsync(tag: null, interfaces: 2);

        var result = await account.CliAsync(
            "capture", instance.NetworkInterfaces[1].NetworkInterfaceId, "--for", "1h", "--sensor", "forensics");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        var session = Assert.Single(await account.SessionsAsync());
        Assert.Equal(
            (instance.NetworkInterfaces[1].NetworkInterfaceId, forensics), (session.NetworkInterfaceId, session.TrafficMirrorTargetId));
        Assert.Contains("captured until", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}", "1h", "default", "the policy permits no capture")]
    [InlineData("""{"capture":{"hours":2}}""", "3h", "default", "the policy permits a capture of 2 hours at the most")]
    [InlineData("""{"capture":{}}""", "1h", "nobody", "no sensor is called 'nobody'")]
    [InlineData("""{"capture":{},"exclude":{"instanceTypes":["m5.*"]}}""", "1h", "default", "the policy excludes the instance type m5.large")]
    [InlineData("""{"capture":{},"mode":"observe"}""", "1h", "default", "the mode is observe")]
    [InlineData("""{"capture":{},"mode":"off"}""", "1h", "default", "mode is \"off\"")]
    public async Task What_is_not_permitted_is_not_done_and_says_why(string policy, string time, string sensor, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", policy);
        var instance = await account.LaunchAsync(tag: "false");

        var result = await account.CliAsync("capture", instance.InstanceId, "--for", time, "--sensor", sensor);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Empty(await account.SessionsAsync());
    }

    [Fact]
    public async Task What_its_tag_mirrors_to_another_sensor_is_not_moved_and_the_exit_code_says_so()
    {
        await using var account = await PermittingAsync();
        await account.PutAsync("targets/forensics", await account.NewLoadBalancerTargetAsync("forensics"));
        var instance = await account.LaunchAsync();

        Assert.Equal(0, (await account.CliAsync("capture", instance.InstanceId, "--for", "1h")).ExitCode);
        var moved = await account.CliAsync("capture", instance.InstanceId, "--for", "1h", "--sensor", "forensics");

        Assert.Equal(1, moved.ExitCode);
        Assert.Contains("a capture moves nothing", moved.Error, StringComparison.Ordinal);
        Assert.Equal(account.TargetId, Assert.Single(await account.SessionsAsync()).TrafficMirrorTargetId);
    }

    [Theory]
    [InlineData("capture i-0123456789abcdef0")]
    [InlineData("capture i-0123456789abcdef0 --for 0h")]
    [InlineData("capture i-0123456789abcdef0 --for 90")]
    [InlineData("capture i-0123456789abcdef0 --for 400d")]
    [InlineData("capture vpc-0123456789abcdef0 --for 1h")]
    public async Task Wrong_usage_is_2_and_says_what_would_be_right(string arguments)
    {
        var result = await Programs.CliAsync(arguments.Split(' '), CliResult.Nowhere);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("automirror: ", result.Error, StringComparison.Ordinal);
    }

    private static async Task<EmulatedAccount> PermittingAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"capture":{"hours":24}}""");
        return account;
    }
}
