using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Core.Ports;
using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>What the function logs, and what it does not.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Every_session_has_its_line_in_the_log_and_every_line_a_level()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync(interfaces: 2);
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));
        await account.Ec2.StopInstancesAsync(new StopInstancesRequest([instance.InstanceId]));
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "stopped"));
        await function.FailureAsync("{");

        Assert.All(function.Log, line => Assert.Contains(line.GetProperty("level").GetString(), (string[])["INFO", "WARN", "ERROR"]));
        Assert.All(
            function.Log.Where(line => !line.TryGetProperty("_aws", out _)),
            line => Assert.NotEmpty(line.GetProperty("requestId").GetString()!));
        Assert.All(
            function.Log,
            line => Assert.Equal(line.EnumerateObject().Count(), line.EnumerateObject().Select(field => field.Name).Distinct().Count()));
        Assert.Equal(2, Lines(function, "session created").Count);
        Assert.Equal(2, Lines(function, "session deleted").Count);
        Assert.All(
            Lines(function, "session created"), line => Assert.Equal(instance.InstanceId, line.GetProperty("instanceId").GetString()));
        Assert.Equal(ErrorTypes.MalformedEvent, function.Log[^1].GetProperty("errorType").GetString());
    }

    /// <summary>Whoever is called at night looks for what is affected: the line names it, and stays short however many there
    /// are.</summary>
    [Fact]
    public async Task A_problem_names_the_interfaces_that_it_is_about_up_to_ten_of_them()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var misspelt = await account.LaunchAsync(tag: "true ");
        await function.ReportAsync(FunctionUnderTest.StateChange(misspelt.InstanceId, "running"));

        var only = function.Log.Single(each => each.TryGetProperty("problem", out _));
        Assert.Equal([misspelt.NetworkInterfaces[0].NetworkInterfaceId], Named(only));

        for (var count = 0; count < 11; count++)
            await account.LaunchAsync(tag: "true ");
        var report = await function.ReportAsync("{}");

        var line = function.Log.Last(each => each.TryGetProperty("problem", out _));
        Assert.StartsWith("12 interfaces", line.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(10, Named(line).Distinct().Count());
        Assert.Equal(Named(line), report.GetProperty("problems")[0].GetProperty("networkInterfaceIds").EnumerateArray()
            .Select(id => id.GetString()));

        static IEnumerable<string?> Named(JsonElement line) =>
            line.GetProperty("networkInterfaceIds").EnumerateArray().Select(id => id.GetString());
    }

    /// <summary>A line is written as a change is made, and not at the end, which an invocation that is cut short never reaches.</summary>
    [Fact]
    public async Task What_was_done_before_an_invocation_was_cut_short_is_in_the_log()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var cut = new CancellationTokenSource();
        using var function = new FunctionUnderTest(account, new GateTransport(async (action, _, send) =>
        {
            // Deletes come before creates: when the second session is asked for, the first has been deleted.
            if (action == "CreateTrafficMirrorSession" && account.Cloud.Ec2.Sessions.Describe(new()).Items.Count == 0)
                await cut.CancelAsync();
            return await send();
        }));
        var first = await account.LaunchAsync();
        using (var before = new FunctionUnderTest(account))
            await before.ReportAsync("{}");
        await account.Ec2.StopInstancesAsync(new StopInstancesRequest([first.InstanceId]));
        await account.LaunchAsync();

        await function.InvokeAsync("{}", cancellationToken: cut.Token);

        Assert.True(cut.IsCancellationRequested);
        Assert.Single(Lines(function, "session deleted"));
    }

    [Fact]
    public async Task No_secret_is_in_the_log()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(
            account, variables: new Dictionary<string,
            string?>
            { ["AWS_SECRET_ACCESS_KEY"] = "s3cr3t-value", ["AWS_SESSION_TOKEN"] = "t0ken-value" });
        await account.LaunchAsync();
        await function.ReportAsync("{}");
        await function.FailureAsync("{");

        Assert.DoesNotContain(
            function.Log,
            line =>
                line.GetRawText().Contains("s3cr3t-value", StringComparison.Ordinal)
                    || line.GetRawText().Contains("t0ken-value", StringComparison.Ordinal));
    }

    private static List<JsonElement> Lines(FunctionUnderTest function, string message) =>
        [.. function.Log.Where(line => line.TryGetProperty("message", out var text) && text.GetString() == message)];
}
