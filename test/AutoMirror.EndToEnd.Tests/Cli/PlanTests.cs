using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary><c>plan</c> and <c>sync</c>.</summary>
public sealed class PlanTests
{
    [Fact]
    public async Task A_plan_says_what_a_sync_then_does()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var mirrored = await account.LaunchAsync();
        await account.LaunchAsync(tag: "false");

        var plan = await account.JsonAsync("plan");

        var create = Assert.Single(plan.GetProperty("changes").GetProperty("create").EnumerateArray());
        Assert.Equal(mirrored.NetworkInterfaces[0].NetworkInterfaceId, create.GetProperty("networkInterfaceId").GetString());
        Assert.Equal(mirrored.InstanceId, create.GetProperty("instanceId").GetString());
        Assert.Equal(("default", account.TargetId, 1), (
            create.GetProperty("sensor").GetString(), create.GetProperty("targetId").GetString(),
            create.GetProperty("sessionNumber").GetInt32()));
        Assert.Contains("Mirror", create.GetProperty("because").GetString(), StringComparison.Ordinal);
        foreach (var field in (string[])["verdicts", "problems", "counts", "apiCalls"])
            Assert.True(plan.TryGetProperty(field, out _), field);
        Assert.Empty(await account.SessionsAsync());

        var done = await account.JsonAsync("sync");

        var made = Assert.Single(done.GetProperty("changes").GetProperty("create").EnumerateArray());
        Assert.Equal(create.GetProperty("networkInterfaceId").GetString(), made.GetProperty("networkInterfaceId").GetString());
        Assert.Equal(done.GetProperty("changes").GetProperty("create")[0].GetProperty("trafficMirrorSessionId").GetString(),
            Assert.Single(await account.SessionsAsync()).TrafficMirrorSessionId);
        Assert.Equal(0, (await account.CliAsync("plan", "--detailed-exitcode", "--quiet")).ExitCode);
    }

    [Fact]
    public async Task Changes_alone_make_the_detailed_exit_code()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(tag: "no-such-sensor");

        var problems = await account.CliAsync("plan", "--detailed-exitcode");
        Assert.Equal(0, problems.ExitCode);
        Assert.Contains("unknown-sensor", problems.Output, StringComparison.Ordinal);

        await account.LaunchAsync();
        var pending = await account.CliAsync("plan", "--detailed-exitcode", "--quiet");
        Assert.Equal((3, ""), (pending.ExitCode, pending.Output));
    }

    [Fact]
    public async Task One_instance_is_asked_for_alone()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var one = await account.LaunchAsync();
        await account.LaunchAsync();

        var plan = await account.JsonAsync("plan", "--instance", one.InstanceId);

        Assert.Equal([one.InstanceId], plan.GetProperty("verdicts").Texts("instanceId"));
        Assert.DoesNotContain("DescribeVpcs", account.CallsOfFunction());
    }

    [Theory]
    [InlineData("""{"tagKey":"Nobody"}""", 0, 1, 0)]
    [InlineData("""{"untagged":"true"}""", 1, 0, 0)]
    [InlineData("""{"exclude":{"instanceTypes":["m5.*"]}}""", 0, 1, 0)]
    [InlineData("""{"sessionNumber":7}""", 0, 0, 1)]
    [InlineData("{}", 0, 0, 0)]
    public async Task What_if_tells_who_gains_loses_and_is_mirrored_otherwise(string policy, int gains, int loses, int alters)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync("m5.large");
        await account.LaunchAsync("c5.large", tag: null);
        await account.CliAsync("sync");

        var result = await Programs.CliAsync(["plan", "--policy", "-", "--json", "--detailed-exitcode"], account.Environment, policy);

        var difference = CliResult.Read(result, exitCode: gains + loses + alters > 0 ? 3 : 0);
        int Count(string list) => difference.GetProperty(list).GetArrayLength();
        Assert.Equal((gains, loses, alters), (Count("gains"), Count("loses"), Count("alters")));
        Assert.Equal(10.95m * (gains - loses), difference.GetProperty("monthlyCost").GetProperty("after").GetDecimal()
            - difference.GetProperty("monthlyCost").GetProperty("before").GetDecimal());
        Assert.Single(await account.SessionsAsync());
    }

    [Fact]
    public async Task A_policy_that_is_wrong_is_refused_with_every_place()
    {
        await using var account = await EmulatedAccount.StartAsync();

        var result = await Programs.CliAsync(
            ["plan", "--policy", "-"], account.Environment, "{\n  \"mode\": \"x\",\n  \"limits\": {\"percent\": 700}\n}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("standard input:2:3: mode", result.Error, StringComparison.Ordinal);
        Assert.Contains("standard input:3:14: limits.percent", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sync_keeps_the_policys_limits_until_a_person_says_otherwise()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(count: 3);
        await account.CliAsync("sync");
        await account.PutAsync("policy", """{"tagKey":"Other","limits":{"deletes":1}}""");

        var held = await account.CliAsync("sync");
        Assert.Equal(1, held.ExitCode);
        Assert.Contains("blast-radius", held.Output, StringComparison.Ordinal);
        Assert.Equal(3, (await account.SessionsAsync()).Count);

        Assert.Equal(0, (await account.CliAsync("sync", "--allow-deletes")).ExitCode);
        Assert.Empty(await account.SessionsAsync());
    }

    [Fact]
    public async Task Switched_off_a_plan_shows_what_would_be_and_a_sync_does_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        await account.PutAsync("mode", "off");

        Assert.True((await account.JsonAsync("plan")).GetProperty("isOff").GetBoolean());
        var sync = await account.CliAsync("sync");
        Assert.Equal(1, sync.ExitCode);
        Assert.Contains("off", sync.Error, StringComparison.Ordinal);
        Assert.Empty(await account.SessionsAsync());
    }

    [Theory]
    [InlineData("plan --instance vpc-1")]
    [InlineData("plan --limit -1")]
    [InlineData("plan --prefix automirror")]
    [InlineData("plan --deployment a_b")]
    [InlineData("plan --endpoint-url nowhere")]
    [InlineData("plan --policy no-such-file.json")]
    [InlineData("plan --from no-such-folder")]
    [InlineData("status --fail-under 101")]
    [InlineData("explain")]
    [InlineData("explain eni-1 --packet nonsense")]
    [InlineData("check no-such-file.json")]
    public async Task Wrong_usage_is_2_and_says_what_would_be_right(string arguments)
    {
        var result = await Programs.CliAsync(arguments.Split(' '), CliResult.Nowhere);

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("automirror: ", result.Error, StringComparison.Ordinal);
    }
}
