using AutoMirror.Core.Batching;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Batching;

/// <summary>Which records come back to the queue, what is handed on, and what waits for a full sync that several share.</summary>
public class BatchHandlerTests
{
    private const string Sensor = "sensor default tmt-1\ntarget tmt-1 nlb\n";
    private const string AllLevels = """policy {"tagLevels":["interface","instance","subnet","vpc"],"tagKey":"Sniff","guardDuty":{"severity":7}}""" + "\n";

    private static readonly MirrorEvent Schedule = new MirrorEvent.Scheduled();

    /// <summary>Events that lead somewhere only under the policy that the run read,
    /// each with the world in which its change fails.</summary>
    public static TheoryData<string, string> EventsThatNeedThePolicy => new()
    {
        { "another tag key", "eni-a i-1 running m5.large Sniff=yes" },
        { "an interface's tag", "eni-a i-1 running m5.large @Sniff=yes" },
        { "a subnet's tag", "eni-a i-1 running m5.large in=subnet-1\ntags subnet-1 Sniff=yes" },
        { "a VPC's tag", "eni-a i-1 running m5.large in=vpc-1\ntags vpc-1 Sniff=yes" },
        { "a finding", "eni-a i-1 running m5.large" },
    };

    /// <summary>The failure is attributed by the scopes that the run acted on, even
    /// when the configuration is forgotten meanwhile.</summary>
    [Theory]
    [MemberData(nameof(EventsThatNeedThePolicy))]
    public void A_record_whose_change_failed_comes_back_whatever_happens_to_the_cached_policy_meanwhile(string what, string world)
    {
        var run = new RunningWorld(AllLevels + Sensor + world);
        run.Ec2.Refusals["Create"] = new([new Refusal(RefusalKind.Denied, "UnauthorizedOperation", "no")]);
        run.Ec2.Before = action =>
        {
            // What a run of more than a minute, or a parameter event beside it, does to the copy.
            if (action == "Create")
                run.Cache.Drop();
            return Task.CompletedTask;
        };

        var result = Handle(run, [EventFor(what), new MirrorEvent.InstanceStateChange(Id<Instance>.Parse("i-9"), InstanceState.Running)]);

        Assert.Equal(["m-0"], result.FailedMessageIds);
    }

    [Fact]
    public void Only_records_whose_work_failed_come_back()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes\neni-b i-2 running m5.large Mirror=yes");
        run.Ec2.Before = action =>
        {
            if (action == "Create" && !run.Ec2.Log[^1].Contains("eni-a", StringComparison.Ordinal))
                run.Ec2.Refusals["Create"] = new([new Refusal(RefusalKind.Other, "Code", "words")]);
            return Task.CompletedTask;
        };

        Assert.Equal(["m-1"], Handle(run, [Running("i-1"), Running("i-2")]).FailedMessageIds);
    }

    [Fact]
    public void Malformed_records_come_back_alone()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes");
        var batch = new Payload.Batch(
            [new("m-0", new EventReading.Malformed("state", "is missing", "a state")), new("m-1", Running("i-1"))]);

        var result = run.Await(Handler(run, null).HandleAsync(batch, CancellationToken.None));

        Assert.Equal(["m-0"], result.FailedMessageIds);
        Assert.Contains("m-0", Assert.Single(result.Errors), StringComparison.Ordinal);
        Assert.Single(run.Sessions);
    }

    [Fact]
    public void Every_record_comes_back_where_nothing_could_be_done()
    {
        var run = new RunningWorld(Sensor) { PolicyJson = """{"mode":"on"}""" };

        Assert.Equal(["m-0", "m-1"], Handle(run, [Running("i-1"), Schedule]).FailedMessageIds);
    }

    [Fact]
    public void Every_record_comes_back_where_something_could_not_be_read()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes");
        run.Ec2.Refusals["DescribeInstances"] = new([new Refusal(RefusalKind.Transient, "InternalError", "later")]);

        Assert.Equal(["m-0", "m-1"], Handle(run, [Running("i-1"), Running("i-2")]).FailedMessageIds);
    }

    [Fact]
    public void What_the_time_does_not_reach_is_handed_on_once_and_no_record_comes_back()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes\neni-b - @Mirror=yes") { TimeLeft = TimeSpan.Zero };
        run.PolicyJson = """{"standaloneInterfaces":true}""";
        var queue = new FakeQueue();

        var result = Handle(run, [Running("i-1"), new MirrorEvent.InterfaceCreated(Id<NetworkInterface>.Parse("eni-b"))], queue);

        Assert.Empty(result.FailedMessageIds);
        var continuation = Continuation(Assert.Single(queue.Sent).Message);
        Assert.Equal(1, continuation.IdleTurns);
        Assert.Equal(
            "i-1 eni-b",
            $"{((Scope.Part)continuation.Where).Instances.Single()} {((Scope.Part)continuation.Where).NetworkInterfaces.Single()}");
        Assert.Equal(1, result.Result.Report!.ApiCalls["sqs:SendMessage"]);
    }

    [Theory]
    [InlineData(BatchHandler.MostIdleTurns - 2, false)]
    [InlineData(BatchHandler.MostIdleTurns - 1, true)]
    public void A_chain_of_continuations_that_finish_nothing_ends_with_an_error(int turnsBefore, bool ends)
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes") { TimeLeft = TimeSpan.Zero };
        var queue = new FakeQueue();

        var result = Handle(run, [new MirrorEvent.Continuation(RunningWorld.On("i-1"), turnsBefore)], queue);

        Assert.Equal(ends, result.FailedMessageIds.Count == 1);
        Assert.Equal(ends, queue.Sent.Count == 0);
        Assert.Equal(ends, result.Errors.Any(error => error.Contains("could not change anything", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_cannot_be_handed_on_comes_back_with_the_reason(bool hasQueue)
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes") { TimeLeft = TimeSpan.Zero };
        var queue = hasQueue ? new FakeQueue { Refusal = new Refusal(RefusalKind.Denied, "AccessDenied", "no") } : null;

        var result = Handle(run, [Running("i-1")], queue);

        Assert.Equal(["m-0"], result.FailedMessageIds);
        Assert.Contains(hasQueue ? "AccessDenied: no" : "AUTOMIRROR_QUEUE_URL", Assert.Single(result.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void Deletions_right_after_a_full_sync_share_the_next_one()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes");
        var queue = new FakeQueue();
        Handle(run, [Schedule], queue);
        run.Time.Advance(TimeSpan.FromSeconds(20));
        var describes = run.Ec2.Calls["DescribeInstances"];

        Assert.Empty(Handle(run, [Deleted("tms-1"), Deleted("tms-2")], queue).FailedMessageIds);
        Assert.Empty(Handle(run, [Deleted("tms-3")], queue).FailedMessageIds);

        Assert.Equal(describes, run.Ec2.Calls["DescribeInstances"]);
        Assert.Equal(TimeSpan.FromSeconds(40), Assert.Single(queue.Sent).Delay);
        Assert.IsType<Scope.Everything>(Continuation(queue.Sent[0].Message).Where);
    }

    [Fact]
    public void A_shared_full_sync_that_cannot_be_arranged_sends_its_records_back_and_no_others()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes");
        var queue = new FakeQueue();
        Handle(run, [Schedule], queue);
        queue.Refusal = new Refusal(RefusalKind.Denied, "AccessDenied", "no");

        Assert.Equal(["m-0"], Handle(run, [Deleted("tms-1"), Running("i-1")], queue).FailedMessageIds);
    }

    [Fact]
    public void Without_a_queue_a_deletion_is_healed_at_once()
    {
        var run = new RunningWorld(Sensor + "eni-a i-1 running m5.large Mirror=yes");
        Handle(run, [Schedule]);
        run.Ec2.Sessions.Clear();

        Handle(run, [Deleted("tms-1")]);

        Assert.Single(run.Sessions);
    }

    private static BatchResult Handle(RunningWorld run, IReadOnlyList<MirrorEvent> events, FakeQueue? queue = null) =>
        run.Await(
            Handler(run, queue).HandleAsync(
                new Payload.Batch([.. events.Select((each, index) => new QueueRecord($"m-{index}", each))]), CancellationToken.None));

    private static BatchHandler Handler(RunningWorld run, FakeQueue? queue) => new(
        events => run.Reconciler().RunAsync(events, run.NextDelivery() with { CanDefer = queue is not null }, CancellationToken.None),
        queue, run.State.FullSyncs, run.Time);

    private static MirrorEvent.InstanceStateChange Running(string id) => new(Id<Instance>.Parse(id), InstanceState.Running);

    private static MirrorEvent.SessionDeleted Deleted(string id) => new(Id<TrafficMirrorSession>.Parse(id), null);

    private static MirrorEvent.Continuation Continuation(string message) =>
        (MirrorEvent.Continuation)((EventReading.Understood)Envelopes.ReadText(message)[0]).Event;

    private static MirrorEvent EventFor(string what) => what switch
    {
        "another tag key" => new MirrorEvent.TagChange(TagLevel.Instance, (Scope.Part)RunningWorld.On("i-1"), ["Sniff"]),
        "an interface's tag" => new MirrorEvent.TagChange(TagLevel.Interface, (Scope.Part)RunningWorld.On("eni-a"), ["Sniff"]),
        "a subnet's tag" => new MirrorEvent.TagChange(TagLevel.Subnet, (Scope.Part)RunningWorld.On("subnet-1"), ["Sniff"]),
        "a VPC's tag" => new MirrorEvent.TagChange(TagLevel.Vpc, (Scope.Part)RunningWorld.On("vpc-1"), ["Sniff"]),
        _ => new MirrorEvent.Finding([Id<Instance>.Parse("i-1")], 8),
    };
}
