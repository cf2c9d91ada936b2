using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>setup</c>.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task Setup_makes_what_is_missing_once_and_then_workloads_are_mirrored()
    {
        await using var account = await BareAsync();
        var capture = await CaptureAsync(account);

        var made = await account.JsonAsync("setup", "--sensor", $"default={capture}", "--ipv6", "--yes");

        Assert.True(made.GetProperty("done").GetBoolean());
        var id = made.GetProperty("filterId").GetString()!;
        var filter = (await account.Ec2.DescribeTrafficMirrorFiltersAsync(new() { TrafficMirrorFilterIds = [id] })).TrafficMirrorFilters[0];
        Assert.Equal(["amazon-dns"], filter.NetworkServices);
        Assert.Equal(["0.0.0.0/0", "::/0"], filter.IngressFilterRules.Select(rule => rule.SourceCidrBlock).Order());
        Assert.Equal(["0.0.0.0/0", "::/0"], filter.EgressFilterRules.Select(rule => rule.DestinationCidrBlock).Order());
        Assert.Equal(id, account.Cloud.Ssm.Get("/automirror/filter").Value);
        Assert.Contains("create-tags", made.GetProperty("steps").Texts("action"));

        var again = await account.JsonAsync("setup", "--sensor", $"default={capture}", "--ipv6", "--yes");
        Assert.Empty(again.GetProperty("steps").EnumerateArray());

        await account.LaunchAsync();
        await account.CliAsync("sync");
        Assert.Equal(account.Cloud.Ssm.Get("/automirror/targets/default").Value,
            Assert.Single(await account.SessionsAsync()).TrafficMirrorTargetId);
    }

    [Fact]
    public async Task A_second_place_of_one_name_joins_its_pool()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var (one, other) = (await CaptureAsync(account), await CaptureAsync(account));

        await account.JsonAsync("setup", "--sensor", $"ids={one}", "--sensor", $"ids={other}", "--yes");
        await account.JsonAsync("setup", "--sensor", $"default={one}", "--yes");

        Assert.Equal(2, account.Cloud.Ssm.Get("/automirror/targets/ids").Value.Split(',').Length);
        Assert.Contains(account.TargetId, account.Cloud.Ssm.Get("/automirror/targets/default").Value, StringComparison.Ordinal);
        Assert.Equal(account.FilterId, account.Cloud.Ssm.Get("/automirror/filter").Value);
        Assert.Equal(3, (await account.Ec2.DescribeTrafficMirrorTargetsAsync(new())).TrafficMirrorTargets.Count);
    }

    [Fact]
    public async Task Without_a_terminal_nothing_is_done_that_nobody_said_yes_to()
    {
        await using var account = await BareAsync();
        var capture = await CaptureAsync(account);

        var result = await account.CliAsync("setup", "--sensor", $"default={capture}");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("create-traffic-mirror-target", result.Output, StringComparison.Ordinal);
        Assert.Contains("--yes", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(account.CallsOfFunction(), call => call.StartsWith("Create", StringComparison.Ordinal)
            || call == "PutParameter");
    }

    private static async Task<EmulatedAccount> BareAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        await account.Ssm.DeleteParametersAsync(new() { Names = ["/automirror/filter", "/automirror/targets/default"] });
        account.Cloud.Requests.Clear();
        return account;
    }

    private static async Task<string> CaptureAsync(EmulatedAccount account) =>
        (await account.LaunchAsync("c5.xlarge", tag: null)).NetworkInterfaces[0].NetworkInterfaceId;
}
