using AutoMirror.Core.Events;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Observing;

/// <summary>Where sensors take their copies in, as EC2 shows it: living, stopped, gone, or not to be known.</summary>
public class EquipmentTests
{
    private const string Pool =
        "sensor default tmt-1 tmt-2\ntarget tmt-1 eni-s1 a m5.large\ntarget tmt-2 eni-s2 b m5.large\n"
            + "point tmt-1 host=i-s1\npoint tmt-2 host=i-s2\n";

    private const string Alone = "sensor default tmt-1\ntarget tmt-1 eni-s1 a m5.large\npoint tmt-1 host=i-s1\n";
    private const string Source = "eni-a i-1 running m5.large Mirror=yes zone=a\n";

    private static readonly Id<Instance> FirstHost = Id<Instance>.Parse("i-s1");

    [Fact]
    public void A_capture_interface_that_two_reads_do_not_show_is_gone_and_its_sessions_move()
    {
        var run = new RunningWorld(Pool + Source + "tms-1 → tmt-1 #1 ours");
        run.Ec2.SensorHosts.Remove(FirstHost);

        var report = run.Report(new Scope.Everything());

        Assert.Equal(["tms-1 eni-a → tmt-2 #1"], run.Sessions);
        Assert.Contains(report.Problems, problem => problem.Kind == ProblemKind.SensorGone);
        Assert.Equal(2, run.Ec2.Log.Count(call => call == "DescribeNetworkInterfaces eni-s1"));
        Assert.Equal(TimeSpan.FromSeconds(5), run.Time.GetUtcNow() - World.ReadAt);
    }

    [Fact]
    public void A_capture_interface_that_the_second_read_shows_is_not_gone()
    {
        var run = new RunningWorld(Pool + Source + "tms-1 → tmt-1 #1 ours");
        var capture = run.Ec2.SensorHosts[FirstHost].NetworkInterfaces[0];
        run.Ec2.SensorHosts.Remove(FirstHost);
        var reads = 0;
        run.Ec2.Before = action =>
        {
            if (action == "DescribeNetworkInterfaces" && ++reads == 2)
                run.Ec2.Interfaces[capture.Id] = capture;
            return Task.CompletedTask;
        };

        var report = run.Report(new Scope.Everything());

        Assert.Equal(["tms-1 eni-a → tmt-1 #1"], run.Sessions);
        Assert.DoesNotContain(report.Problems, problem => problem.Kind == ProblemKind.SensorGone);
    }

    [Fact]
    public void A_capture_interface_that_was_seen_within_the_last_minute_is_not_gone_yet()
    {
        var run = new RunningWorld(Pool + Source + "tms-1 → tmt-1 #1 ours");
        run.Report(new Scope.Everything());
        run.Ec2.SensorHosts.Remove(FirstHost);
        run.Time.Advance(TimeSpan.FromSeconds(30));
        run.Cache.Drop();
        Assert.DoesNotContain(run.Report(new Scope.Everything()).Problems, problem => problem.Kind == ProblemKind.SensorGone);
        Assert.Equal(["tms-1 eni-a → tmt-1 #1"], run.Sessions);

        run.Time.Advance(TimeSpan.FromSeconds(30));
        run.Cache.Drop();
        Assert.Contains(run.Report(new Scope.Everything()).Problems, problem => problem.Kind == ProblemKind.SensorGone);
        Assert.Equal(["tms-1 eni-a → tmt-2 #1"], run.Sessions);
    }

    /// <summary>An event must not wait for a second read: what one read missed takes nothing new where another lives.</summary>
    [Fact]
    public void An_event_does_not_wait_for_the_second_read_and_prefers_the_sensor_that_was_seen()
    {
        var run = new RunningWorld(Pool + Source + "eni-b i-2 running m5.large Mirror=yes zone=a\ntms-2 → tmt-1 #1 ours");
        run.Ec2.SensorHosts.Remove(FirstHost);

        var report = run.Report(RunningWorld.On("i-1", "i-2"));

        Assert.Equal(World.ReadAt, run.Time.GetUtcNow());
        Assert.Equal(["tms-2 eni-b → tmt-1 #1", "tms-new1 eni-a → tmt-2 #1"], run.Sessions.Order(StringComparer.Ordinal));
        Assert.Empty(report.Problems);
    }

    [Theory]
    [InlineData("gone")]
    [InlineData("stopped")]
    public void The_only_sensor_keeps_its_sources_and_takes_new_ones_whatever_became_of_it(string what)
    {
        var run = new RunningWorld(Alone + Source + "eni-b i-2 running m5.large Mirror=yes\ntms-2 → tmt-1 #1 ours");
        if (what == "gone")
            run.Ec2.SensorHosts.Remove(FirstHost);
        else
            run.Ec2.SensorHosts[FirstHost] = run.Ec2.SensorHosts[FirstHost] with { State = InstanceState.Stopped };

        var report = run.Report(new Scope.Everything());

        Assert.Equal(["tms-2 eni-b → tmt-1 #1", "tms-new1 eni-a → tmt-1 #1"], run.Sessions.Order(StringComparer.Ordinal));
        Assert.Contains(
            report.Problems, problem => problem.Kind == (what == "gone" ? ProblemKind.SensorGone : ProblemKind.SensorStopped));
    }

    [Fact]
    public void The_interface_of_another_accounts_target_is_unknown_and_not_gone()
    {
        var run = new RunningWorld(Alone + Source + "tms-1 → tmt-1 #1 ours");
        run.Ec2.SensorHosts.Clear();
        var target = Id<TrafficMirrorTarget>.Parse("tmt-1");
        run.Ec2.Targets[target] = run.Ec2.Targets[target] with { OwnerId = "210987654321" };

        var report = run.Report(new Scope.Everything());

        Assert.Empty(report.Problems);
        Assert.Equal(World.ReadAt, run.Time.GetUtcNow());
    }

    [Theory]
    [InlineData("DescribeInstances")]
    [InlineData("DescribeNetworkInterfaces")]
    [InlineData("DescribeFilters")]
    public void What_cannot_be_read_of_the_equipment_is_unknown_and_stops_nothing(string action)
    {
        var run = new RunningWorld(Alone + Source);
        run.Ec2.SensorHosts.Clear();
        var denied = new Refusal(RefusalKind.Denied, "UnauthorizedOperation", "no");
        run.Ec2.Refusals[action] = new([denied]);

        var result = run.Conclude(RunningWorld.On("eni-a"));

        // The reads of the scope come second: only the equipment's read is refused.
        Assert.DoesNotContain(result.Report!.Problems, problem => problem.Kind == ProblemKind.SensorGone);
        Assert.Single(run.Sessions);
    }

    [Fact]
    public void Gateway_load_balancer_endpoints_have_a_zone_and_a_VPC()
    {
        var run = new RunningWorld(
            "sensor default tmt-1 tmt-2\ntarget tmt-1 gwlb\ntarget tmt-2 eni-s2 a m5.large\neni-p - requester=amazon in=vpc-2 zone=b\n"
                + "eni-a i-1 running m5.large Mirror=yes in=vpc-2 zone=b");
        run.Ec2.Endpoints.Add(new VpcEndpoint(
            Id<VpcEndpoint>.Parse("vpce-1"), Id<Vpc>.Parse("vpc-2"), [Id<NetworkInterface>.Parse("eni-p")]));

        run.Report(RunningWorld.On("i-1"));

        Assert.Equal(["tms-new1 eni-a → tmt-1 #1"], run.Sessions);
    }

    [Theory]
    [InlineData("stopping")]
    [InlineData("shutting-down")]
    [InlineData("stopped")]
    [InlineData("terminated")]
    public async Task A_sensor_that_goes_hands_its_sources_over_at_once(string word)
    {
        var state = Ec2Words.InstanceStates.Find(word)!.Value;
        var run = new RunningWorld(Pool + Source + "tms-1 → tmt-1 #1 ours");
        await run.Reconciler().WarmUpAsync(CancellationToken.None);

        // EC2 still shows the host as running: the event is a witness.
        Run(run, new MirrorEvent.InstanceStateChange(FirstHost, state) { Time = run.Time.GetUtcNow() });

        Assert.Equal(["tms-1 eni-a → tmt-2 #1"], run.Sessions);
        Assert.Contains("DescribeSessions to tmt-1", run.Ec2.Log);
    }

    [Fact]
    public void A_process_that_does_not_know_the_hosts_yet_reads_them_for_an_instance_that_stops()
    {
        var run = new RunningWorld(Pool + Source + "tms-1 → tmt-1 #1 ours");
        Run(run, new MirrorEvent.InstanceStateChange(FirstHost, InstanceState.Stopping) { Time = run.Time.GetUtcNow() });
        Assert.Equal(["tms-1 eni-a → tmt-2 #1"], run.Sessions);
    }

    [Fact]
    public async Task A_sensor_that_comes_leads_to_a_full_sync()
    {
        var run = new RunningWorld(Pool + Source + "eni-b i-2 running m5.large Mirror=yes");
        await run.Reconciler().WarmUpAsync(CancellationToken.None);
        var result = Run(run, new MirrorEvent.InstanceStateChange(FirstHost, InstanceState.Running) { Time = run.Time.GetUtcNow() });
        Assert.IsType<Scope.Everything>(result.Request!.Scope);
        Assert.Equal(2, run.Sessions.Count());
    }

    private static RunResult Run(RunningWorld run, MirrorEvent each) =>
        run.Await(run.Reconciler().RunAsync([each], run.NextDelivery(), CancellationToken.None));
}
