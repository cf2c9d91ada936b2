using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>EC2 says no, since it is not as the inventory had it: the interface is looked at again.</summary>
public class SecondLookTests
{
    private const string One = "sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes\n";

    [Fact]
    public void Duplicate_event_finds_the_session_and_settles()
    {
        var run = new RunningWorld(One);
        run.Report(RunningWorld.On("i-1"));
        run.Ec2.Before = HideAtFirst(run, "tms-new1");
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Equal(["tms-new1 eni-a → tmt-1 #1"], run.Sessions);
        Assert.Empty(report.Sessions<Change>());
        Assert.Equal("mirrored", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
        Assert.True(report.Converged);
    }

    [Fact]
    public void Number_taken_by_a_foreign_session_leads_to_the_next_and_says_what_that_one_takes()
    {
        var run = new RunningWorld("rules tmf-1 all\n" + One + "tms-9 → tmt-1 #1 foreign");
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Equal(["tms-9 eni-a → tmt-1 #1", "tms-new1 eni-a → tmt-1 #2"], run.Sessions);
        var verdict = RunningWorld.VerdictOn(report, "eni-a");
        Assert.Equal(Shadow.Fully, Assert.IsType<Verdict.Mirrored>(verdict.Verdict).Shadowed);
        Assert.Contains(verdict.Because, reason => reason is Reason.NumberTaken);
    }

    [Fact]
    public void Number_taken_by_what_cannot_be_seen_is_waited_for_and_then_fails_for_a_retry()
    {
        var run = new RunningWorld(One + "tms-9 → tmt-1 #1 foreign");
        run.Ec2.Hidden.Add(Id<TrafficMirrorSession>.Parse("tms-9"));
        var began = run.Time.GetUtcNow();
        var result = run.Conclude(RunningWorld.On("i-1"));
        Assert.Equal(ErrorTypes.Unfinished, result.Failure?.ErrorType);
        Assert.Equal(["tms-9 eni-a → tmt-1 #1"], run.Sessions);
        Assert.True(run.Time.GetUtcNow() - began >= TimeSpan.FromSeconds(3), "It hardly waits.");
        Assert.Equal("failed", RunningWorld.VerdictOn(result.Report!, "eni-a").Verdict.Name);
        Assert.False(result.Report!.Converged);
    }

    [Fact]
    public void No_look_is_waited_for_that_would_come_after_the_end()
    {
        var run = new RunningWorld(One + "tms-9 → tmt-1 #1 foreign") { TimeLeft = TimeSpan.FromMilliseconds(200) };
        run.Ec2.Hidden.Add(Id<TrafficMirrorSession>.Parse("tms-9"));
        var last = run.Time.GetUtcNow();
        run.Ec2.Before = _ =>
        {
            last = run.Time.GetUtcNow();
            return Task.CompletedTask;
        };
        var began = run.Time.GetUtcNow();
        run.Failure(RunningWorld.On("i-1"));
        Assert.True(last - began <= run.TimeLeft, $"A call after {last - began}.");
    }

    [Fact]
    public void What_a_second_look_may_not_move_keeps_the_run_from_having_converged()
    {
        var run = new RunningWorld(One + "tms-9 → tmt-9 #1 ours");
        run.Ec2.Before = HideAtFirst(run, "tms-9");
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Equal(["tms-9 eni-a → tmt-9 #1"], run.Sessions);
        Assert.False(report.Converged);
        var verdict = RunningWorld.VerdictOn(report, "eni-a");
        Assert.Equal("tmt-9", Assert.IsType<Verdict.Mirrored>(verdict.Verdict).Settings.TargetId.Value);
        Assert.Contains(verdict.Because, reason => reason is Reason.Withheld);
        Assert.True(run.Report(RunningWorld.On("i-1")).Converged);
    }

    [Fact]
    public void Number_taken_by_what_appears_a_moment_later_is_settled_then()
    {
        var run = new RunningWorld(One + "tms-9 → tmt-1 #1 ours");
        var id = Id<TrafficMirrorSession>.Parse("tms-9");
        run.Ec2.Hidden.Add(id);
        using var timer = run.Time.CreateTimer(_ => run.Ec2.Hidden.Remove(id), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        Assert.Equal("mirrored", RunningWorld.VerdictOn(run.Report(RunningWorld.On("i-1")), "eni-a").Verdict.Name);
        Assert.Equal(["tms-9 eni-a → tmt-1 #1"], run.Sessions);
    }

    /// <summary>The first read of sessions does not show a session that is there.</summary>
    private static Func<string, Task> HideAtFirst(RunningWorld run, string session)
    {
        var id = Id<TrafficMirrorSession>.Parse(session);
        run.Ec2.Hidden.Add(id);
        return action =>
        {
            if (action == "Create")
                run.Ec2.Hidden.Remove(id);
            return Task.CompletedTask;
        };
    }
}
