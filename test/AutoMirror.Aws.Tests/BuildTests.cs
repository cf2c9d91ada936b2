using System.Collections.Concurrent;
using AutoMirror.Core.Model;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>Whoever reads a log, a report or CloudTrail can say which build wrote it.</summary>
public sealed class BuildTests
{
    [Theory]
    [InlineData("1.2.0+0123456789abcdef0123456789abcdef01234567", "1.2.0", "0123456789abcdef0123456789abcdef01234567", true)]
    [InlineData("0.0.0-alpha.0.115+abc", "0.0.0-alpha.0.115", "abc", false)]
    [InlineData("1.2.0-rc.1", "1.2.0-rc.1", null, false)]
    [InlineData("0.0.0-archive", "0.0.0-archive", null, false)]
    public void A_build_is_read_as_it_is_written(string text, string version, string? commit, bool isRelease)
    {
        var build = Build.Parse(text);

        Assert.Equal((version, commit, isRelease, text), (build.Version, build.Commit, build.IsRelease, build.ToString()));
        Assert.Equal($"automirror/{version}", build.UserAgent);
    }

    [Fact]
    public async Task A_cold_start_begins_its_log_with_the_build()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        await account.PutAsync("filter", "nonsense");

        await function.InitializeAsync();
        await function.FailureAsync("{}");

        Assert.Equal($"AutoMirror {Build.Own.Version} starts", function.Log[0].GetProperty("message").GetString());
        Assert.Equal(
            Build.Own.Commit, function.Log[0].TryGetProperty("commit", out var commit) ? commit.GetString() : null);
        Assert.Single(function.Log, line => line.GetProperty("message").GetString()!.EndsWith(" starts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wrong_settings_do_not_hide_the_build()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(
            account, variables: new Dictionary<string, string?> { ["AUTOMIRROR_DEPLOYMENT"] = "no good" });

        await function.InitializeAsync();

        Assert.Contains(Build.Own.Version, Assert.Single(function.Log).GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"action":"resync","dryRun":true}""")]
    public async Task Every_report_names_the_build(string payload)
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);

        var report = await function.ReportAsync(payload);

        Assert.Equal(Build.Own.ToString(), report.GetProperty("build").GetString());
    }

    [Fact]
    public async Task Every_call_names_the_build_in_its_user_agent()
    {
        var agents = new ConcurrentDictionary<string, string>();
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account, new GateTransport((action, request, send) =>
        {
            agents[action] = request.Headers.TryGetValues("User-Agent", out var values) ? string.Join(' ', values) : "none";
            return send();
        }));
        await account.LaunchAsync();

        await function.ReportAsync("{}");

        string[] expected = ["GetParametersByPath", "DescribeInstances", "DescribeTrafficMirrorSessions", "CreateTrafficMirrorSession"];
        Assert.Empty(expected.Except(agents.Keys));
        Assert.All(agents, each => Assert.Matches($@"(^|[ /]){Build.Own.UserAgent}( |$)", each.Value));
    }
}
