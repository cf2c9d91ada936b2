using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>Two invocations on one instance, in every order in which their calls can reach EC2.</summary>
public class RaceTests
{
    [Theory]
    [InlineData("sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes\neni-b i-1", 2)]
    [
        InlineData(
            "sensor default tmt-1 tmt-2\ntarget tmt-1 nlb\ntarget tmt-2 nlb\neni-a i-1 running m5.large Mirror=yes\ntms-9 → tmt-1 #1 "
                + "foreign",
            2),
    ]
    [
        InlineData(
            "sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes\ntms-1 → tmt-9 #1 ours\ntms-2 → tmt-1 #2 ours",
            1),
    ]
    [InlineData("sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 stopped m5.large Mirror=yes\ntms-1 → tmt-1 #1 ours", 0)]
    public void Two_invocations_leave_what_one_would(string world, int sessions)
    {
        var orders = 0;
        var choices = new Stack<(int Chosen, int Of)>();
        do
        {
            Race(world, sessions, choices);
            Assert.True(++orders < 100_000, "There are too many orders.");
            while (choices.TryPeek(out var last) && last.Chosen + 1 == last.Of)
                choices.Pop();
            if (choices.TryPop(out var next))
                choices.Push((next.Chosen + 1, next.Of));
        }
        while (choices.Count > 0);
        Assert.True(orders > 1, "Nothing was interleaved.");
    }

    /// <summary>One race, along the choices made so far, and further ones that are noted.</summary>
    private static void Race(string world, int sessions, Stack<(int Chosen, int Of)> choices)
    {
        var run = new RunningWorld(world);
        _ = run.Reconciler().WarmUpAsync(CancellationToken.None);
        var pending = new List<TaskCompletionSource>();
        Task Wait(string action)
        {
            var turn = new TaskCompletionSource();
            pending.Add(turn);
            return turn.Task;
        }

        Task<RunResult>[] racers =
        [
            .. Enumerable.Range(1, 2).Select(number => run.Reconciler(new FakeEc2(run.Ec2) { Before = Wait, NewIds = $"tms-new{number}x" })
                .RunAsync([RunningWorld.EventFor(RunningWorld.On("i-1"))], run.NextDelivery(), CancellationToken.None)),
        ];
        var path = choices.Reverse().ToList();
        for (var step = 0; !racers.All(racer => racer.IsCompleted);)
        {
            if (pending.Count == 0)
            {
                run.Time.Advance(TimeSpan.FromSeconds(1));
                continue;
            }

            if (step == path.Count)
            {
                path.Add((0, pending.Count));
                choices.Push(path[step]);
            }

            var turn = pending[path[step++].Chosen];
            pending.Remove(turn);
            turn.SetResult();
        }

        Assert.All(racers, racer => Assert.Null(racer.Result.Failure));
        Assert.Equal(sessions, run.Ec2.Sessions.Count);
        Assert.Distinct(
            run.Ec2.Sessions.Values.Select(
                session =>
                    (session.NetworkInterfaceId, run.World.Deployment.Name, run.World.Deployment.Claims(session))));
        Assert.Empty(run.Report(RunningWorld.On("i-1"), dryRun: true).Changes);
    }

    [Fact]
    public void A_session_that_cannot_move_since_the_target_is_full_is_put_right_where_it_is()
    {
        var run = new RunningWorld("""
            sensor default tmt-1
            sensor b tmt-2
            target tmt-1 nlb
            target tmt-2 nlb
            eni-a i-1 running m5.large Mirror=b
              tms-1 → tmt-1 #2 ours
            """);
        run.Ec2.Refusals["Modify"] = new([new Refusal(RefusalKind.TargetFull, "TrafficMirrorSourcesPerTargetLimitExceeded", "full")]);
        var report = run.Report(new Scope.Everything());
        Assert.Equal(["tms-1 eni-a → tmt-1 #1"], run.Sessions);
        Assert.Equal("default", run.Ec2.Sessions.Values.Single().Tags[Ownership.SensorKey]);
        Assert.Equal("capacity-exhausted", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
    }

    /// <summary>EC2 sets a length of 8500 itself where the target is a load balancer: taken off, it would come back for ever.</summary>
    [Fact]
    public void A_session_that_cannot_leave_a_load_balancer_keeps_the_length_that_EC2_gave_it()
    {
        var run = new RunningWorld("""
            sensor default tmt-1
            sensor b tmt-2
            target tmt-1 nlb
            target tmt-2 eni-s2 a m5.large
            eni-a i-1 running m5.large Mirror=b
              tms-1 → tmt-1 #1 ours length=8500
            """);
        run.Ec2.Refusals["Modify"] = new([new Refusal(RefusalKind.TargetFull, "TrafficMirrorSourcesPerTargetLimitExceeded", "full")]);
        run.Report(new Scope.Everything());
        Assert.Equal(1, run.Ec2.Calls["Modify"]);
    }

    /// <summary>The role may touch what carries the owner tag. What is gone carries none, so EC2 denies to touch it.</summary>
    [Theory]
    [InlineData("Delete", "Mirror=no", true, null)]
    [InlineData("Delete", "Mirror=no", false, ErrorTypes.Denied)]
    [InlineData("Modify", "Mirror=b", true, null)]
    [InlineData("Modify", "Mirror=b", false, ErrorTypes.Denied)]
    public void A_denied_change_of_a_session_that_is_gone_is_no_missing_permission(string action, string tag, bool isGone, string? error)
    {
        var run = new RunningWorld(
            "sensor default tmt-1\nsensor b tmt-2\ntarget tmt-1 nlb\ntarget tmt-2 nlb\n"
                + $"eni-a i-1 running m5.large {tag}\ntms-1 → tmt-1 #1 ours");
        run.Ec2.Refusals[action] = new([new Refusal(RefusalKind.Denied, "UnauthorizedOperation", "no")]);
        run.Ec2.Before = each =>
        {
            if (each == action && isGone)
                run.Ec2.Sessions.Clear();
            return Task.CompletedTask;
        };

        var result = run.Conclude(RunningWorld.On("i-1"));

        Assert.Equal(error, result.Failure?.ErrorType);
        Assert.Equal(action == "Modify" || !isGone ? 1 : 0, run.Sessions.Count());
    }
}
