using AutoMirror.Core.Events;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>Which calls a scope and a policy lead to, and what is made of the answers.</summary>
public class SurveyTests
{
    private const string One = """
        sensor default tmt-1
        target tmt-1 nlb
        eni-a i-1 running m5.large Mirror=yes in=subnet-1 in=vpc-1
        """;

    [Fact]
    public void Running_event_on_a_warm_function_takes_two_describes_at_once_and_a_create()
    {
        var run = new RunningWorld(One);
        run.Report(RunningWorld.On("i-9"));
        var calls = run.Ec2.Log.Count;
        var atOnce = 0;
        var most = 0;
        run.Ec2.Before = async action =>
        {
            if (!action.StartsWith("Describe", StringComparison.Ordinal))
                return;
            most = Math.Max(most, ++atOnce);
            await Task.Delay(TimeSpan.FromMilliseconds(1), run.Time);
            atOnce--;
        };
        run.Report(RunningWorld.On("i-1"));
        Assert.Equal(
            ["DescribeInstances i-1", "DescribeSessions described automirror/automirror/i-1", "Create eni-a → tmt-1 #1"],
            run.Ec2.Log.Skip(calls));
        Assert.Equal(2, most);
    }

    [Fact]
    public void Many_instances_are_read_in_one_call_of_each_kind()
    {
        var run = new RunningWorld(One);
        run.Report(RunningWorld.On("i-1", "i-2", "i-3"));
        Assert.Equal(
            [
                "DescribeTargets", "DescribeFilters tmf-1", "DescribeInstances i-1 i-2 i-3",
                "DescribeSessions described automirror/automirror/i-1 automirror/automirror/i-2 automirror/automirror/i-3",
            ],
            run.Ec2.Log.Take(4));
    }

    [Theory]
    [InlineData("""["instance"]""", "")]
    [InlineData("""["interface"]""", "DescribeNetworkInterfaces of i-1")]
    [InlineData("""["subnet"]""", "DescribeSubnets subnet-1")]
    [InlineData("""["vpc"]""", "DescribeVpcs vpc-1")]
    [InlineData("""["interface", "subnet", "vpc"]""", "DescribeNetworkInterfaces of i-1, DescribeSubnets subnet-1, DescribeVpcs vpc-1")]
    public void Only_listed_tag_levels_are_read(string levels, string expected)
    {
        var run = new RunningWorld($$"""
            policy {"tagLevels": {{levels}}}
            {{One}}
            """);
        run.Report(RunningWorld.On("i-1"));
        Assert.Equal(
            expected,
            string.Join(
                ", ",
                run.Ec2.Log.Where(
                    call =>
                        call.Contains("NetworkInterfaces", StringComparison.Ordinal) || call.Contains("Subnets", StringComparison.Ordinal)
                            || call.Contains("Vpcs", StringComparison.Ordinal))));
    }

    [Fact]
    public void Full_sync_reads_instances_and_sessions_once_and_nothing_else_when_nothing_changed()
    {
        var run = new RunningWorld(One + "\ntms-1 → tmt-1 #1 ours");
        run.Report(new Scope.Everything());
        Assert.Equal(["DescribeTargets", "DescribeFilters tmf-1", "DescribeInstances all", "DescribeSessions all"], run.Ec2.Log);
    }

    [Fact]
    public void Full_sync_with_standalone_interfaces_reads_them_too()
    {
        var run = new RunningWorld("policy {\"standaloneInterfaces\": true}\n" + One + "\neni-b - @Mirror=yes");
        var report = run.Report(new Scope.Everything());
        Assert.Equal(
            ["DescribeTargets", "DescribeFilters tmf-1", "DescribeInstances all", "DescribeSessions all", "DescribeNetworkInterfaces all"],
            run.Ec2.Log.Take(5));
        Assert.Equal("mirrored", RunningWorld.VerdictOn(report, "eni-b").Verdict.Name);
    }

    [Fact]
    public void Interface_in_scope_brings_the_instance_that_has_it()
    {
        var run = new RunningWorld(One);
        run.Report(RunningWorld.On("eni-a"));
        Assert.Equal(
            [
                "DescribeTargets", "DescribeFilters tmf-1", "DescribeNetworkInterfaces eni-a", "DescribeInstances i-1",
                "DescribeSessions described automirror/automirror/i-1", "Create eni-a → tmt-1 #1",
            ],
            run.Ec2.Log);
    }

    [Theory]
    [InlineData("vpc-1")]
    [InlineData("subnet-1")]
    public void Place_in_scope_brings_the_instances_in_it(string place)
    {
        var run = new RunningWorld(One + "\neni-b i-2 running m5.large Mirror=yes in=subnet-2 in=vpc-2");
        run.Report(RunningWorld.On(place));
        Assert.Equal(
            [
                "DescribeTargets", "DescribeFilters tmf-1", $"DescribeInstances in {place}",
                "DescribeSessions described automirror/automirror/i-1",
                "Create eni-a → tmt-1 #1",
            ],
            run.Ec2.Log);
    }

    [Fact]
    public void Session_on_an_interface_that_outlived_its_instance_is_deleted()
    {
        var run = new RunningWorld("""
            sensor default tmt-1
            target tmt-1 nlb
            eni-a - unattached
              tms-1 → tmt-1 #1 ours description=automirror/automirror/i-1
            """);
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Empty(run.Sessions);
        Assert.Equal("not-a-source", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
        Assert.Contains(report.Verdicts, verdict => verdict is { InstanceId.Value: "i-1", Verdict.Name: "gone" });
    }

    [Fact]
    public void Session_whose_interface_is_gone_is_left_to_ec2()
    {
        var run = new RunningWorld("""
            sensor default tmt-1
            target tmt-1 nlb
            eni-a i-1 running m5.large Mirror=no
              tms-1 → tmt-1 #1 ours
            """);
        run.Ec2.Interfaces.Clear();
        var report = run.Report(new Scope.Everything());
        Assert.Empty(run.Ec2.Changes);
        Assert.Equal("gone", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
    }

    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeSessions")]
    [InlineData("DescribeNetworkInterfaces")]
    public void What_could_not_be_read_deletes_nothing_and_fails_the_invocation(string action)
    {
        var run = new RunningWorld("""
            policy {"tagLevels": ["interface", "instance"]}
            sensor default tmt-1
            target tmt-1 nlb
            eni-a i-1 running m5.large Mirror=no
              tms-1 → tmt-1 #1 ours
            eni-b i-2 stopped m5.large Mirror=yes
              tms-2 → tmt-1 #1 ours
            eni-c - unattached
              tms-3 → tmt-1 #1 ours
            """);
        run.Ec2.Refusals[action] = new(
            [
                new Refusal(RefusalKind.Transient, "RequestLimitExceeded", "try later"), new Refusal(
                    RefusalKind.Transient, "RequestLimitExceeded", "try later"),
            ]);
        var result = run.Conclude(new Scope.Everything());
        Assert.Equal(3, run.Ec2.Sessions.Count);
        Assert.Equal(ErrorTypes.Unfinished, result.Failure?.ErrorType);
        Assert.False(result.Report!.Converged);
    }
}
