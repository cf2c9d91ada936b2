using Amazon.EC2.Model;
using Xunit;

namespace AutoMirror.Aws.Tests;

public sealed class RunningEventTests
{
    [Fact]
    public async Task A_warm_function_needs_three_calls_in_two_round_trips()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var bothDescribesAreUnderWay = new TaskCompletionSource();
        var (isWarm, describes) = (false, 0);
        using var function = new FunctionUnderTest(account, new GateTransport(async (action, _, send) =>
        {
            // Each describe is held until the other has come: were they asked for one after the other, this would never end.
            if (isWarm && action is ("DescribeInstances" or "DescribeTrafficMirrorSessions"))
            {
                if (Interlocked.Increment(ref describes) == 2)
                    bothDescribesAreUnderWay.SetResult();
                await bothDescribesAreUnderWay.Task.WaitAsync(TimeSpan.FromSeconds(20));
            }

            return await send();
        }));
        await function.InitializeAsync();
        isWarm = true;
        var instance = await account.LaunchAsync();
        account.Cloud.Requests.Clear();

        var report = await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        Assert.Equal(
            ["CreateTrafficMirrorSession", "DescribeInstances", "DescribeTrafficMirrorSessions"], account.CallsOfFunction().Order());
        Assert.Equal("CreateTrafficMirrorSession", account.CallsOfFunction()[^1]);
        Assert.Equal("""{"ec2:CreateTrafficMirrorSession":1,"ec2:DescribeInstances":1,"ec2:DescribeTrafficMirrorSessions":1}""", report.GetProperty("apiCalls").GetRawText());
        Assert.Single(await account.SessionsAsync());
    }

    [Fact]
    public async Task The_session_is_as_the_sensor_vendor_advises_and_carries_its_owner()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();

        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        var session = Assert.Single(await account.SessionsAsync());
        Assert.Equal(instance.NetworkInterfaces[0].NetworkInterfaceId, session.NetworkInterfaceId);
        Assert.Equal(account.TargetId, session.TrafficMirrorTargetId);
        Assert.Equal(account.FilterId, session.TrafficMirrorFilterId);
        Assert.Equal(1, session.SessionNumber);
        Assert.Equal($"automirror/automirror/{instance.InstanceId}", session.Description);
        Assert.Equal(
            [
                ("Name", $"automirror {instance.InstanceId}"), (
                    "automirror:instance-id",
                    instance.InstanceId), ("automirror:managed-by", "automirror"), ("automirror:sensor", "default"),
            ],
            session.Tags.Select(tag => (tag.Key, tag.Value)).OrderBy(tag => tag.Key, StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_duplicate_event_creates_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync(interfaces: 2);
        var running = FunctionUnderTest.StateChange(instance.InstanceId, "running");
        await function.ReportAsync(running);
        account.Cloud.Requests.Clear();

        var report = await function.ReportAsync(running);

        Assert.Equal(["DescribeInstances", "DescribeTrafficMirrorSessions"], account.CallsOfFunction().Order());
        Assert.Equal(2, report.GetProperty("counts").GetProperty("mirrored").GetInt32());
        Assert.Equal(2, (await account.SessionsAsync()).Count);
    }

    [Fact]
    public async Task Two_handlers_racing_on_one_instance_leave_one_session_an_interface()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync(interfaces: 3);
        var running = FunctionUnderTest.StateChange(instance.InstanceId, "running");
        var bothHaveLooked = new TaskCompletionSource();
        var creates = 0;

        // Nobody creates before both have seen that there is nothing yet.
        async Task<HttpResponseMessage> HoldCreates(string action, HttpRequestMessage request, Func<Task<HttpResponseMessage>> send)
        {
            if (action == "CreateTrafficMirrorSession")
            {
                if (Interlocked.Increment(ref creates) == 4)
                    bothHaveLooked.SetResult();
                await bothHaveLooked.Task.WaitAsync(TimeSpan.FromSeconds(20));
            }

            return await send();
        }

        using var first = new FunctionUnderTest(account, new GateTransport(HoldCreates));
        using var second = new FunctionUnderTest(account, new GateTransport(HoldCreates));

        var reports = await Task.WhenAll(first.ReportAsync(running), second.ReportAsync(running));

        var sessions = await account.SessionsAsync();
        Assert.Equal(
            instance.NetworkInterfaces.Select(each => each.NetworkInterfaceId).Order(),
            sessions.Select(session => session.NetworkInterfaceId).Order());
        Assert.All(reports, report => Assert.Equal(3, report.GetProperty("counts").GetProperty("mirrored").GetInt32()));
        Assert.Equal(3, reports.Sum(report => report.GetProperty("changes").GetProperty("created").GetArrayLength()));
    }

    [Fact]
    public async Task A_foreign_session_keeps_its_number_and_ours_takes_the_next()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();
        var foreign = await account.NewForeignSessionAsync(instance.NetworkInterfaces[0].NetworkInterfaceId, 1);

        var report = await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        Assert.Equal([1, 2], (await account.SessionsAsync()).Select(session => session.SessionNumber!.Value).Order());
        Assert.Equal("fully", report.GetProperty("verdicts")[0].GetProperty("shadowed").GetString());
        Assert.Contains(foreign.TrafficMirrorSessionId, report.GetProperty("verdicts")[0].GetProperty("because").GetString());
    }

    [Fact]
    public async Task A_created_session_whose_answer_was_lost_is_found_again_not_doubled()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var isCut = false;
        using var function = new FunctionUnderTest(account, new GateTransport(async (action, _, send) =>
        {
            var answer = await send();
            if (action != "CreateTrafficMirrorSession" || isCut)
                return answer;
            isCut = true;
            throw new HttpRequestException("the connection was cut after the work was done");
        }));
        var instance = await account.LaunchAsync();

        var report = await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        Assert.Single(await account.SessionsAsync());
        Assert.Single(report.GetProperty("changes").GetProperty("created").EnumerateArray());
        Assert.Equal(2, account.Cloud.Requests.Count("CreateTrafficMirrorSession"));
    }

    [Fact]
    public async Task Events_that_say_otherwise_than_EC2_change_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();
        await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        foreach (var state in (string[])["terminated", "stopped", "shutting-down", "stopping", "pending"])
            await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, state));

        Assert.Single(await account.SessionsAsync());
    }

    [Fact]
    public async Task A_late_running_event_of_a_stopped_instance_creates_nothing()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);
        var instance = await account.LaunchAsync();
        await account.Ec2.StopInstancesAsync(new StopInstancesRequest([instance.InstanceId]));

        var report = await function.ReportAsync(FunctionUnderTest.StateChange(instance.InstanceId, "running"));

        Assert.Empty(await account.SessionsAsync());
        Assert.Equal("not-running", report.GetProperty("verdicts")[0].GetProperty("verdict").GetString());
    }

    [Fact]
    public async Task An_instance_that_EC2_does_not_know_is_gone_not_a_failure()
    {
        await using var account = await EmulatedAccount.StartAsync();
        using var function = new FunctionUnderTest(account);

        var report = await function.ReportAsync(FunctionUnderTest.StateChange("i-00000000000000000", "running"));

        Assert.Equal("gone", report.GetProperty("verdicts")[0].GetProperty("verdict").GetString());
        Assert.True(report.GetProperty("converged").GetBoolean());
    }
}
