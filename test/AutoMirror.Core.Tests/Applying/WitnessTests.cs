using AutoMirror.Core.Batching;
using AutoMirror.Core.Events;
using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>What EC2 shows may lag behind what a young event says: then EC2 is asked again, and nothing is changed before.</summary>
public partial class WitnessTests
{
    private const string Sensor = "sensor default tmt-1\ntarget tmt-1 nlb\n";
    private const string One = Sensor + "eni-a i-1 running m5.large Mirror=yes\n";

    private static readonly Id<Instance> I1 = Id<Instance>.Parse("i-1");

    [Theory]
    [InlineData(1, true)]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void An_instance_that_EC2_does_not_show_yet_is_looked_for_again_and_then_left_to_a_retry(int hiddenReads, bool isMirrored)
    {
        var run = new RunningWorld(One);
        LagBy(run, hiddenReads, showsAs: null);
        var result = Run(run, State(InstanceState.Running));
        Assert.Equal(isMirrored, run.Sessions.Any());
        Assert.Equal(isMirrored ? null : ErrorTypes.Unfinished, result.Failure?.ErrorType);
        Assert.Equal(isMirrored ? "mirrored" : "unsettled", Assert.Single(result.Report!.Verdicts).Verdict.Name);
        Assert.Equal(isMirrored, result.Report.Converged);
    }

    [Theory]
    [InlineData("running", "stopped", 1)]
    [InlineData("pending", "stopped", 1)]
    [InlineData("running", "terminated", 1)]
    [InlineData("stopped", "running", 0)]
    [InlineData("stopped", "stopping", 0)]
    [InlineData("terminated", "running", 0)]
    public void A_session_follows_the_state_that_an_event_says_once_EC2_shows_it(string word, string shownWord, int sessions)
    {
        var (said, shown) = (Ec2Words.InstanceStates.Find(word)!.Value, Ec2Words.InstanceStates.Find(shownWord)!.Value);
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours");
        run.Ec2.Instances[I1] = run.Ec2.Instances[I1] with { State = said };
        LagBy(run, 2, showsAs: shown);
        var result = Run(run, State(said));
        Assert.Null(result.Failure);
        Assert.Equal(sessions, run.Sessions.Count());
        Assert.Equal(1 - sessions, run.Ec2.Calls.GetValueOrDefault("Delete"));
    }

    [Fact]
    public void A_live_session_is_not_deleted_on_the_word_of_a_read_that_a_younger_event_contradicts()
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours");
        LagBy(run, int.MaxValue, showsAs: InstanceState.Stopped);
        Assert.Equal(ErrorTypes.Unfinished, Run(run, State(InstanceState.Running)).Failure?.ErrorType);
        Assert.Single(run.Sessions);
        Assert.Equal(4, run.Ec2.Calls["DescribeInstances"]);
    }

    /// <summary>A host that really stopped within a minute of its start must not fail for ever.</summary>
    [Fact]
    public void A_read_is_believed_once_the_event_is_old()
    {
        var run = new RunningWorld(One.Replace("running", "stopped", StringComparison.Ordinal) + "tms-1 → tmt-1 #1 ours");
        var running = State(InstanceState.Running);
        Assert.NotNull(Run(run, running).Failure);
        run.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Null(Run(run, running).Failure);
        Assert.Empty(run.Sessions);
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(-3600)]
    [InlineData(1)]
    [InlineData(86400)]
    [InlineData(null)]
    public void An_old_event_and_one_from_the_future_make_no_work(int? seconds)
    {
        var run = new RunningWorld(Sensor);
        DateTimeOffset? time = seconds is { } age ? run.Time.GetUtcNow().AddSeconds(age) : null;
        var result = Run(run, new MirrorEvent.InstanceStateChange(I1, InstanceState.Running) { Time = time });
        Assert.Null(result.Failure);
        Assert.Equal("gone", Assert.Single(result.Report!.Verdicts).Verdict.Name);
        Assert.Equal(1, run.Ec2.Calls["DescribeInstances"]);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, false)]
    public void A_refusal_that_contradicts_what_was_just_read_is_tried_again_and_then_left_to_a_retry(int refusals, bool isMirrored)
    {
        var run = new RunningWorld(One);
        run.Ec2.Refusals["Create"] =
            new(Enumerable.Repeat(new Refusal(RefusalKind.SourceGone, "InvalidNetworkInterfaceID.NotFound", "eni-a"), refusals));
        var result = Run(run, State(InstanceState.Running));
        Assert.Equal(isMirrored, run.Sessions.Any());
        Assert.Equal(isMirrored, result.Failure is null);
        Assert.Equal(isMirrored ? "mirrored" : "unsettled", RunningWorld.VerdictOn(result.Report!, "eni-a").Verdict.Name);
    }

    [Theory]
    [InlineData("yes", "", 1)]
    [InlineData("no", "Mirror=yes", 0)]
    [InlineData(null, "Mirror=yes", 0)]
    public void A_tag_counts_as_an_event_says_it_once_EC2_shows_it(string? said, string shown, int sessions)
    {
        var run = new RunningWorld(Sensor + $"eni-a i-1 running m5.large {shown}\n" + (sessions == 0 ? "tms-1 → tmt-1 #1 ours" : ""));
        var after = said is null ? Tags.None : new Tags([new("Mirror", said)]);
        OnRead(run, 3, () => run.Ec2.Instances[I1] = run.Ec2.Instances[I1] with { Tags = after });
        var result = Run(run, Tagged(after, version: 1));
        Assert.Null(result.Failure);
        Assert.Equal(sessions, run.Sessions.Count());
        Assert.Equal(3, run.Ec2.Calls["DescribeInstances"]);
    }

    [Fact]
    public void Of_two_changes_of_a_tag_in_one_second_the_later_version_is_believed()
    {
        var run = new RunningWorld(One);
        var result = Run(run, Tagged(new Tags([new("Mirror", "yes")]), version: 8), Tagged(new Tags([new("Mirror", "no")]), version: 7));
        Assert.Null(result.Failure);
        Assert.Equal(1, run.Ec2.Calls["DescribeInstances"]);
    }

    [Fact]
    public void An_interface_that_was_attached_is_looked_for_on_its_instance()
    {
        var run = new RunningWorld(One);
        OnRead(run, 2, () => run.Ec2.Interfaces[Id<NetworkInterface>.Parse("eni-b")] =
            run.Ec2.Interfaces[Id<NetworkInterface>.Parse("eni-a")] with { Id = Id<NetworkInterface>.Parse("eni-b") });
        var attached = new MirrorEvent.InterfaceAttached(Id<NetworkInterface>.Parse("eni-b"), I1) { Time = Now };
        Assert.Null(Run(run, attached).Failure);
        Assert.Equal(2, run.Sessions.Count());
    }

    /// <summary>Found by a history without sweeps: the interface outlived its instance, and its session stayed.</summary>
    [Fact]
    public void An_interface_that_outlives_its_instance_is_looked_for_until_EC2_shows_it_unattached()
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours");
        run.Ec2.Instances[I1] = run.Ec2.Instances[I1] with { State = InstanceState.Terminated };
        run.Ec2.HidesAttachments.Add(I1);
        var interfaceId = Id<NetworkInterface>.Parse("eni-a");
        OnRead(run, 3, () => run.Ec2.Interfaces[interfaceId] = run.Ec2.Interfaces[interfaceId] with { Attachment = null });
        Assert.Null(Run(run, State(InstanceState.Terminated)).Failure);
        Assert.Empty(run.Sessions);
    }

    [Fact]
    public void A_session_that_was_deleted_and_is_still_listed_is_looked_for_again()
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours");
        var deleted = new MirrorEvent.SessionDeleted(Id<TrafficMirrorSession>.Parse("tms-1"), null) { Time = Now };
        OnRead(run, 2, () => run.Ec2.Sessions.Remove(deleted.SessionId));
        Assert.Null(Run(run, deleted).Failure);
        Assert.NotEqual("tms-1", Assert.Single(run.Ec2.Sessions).Key.Value);
    }

    [Fact]
    public void The_latest_event_about_an_instance_is_its_witness_and_of_two_in_one_second_either()
    {
        var run = new RunningWorld(One.Replace("running", "stopped", StringComparison.Ordinal));
        var earlier = State(InstanceState.Running) with { Time = Now.AddSeconds(-5) };
        Run(run, earlier, State(InstanceState.Stopped));
        Run(run, State(InstanceState.Running), State(InstanceState.Stopped));
        Run(run, earlier, State(InstanceState.Stopping));
        Assert.Equal(3, run.Ec2.Calls["DescribeInstances"]);
    }

    /// <summary>One instance that EC2 hides must not hold up a launch storm, nor send the others' records back.</summary>
    [Fact]
    public void Only_what_is_contradicted_waits_and_only_its_record_comes_back()
    {
        var run = new RunningWorld(One + "eni-b i-2 running m5.large Mirror=yes\n");
        run.Ec2.Instances.Remove(I1);
        DateTimeOffset? madeAt = null;
        run.Ec2.Before = action =>
        {
            madeAt ??= action == "Create" ? run.Time.GetUtcNow() : null;
            return Task.CompletedTask;
        };
        var handler = new BatchHandler(
            events => run.Reconciler().RunAsync(events, run.NextDelivery(), CancellationToken.None), null, run.State.FullSyncs, run.Time);
        var batch = new Payload.Batch(
            [new("m-1", State(InstanceState.Running)), new("m-2", State(InstanceState.Running) with
            {
                InstanceId = Id<Instance>.Parse("i-2"),
            })]);

        var result = run.Await(handler.HandleAsync(batch, CancellationToken.None));

        Assert.Equal(["m-1"], result.FailedMessageIds);
        Assert.Equal(Now, madeAt);
        Assert.Equal(
            ["DescribeInstances i-1 i-2", "DescribeInstances i-1", "DescribeInstances i-1", "DescribeInstances i-1"],
            run.Ec2.Log.Where(call => call.StartsWith("DescribeInstances", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_look_is_waited_for_that_would_leave_no_time_to_act()
    {
        var run = new RunningWorld(Sensor) { TimeLeft = TimeSpan.FromSeconds(4) };
        Assert.NotNull(Run(run, State(InstanceState.Running)).Failure);
        Assert.Equal(2, run.Ec2.Calls["DescribeInstances"]);
        Assert.Equal(TimeSpan.FromSeconds(2), run.Time.GetUtcNow() - Now);
    }

    [Theory]
    [InlineData("""{"mode":"observe"}""")]
    [InlineData("""{"mode":"create-only"}""")]
    public void A_mode_that_would_change_nothing_looks_as_far_as_it_may(string policy)
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours") { PolicyJson = policy };
        LagBy(run, 1, showsAs: InstanceState.Stopped);
        Assert.Null(Run(run, State(InstanceState.Running)).Failure);
        Assert.Empty(run.Ec2.Changes);
    }
}
