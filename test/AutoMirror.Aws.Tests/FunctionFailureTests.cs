using AutoMirror.Core.Ports;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>What fails an invocation, and what is a verdict instead.</summary>
public sealed class FunctionFailureTests
{
    [Theory]
    [InlineData("", "(all of it)")]
    [InlineData("{", "(all of it)")]
    [InlineData("""{"action":"delete-everything"}""", "action")]
    [InlineData("""{"dryrun":true}""", "dryrun")]
    [InlineData("""{"instanceIds":[]}""", "instanceIds")]
    [InlineData("""{"source":"aws.ec2","detail-type":"EC2 Instance State-change Notification","detail":{"state":"running"}}""", "detail.instance-id")]
    public async Task An_event_that_is_not_understood_fails_and_names_the_field(string payload, string field)
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);

        var failure = await function.FailureAsync(payload);

        Assert.Equal(ErrorTypes.MalformedEvent, failure.ErrorType);
        Assert.Contains($"field {field} ", failure.Message, StringComparison.Ordinal);
        Assert.Empty(account.CallsOfFunction());
    }

    [Fact]
    public async Task A_wrong_configuration_fails_at_once_and_names_every_error()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("filter", "tms-123");
        await account.PutAsync("policy", """{"mode":"sink","packetLength":0,"tagkey":"x"}""");
        await account.PutAsync("targets/ids", "tmt-1,nonsense");
        using var function = new FunctionUnderTest(account);

        var failure = await function.FailureAsync("{}");

        Assert.Equal(ErrorTypes.Misconfigured, failure.ErrorType);
        foreach (
            var part in (string[])[
                "/automirror/filter", "'tms-123'", "field mode", "'\"sink\"'", "\"create-only\"", "field packetLength", "1–8500",
                "field tagkey", "/automirror/targets/ids", "'nonsense'"])
        {
            Assert.Contains(part, failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, account.Cloud.Requests.Count("DescribeInstances"));
        Assert.Equal(1, account.Cloud.Requests.Count("GetParametersByPath"));
    }

    [Fact]
    public async Task A_wrong_environment_fails_and_calls_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(
            account, variables: new Dictionary<string, string?> { ["AUTOMIRROR_DEPLOYMENT"] = "no good" });
        await function.InitializeAsync();

        var failure = await function.FailureAsync("{}");

        Assert.Contains("AUTOMIRROR_DEPLOYMENT", failure.Message, StringComparison.Ordinal);
        Assert.Empty(account.CallsOfFunction());
    }

    [Fact]
    public async Task A_permission_that_is_missing_fails_the_invocation()
    {
        await using var account = await EmulatedAccount.StartAsync();
        account.Cloud.Allows = (_, action) => action != "ec2:CreateTrafficMirrorSession";
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();

        var failure = await function.FailureAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        Assert.Equal(ErrorTypes.Denied, failure.ErrorType);
        Assert.Contains("UnauthorizedOperation", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_that_does_not_exist_is_reported_and_nothing_is_made_with_it()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("filter", "tmf-00000000000000000");
        using var function = new FunctionUnderTest(account);
        await account.LaunchAsync();

        foreach (var request in (string[])["{}", """{"dryRun":true}"""])
        {
            var report = await function.ReportAsync(request);
            Assert.False(report.GetProperty("converged").GetBoolean());
            Assert.Equal(1, report.GetProperty("counts").GetProperty("filter-unusable").GetInt32());
            var problem = Assert.Single(report.GetProperty("problems").EnumerateArray());
            Assert.Equal("filter-unusable", problem.GetProperty("problem").GetString());
            Assert.Contains("tmf-00000000000000000", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        }

        Assert.Empty(await account.SessionsAsync());
    }

    [Fact]
    public async Task A_type_that_EC2_refuses_is_a_verdict_not_a_failure()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        await account.LaunchAsync("t2.micro");
        await account.LaunchAsync("m5.large");

        var report = await function.ReportAsync("{}");

        Assert.Equal(
            (1, 1),
            (
                report.GetProperty("counts").GetProperty("unsupported").GetInt32(),
                report.GetProperty("counts").GetProperty("mirrored").GetInt32()));
        Assert.True(report.GetProperty("converged").GetBoolean());
    }
}
