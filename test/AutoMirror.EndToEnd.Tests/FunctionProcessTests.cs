using System.Text.Json;
using AutoMirror.Aws.Tests;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The function as its own process: a real event, the real Runtime API, the real SDK over HTTP.</summary>
public sealed class FunctionProcessTests
{
    private const string StateChanges = """{"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"]}""";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_launch_leads_to_a_session_on_every_interface()
    {
        await using var account = await EmulatedAccount.StartAsync();
        account.Cloud.Events.Subscribe("state-changes", StateChanges);
        using var function = Programs.StartFunction(account.Server);

        var instance = await account.LaunchAsync(interfaces: 2);
        await account.Cloud.Function.WhenIdleAsync().WaitAsync(Patience);

        Assert.Equal(
            instance.NetworkInterfaces.Select(each => each.NetworkInterfaceId).Order(),
            (await account.SessionsAsync()).Select(session => session.NetworkInterfaceId).Order());
        Assert.All(account.Cloud.Function.Results, result => Assert.False(result.IsError));
        Assert.Empty(account.Cloud.Function.InitErrors);
        AssertLog(await function.StopAsync());
    }

    [Fact]
    public async Task A_manual_event_is_answered_with_the_report()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        using var function = Programs.StartFunction(account.Server);

        var result = await account.Cloud.Function.InvokeAsync("{}").WaitAsync(Patience);

        Assert.False(result.IsError);
        using var report = JsonDocument.Parse(result.Payload);
        Assert.Equal(1, report.RootElement.GetProperty("counts").GetProperty("mirrored").GetInt32());
        Assert.True(report.RootElement.GetProperty("converged").GetBoolean());
        await function.StopAsync();
    }

    [Fact]
    public async Task A_function_error_is_retried_by_Lambda_and_ends_at_the_failure_destination()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", "{");
        using var function = Programs.StartFunction(account.Server);

        account.Cloud.Function.Enqueue("{}");
        await account.Cloud.Function.WhenIdleAsync().WaitAsync(Patience);

        var letter = Assert.Single(account.Cloud.Function.DeadLetters);
        Assert.Equal((3, "AutoMirror.Misconfigured"), (letter.LastResult.Attempt, letter.LastResult.ErrorType));
        Assert.Contains("/automirror/policy", letter.LastResult.Payload, StringComparison.Ordinal);
        Assert.False(function.HasExited);

        // The process goes on: put right, the next event is handled.
        await account.PutAsync("policy", "{}");
        Assert.False((await account.Cloud.Function.InvokeAsync("{}").WaitAsync(Patience)).IsError);
        await function.StopAsync();
    }

    [Fact]
    public async Task A_crash_while_handling_loses_nothing_and_doubles_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync(interfaces: 3);
        FunctionProcess? doomed = null;

        // The process dies with its second create under way: one session is made, and nobody has answered the event.
        var creates = 0;
        account.Cloud.Allows = (_, action) =>
        {
            if (action == "ec2:CreateTrafficMirrorSession" && Interlocked.Increment(ref creates) == 2)
                doomed!.Kill();
            return true;
        };
        doomed = Programs.StartFunction(account.Server);
        account.Cloud.Function.Enqueue(StateChange(instance.InstanceId));
        await doomed.WaitForExitAsync().WaitAsync(Patience);
        doomed.Dispose();

        using var next = Programs.StartFunction(account.Server);
        await account.Cloud.Function.WhenIdleAsync().WaitAsync(Patience);

        Assert.Contains(account.Cloud.Function.Results, result => result.IsError);
        Assert.False(account.Cloud.Function.Results[^1].IsError);
        Assert.Equal(
            instance.NetworkInterfaces.Select(each => each.NetworkInterfaceId).Order(),
            (await account.SessionsAsync()).Select(session => session.NetworkInterfaceId).Order());
        Assert.Empty(account.Cloud.Function.DeadLetters);
        await next.StopAsync();
    }

    [Fact]
    public async Task Two_processes_share_the_events_of_a_burst()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("targets/default", await account.NewLoadBalancerTargetAsync());
        account.Cloud.Events.Subscribe("state-changes", StateChanges);
        using var one = Programs.StartFunction(account.Server);
        using var other = Programs.StartFunction(account.Server);

        await account.LaunchAsync(count: 40);
        await account.Cloud.Function.WhenIdleAsync().WaitAsync(Patience);

        Assert.Equal(40, (await account.SessionsAsync()).Select(session => session.NetworkInterfaceId).Distinct().Count());
        Assert.Equal(40, (await account.SessionsAsync()).Count);
        Assert.All(account.Cloud.Function.Results, result => Assert.False(result.IsError));
        await one.StopAsync();
        await other.StopAsync();
    }

    [Fact]
    public async Task Started_by_hand_it_says_what_it_is()
    {
        var result = await Testing.Tool.RunAsync(
            "dotnet", [Programs.Bootstrap], new Dictionary<string, string?> { ["AWS_LAMBDA_RUNTIME_API"] = null });

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("automirror demo", result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    internal static string StateChange(string instanceId) => $$"""
        {"version":"0","detail-type":"EC2 Instance State-change Notification","source":"aws.ec2","time":"2026-03-04T05:06:07Z",
         "detail":{"instance-id":"{{instanceId}}","state":"running"} }
        """;

    internal static void AssertLog(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.NotNull(JsonDocument.Parse(line).RootElement.GetProperty("level").GetString()));
    }
}
