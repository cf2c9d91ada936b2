using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Applying;

/// <summary>Whole runs over an EC2 in memory, which says no as EC2 does.</summary>
public class ReconcilerTests
{
    private const string One = "sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large Mirror=yes\n";
    private const string Pool = "sensor default tmt-1 tmt-2\ntarget tmt-1 eni-s1 - m5.large\ntarget tmt-2 eni-s2 - m5.large\n";

    [Fact]
    public void Every_session_below_the_number_that_is_taken_counts_for_what_is_left()
    {
        var run = new RunningWorld(
            "rules tmf-1 all\nrules tmf-2 none\nrules tmf-3 all\n" + One
                + "tms-8 → tmt-1 #1 foreign filter=tmf-2\ntms-9 → tmt-1 #2 foreign filter=tmf-3");
        var verdict = RunningWorld.VerdictOn(run.Report(new Scope.Everything()), "eni-a");
        Assert.Equal(Shadow.Fully, Assert.IsType<Verdict.Mirrored>(verdict.Verdict).Shadowed);
        Assert.Contains("DescribeFilters tmf-1 tmf-2 tmf-3", run.Ec2.Log);
    }

    [Fact]
    public void Filters_of_foreign_sessions_above_ours_are_not_read()
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours\ntms-9 → tmt-1 #2 foreign filter=tmf-2");
        run.Report(new Scope.Everything());
        Assert.DoesNotContain(run.Ec2.Log, call => call.Contains("tmf-2", StringComparison.Ordinal));
    }

    [Fact]
    public void Full_target_leads_to_the_next_in_rank_and_is_remembered()
    {
        var run = new RunningWorld(Pool + Sources(30));
        var report = run.Report(RunningWorld.On([.. Enumerable.Range(0, 30).Select(i => $"i-{i}")]));
        Assert.Equal(20, run.Ec2.Sessions.Count);
        Assert.Equal(10, report.CountsByVerdict()["capacity-exhausted"]);
        Assert.Contains(
            "10 sources wait",
            ReasonText.Of(
                report.Verdicts.First(verdict => verdict.Verdict.Name == "capacity-exhausted").Because,
                VerdictProblems.CountWaiting(report.Verdicts)),
            StringComparison.Ordinal);
        Assert.Contains(report.Problems, problem => problem.Kind == ProblemKind.CapacityExhausted);

        // Both targets are found full once for each of at most eight changes under way, and never again.
        Assert.InRange(run.Ec2.Calls["Create"], 22, 20 + (2 * 8));
    }

    [Theory]
    [InlineData("", "unsupported")]
    [InlineData("attaching", "not-running")]
    public void Not_supported_means_never_on_an_attached_interface_and_not_yet_on_another(string attachment, string verdict)
    {
        var run = new RunningWorld(One.TrimEnd() + $" {attachment}");
        run.Ec2.Unsupported.Add(Id<NetworkInterface>.Parse("eni-a"));
        var report = run.Report(RunningWorld.On("i-1"));
        Assert.Equal(verdict, RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
        Assert.Equal(1, run.Ec2.Calls["Create"]);
    }

    [Theory]
    [InlineData(nameof(RefusalKind.ConfiguredGone), ErrorTypes.Misconfigured)]
    [InlineData(nameof(RefusalKind.Denied), ErrorTypes.Denied)]
    [InlineData(nameof(RefusalKind.Transient), ErrorTypes.Unfinished)]
    [InlineData(nameof(RefusalKind.Other), ErrorTypes.Unfinished)]
    public void What_a_person_or_a_retry_must_see_fails_the_invocation(string kind, string type)
    {
        var run = new RunningWorld(One);
        run.Ec2.Refusals["Create"] = new([new Refusal(Enum.Parse<RefusalKind>(kind), "Code", "words")]);
        var failed = run.Failure(RunningWorld.On("i-1"));
        Assert.Equal(type, failed.ErrorType);
        Assert.Contains("Code: words", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(RefusalKind.SessionsPerAccount), "session-limit")]
    public void What_no_retry_helps_is_a_verdict(string kind, string verdict)
    {
        var run = new RunningWorld(One);
        run.Ec2.Refusals["Create"] = new([new Refusal(Enum.Parse<RefusalKind>(kind), "Code", "words")]);
        Assert.Equal(verdict, RunningWorld.VerdictOn(run.Report(RunningWorld.On("i-1")), "eni-a").Verdict.Name);
    }

    [Fact]
    public void Three_foreign_sessions_are_a_limit_on_the_event_path_too()
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #4 foreign\ntms-2 → tmt-1 #2 foreign\ntms-3 → tmt-1 #3 foreign");
        Assert.Equal("session-limit", RunningWorld.VerdictOn(run.Report(RunningWorld.On("i-1")), "eni-a").Verdict.Name);
    }

    [Fact]
    public void Delete_of_what_is_gone_is_a_success()
    {
        var run = new RunningWorld("sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 stopped m5.large Mirror=yes\ntms-1 → tmt-1 #1 ours");
        run.Ec2.Before = action =>
        {
            if (action == "Delete")
                run.Ec2.Sessions.Clear();
            return Task.CompletedTask;
        };
        Assert.True(run.Report(RunningWorld.On("i-1")).Converged);
    }

    [Fact]
    public void Session_that_vanished_before_it_could_be_changed_is_made_anew()
    {
        var run = new RunningWorld(One + "tms-1 → tmt-1 #1 ours filter=tmf-9");
        run.Ec2.Before = action =>
        {
            if (action == "Modify")
                run.Ec2.Sessions.Clear();
            return Task.CompletedTask;
        };
        Assert.True(run.Report(RunningWorld.On("i-1")).Converged);
        Assert.Equal(["tms-new1 eni-a → tmt-1 #1"], run.Sessions);
    }

    [Fact]
    public void What_the_time_does_not_reach_is_postponed_and_fails_an_event_but_not_a_person()
    {
        var run = new RunningWorld(One) { TimeLeft = TimeSpan.Zero };
        var result = run.Conclude(RunningWorld.On("i-1"));
        Assert.Empty(run.Ec2.Changes);
        Assert.Equal(ErrorTypes.Unfinished, result.Failure?.ErrorType);
        Assert.Equal("failed", RunningWorld.VerdictOn(result.Report!, "eni-a").Verdict.Name);
        Assert.Null(run.Conclude(RunningWorld.On("i-1"), isManual: true).Failure);
    }

    [Theory]
    [InlineData("sync", true)]
    [InlineData("observe", false)]
    [InlineData("off", false)]
    public void Nothing_is_changed_by_a_dry_run_or_where_the_mode_says_so(string mode, bool isDryRun)
    {
        var run = new RunningWorld(
            $"policy {{\"mode\":\"{mode}\"}}\n" + One
                + "eni-b i-2 running m5.large Mirror=no\ntms-1 → tmt-1 #1 ours\neni-c i-3 running m5.large Mirror=yes\ntms-2 → tmt-9 #1 "
                + "ours");
        var report = run.Report(new Scope.Everything(), isDryRun);
        Assert.Empty(run.Ec2.Changes);
        Assert.Equal(mode == "off" ? 0 : 3, report.Sessions<Change>().Count());
        Assert.Equal(mode == "off", report.Converged);
        if (mode == "off")
            Assert.IsType<Scope.Nothing>(report.Scope);
    }

    [Fact]
    public void A_problem_is_told_of_the_last_verdict_and_not_of_the_planned_one()
    {
        var run = new RunningWorld("rules tmf-1 all\nrules tmf-2 all\n" + One + "tms-8 → tmt-1 #1 foreign filter=tmf-2");
        run.Ec2.Unsupported.Add(Id<NetworkInterface>.Parse("eni-a"));
        var report = run.Report(new Scope.Everything());
        Assert.Equal("unsupported", RunningWorld.VerdictOn(report, "eni-a").Verdict.Name);
        Assert.DoesNotContain(report.Problems, problem => problem.Kind == ProblemKind.Shadowed);
    }

    [Fact]
    public void Event_that_leads_nowhere_calls_nobody()
    {
        var run = new RunningWorld(One);
        var report = run.Report(new Scope.Nothing("no use for it"));
        Assert.Empty(run.Ec2.Log);
        Assert.Equal(0, run.ParameterReads);
        Assert.True(report.Converged);
    }

    [Fact]
    public void Second_run_changes_nothing()
    {
        var run = new RunningWorld(Pool + Sources(12) + "eni-x i-99 stopped m5.large Mirror=yes\ntms-x → tmt-1 #1 ours\n");
        run.Report(new Scope.Everything());
        var calls = run.Ec2.Changes.Count();
        Assert.True(run.Report(new Scope.Everything()).Converged);
        Assert.Equal(calls, run.Ec2.Changes.Count());
    }

    private static string Sources(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(i => $"eni-{i} i-{i} running m5.large Mirror=yes\n"));
}
