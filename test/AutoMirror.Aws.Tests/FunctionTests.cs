using Amazon.EC2.Model;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Ports;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.Aws.Tests;

public sealed class FunctionTests
{
    [Fact]
    public async Task A_stop_deletes_and_the_next_start_creates_again()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync(interfaces: 2);
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        await account.Ec2.StopInstancesAsync(new StopInstancesRequest([instance.InstanceId]));
        var stopped = await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "stopped"));
        var afterStop = await account.SessionsAsync();
        await account.Ec2.StartInstancesAsync(new StartInstancesRequest([instance.InstanceId]));
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        Assert.Empty(afterStop);
        Assert.Equal(2, stopped.GetProperty("changes").GetProperty("deleted").GetArrayLength());
        Assert.Equal(2, (await account.SessionsAsync()).Count);
    }

    [Fact]
    public async Task An_interface_that_outlives_its_instance_loses_its_session()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();
        var spare = (
            await account.Ec2.CreateNetworkInterfaceAsync(
                new CreateNetworkInterfaceRequest { SubnetId = account.SubnetId })).NetworkInterface.NetworkInterfaceId;
        await account.Ec2.AttachNetworkInterfaceAsync(
            new AttachNetworkInterfaceRequest { InstanceId = instance.InstanceId, NetworkInterfaceId = spare, DeviceIndex = 1 });
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));
        Assert.Equal(2, (await account.SessionsAsync()).Count);

        await account.Ec2.TerminateInstancesAsync(new TerminateInstancesRequest([instance.InstanceId]));
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "terminated"));

        Assert.Empty(await account.SessionsAsync());
    }

    [Fact]
    public async Task A_changed_filter_is_changed_in_place()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();
        await function.ReportAsync("{}");
        var before = Assert.Single(await account.SessionsAsync());
        var filter = await account.NewFilterAsync();
        await account.PutAsync("filter", filter);
        using var later = new FunctionUnderTest(account);

        var report = await later.ReportAsync("{}");

        var after = Assert.Single(await account.SessionsAsync());
        Assert.Equal((before.TrafficMirrorSessionId, filter), (after.TrafficMirrorSessionId, after.TrafficMirrorFilterId));
        Assert.Equal(
            "traffic-mirror-filter-id", report.GetProperty("changes").GetProperty("modified")[0].GetProperty("changed")[0].GetString());
        Assert.NotNull(instance);
    }

    [Fact]
    public async Task A_dry_run_changes_nothing_and_says_what_it_would()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        await account.LaunchAsync(count: 3);

        var report = await function.ReportAsync("""{"dryRun":true}""");

        Assert.Empty(await account.SessionsAsync());
        Assert.True(report.GetProperty("dryRun").GetBoolean());
        Assert.Equal(3, report.GetProperty("changes").GetProperty("create").GetArrayLength());
        Assert.False(report.GetProperty("converged").GetBoolean());
        Assert.DoesNotContain(
            account.CallsOfFunction(), call => !call.StartsWith("Describe", StringComparison.Ordinal) && call != "GetParametersByPath");
    }

    [Fact]
    public async Task A_manual_event_for_some_instances_leaves_the_others_alone()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var one = await account.LaunchAsync();
        await account.LaunchAsync();

        await function.ReportAsync($$"""{"action":"resync","instanceIds":["{{one.InstanceId}}"]}""");

        Assert.Equal(one.NetworkInterfaces[0].NetworkInterfaceId, Assert.Single(await account.SessionsAsync()).NetworkInterfaceId);
    }

    [Fact]
    public async Task A_named_sensor_gets_what_is_tagged_with_its_name_and_an_unknown_name_is_a_problem()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var ids = await account.NewLoadBalancerTargetAsync();
        await account.PutAsync("targets/ids", ids);
        using var function = new FunctionUnderTest(account);
        var named = await account.LaunchAsync(tag: "ids");
        await account.LaunchAsync(tag: "IDS");

        var report = await function.ReportAsync("{}");

        var session = Assert.Single(await account.SessionsAsync());
        Assert.Equal((named.NetworkInterfaces[0].NetworkInterfaceId, ids), (session.NetworkInterfaceId, session.TrafficMirrorTargetId));
        var problem = Assert.Single(report.GetProperty("problems").EnumerateArray());
        Assert.Equal("unknown-sensor", problem.GetProperty("problem").GetString());
        Assert.Contains("/automirror/targets/IDS", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_sync_of_many_reads_pages_and_nothing_else_when_nothing_changed()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("targets/default", await account.NewLoadBalancerTargetAsync());
        await account.LaunchAsync(count: 1200);
        using var function = new FunctionUnderTest(account);
        var first = await function.ReportAsync("{}");
        Assert.Equal(1200, first.GetProperty("counts").GetProperty("mirrored").GetInt32());
        Assert.Equal(1000, first.GetProperty("verdicts").GetArrayLength());
        Assert.Equal(202, first.GetProperty("verdictsOmitted").GetInt32());
        account.Cloud.Requests.Clear();

        await function.ReportAsync("{}");

        Assert.Equal(
            ["DescribeInstances", "DescribeInstances", "DescribeTrafficMirrorSessions", "DescribeTrafficMirrorSessions"],
            account.CallsOfFunction().Order());
    }

    [Fact]
    public async Task What_time_does_not_allow_is_left_and_said()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("targets/default", await account.NewLoadBalancerTargetAsync());
        await account.LaunchAsync(count: 20);
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        using var function = new FunctionUnderTest(account, new GateTransport(async (action, _, send) =>
        {
            if (action == "CreateTrafficMirrorSession")
                time.Advance(TimeSpan.FromSeconds(1.5));
            return await send();
        }), time: time);
        await function.InitializeAsync();

        var report = await function.ReportAsync("{}", timeout: TimeSpan.FromSeconds(20));

        Assert.False(report.GetProperty("converged").GetBoolean());
        Assert.InRange((await account.SessionsAsync()).Count, 1, 19);
        Assert.Equal((await account.SessionsAsync()).Count, report.GetProperty("changes").GetProperty("created").GetArrayLength());
        Assert.Contains(
            report.GetProperty("problems").EnumerateArray(),
            problem => problem.GetProperty("message").GetString()!.Contains("send the event again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_ends_the_invocation_as_unfinished()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var cancelled = new CancellationTokenSource();
        using var function = new FunctionUnderTest(account, new GateTransport(async (_, _, send) =>
        {
            await cancelled.CancelAsync();
            return await send();
        }));

        var outcome = Assert.IsType<InvocationOutcome.Failed>(await function.InvokeAsync("{}", cancellationToken: cancelled.Token));

        Assert.Equal(ErrorTypes.Unfinished, outcome.ErrorType);
    }

    [Theory]
    [InlineData("123456789012", 1)]
    [InlineData("210987654321", 0)]
    public async Task Only_events_of_the_functions_own_account_lead_anywhere(string ownAccount, int sessions)
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();

        await function.InvokeAsync(
            FunctionUnderTest.StateChange(instance.InstanceId, "running"),
            functionArn: $"arn:aws:lambda:us-east-1:{ownAccount}:function:automirror");

        Assert.Equal(sessions, (await account.SessionsAsync()).Count);
    }
}
