using System.Text.RegularExpressions;
using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;
using AutoMirror.Testing;

namespace AutoMirror.Core.Tests;

/// <summary>A new case of a closed hierarchy fails here until a scenario or a test shows it.</summary>
public class CasesTests
{
    // What comes up only while a plan is carried out, or on an instance without interfaces, is shown by the tests of whole runs.
    private static readonly HashSet<string> ShownByRuns = [
        nameof(Reason.Refused), nameof(Reason.NotAttachedYet), nameof(Reason.NoInterfaces)];

    private static readonly string Tests = string.Concat(
        Directory.GetFiles(Repository.PathOf("test", "AutoMirror.Core.Tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText));

    private static readonly IReadOnlyList<World> Worlds = [
        .. Directory.GetFiles(Repository.PathOf("test", "AutoMirror.Core.Tests", "Planning", "Scenarios"), "*.txt").Select(path =>
    {
        var world = new WorldText();
        foreach (var line in File.ReadAllLines(path).Where(line => !line.StartsWith('!') && !line.StartsWith('·')))
            world.Add(line.Split('|')[0].TrimEnd());
        return world.World;
    })];

    private static readonly IReadOnlyList<Plan> Plans = [.. Worlds.Select(world => world.Plan())];

    [Fact]
    public void Every_verdict_is_in_a_scenario() => Assert.Equal(
        Names(typeof(Verdict)), Plans.SelectMany(plan => plan.Verdicts).Select(verdict => verdict.Verdict.GetType().Name).Distinct()
            .Order());

    [Fact]
    public void Every_reason_is_in_a_scenario_and_reads_as_words()
    {
        var reasons = Plans.SelectMany(plan => plan.Verdicts).SelectMany(verdict => verdict.Because).ToList();
        Assert.Equal(Names(typeof(Reason)).Except(ShownByRuns), reasons.Select(reason => reason.GetType().Name).Distinct().Order());
        Assert.All(reasons, reason => Assert.DoesNotContain("{", ReasonText.Of(reason), StringComparison.Ordinal));
    }

    [Fact]
    public void Reasons_that_only_a_run_shows_read_as_words()
    {
        Reason[] reasons = [
            new Reason.Refused(new Refusal(RefusalKind.Other, "Code", "words")), new Reason.NotAttachedYet(), new Reason.NoInterfaces()];
        Assert.Equal(ShownByRuns.Order(), reasons.Select(reason => reason.GetType().Name).Order());
        Assert.All(reasons, reason => Assert.True(ReasonText.Of(reason).Length > 10));
        Assert.All(
            Enum.GetValues<WithheldBy>(),
            by => Assert.StartsWith("the change is held back: ", ReasonText.Of(new Reason.Withheld(by)), StringComparison.Ordinal));
    }

    [Fact]
    public void Every_change_is_in_a_scenario() =>
        Assert.Equal(
            Names(typeof(Change)), Plans.SelectMany(plan => plan.Changes).Select(change => change.GetType().Name).Distinct().Order());

    [Theory]
    [InlineData(typeof(Scope))]
    [InlineData(typeof(Payload))]
    [InlineData(typeof(EventReading))]
    public void Every_case_is_named_by_a_test(Type closed) =>
        Assert.All(Names(closed), name => Assert.Contains($"{closed.Name}.{name}", Tests, StringComparison.Ordinal));

    [Fact]
    public void Every_kind_of_problem_that_a_plan_can_have_is_in_a_scenario() => Assert.Equal(
        Enum.GetValues<ProblemKind>()
            .Except([ProblemKind.Failed, ProblemKind.BrokenPlan]), Worlds.SelectMany(world => world.ProblemsOf(world.Plan()))
            .Select(problem => problem.Kind).Distinct().Order());

    /// <summary>A kind that is about something else names that in its message: VPCs, a request, a call.</summary>
    [Fact]
    public void Every_kind_of_problem_that_is_about_interfaces_names_some_of_them()
    {
        var problems = Worlds.SelectMany(world => world.ProblemsOf(world.Plan())).ToList();

        Assert.Equal(
            Enum.GetValues<ProblemKind>().Except([
                ProblemKind.VirtualNetworkShared, ProblemKind.AllowDeletesDenied, ProblemKind.Incomplete, ProblemKind.Failed,
                ProblemKind.BrokenPlan,
            ]),
            problems.Where(problem => problem.NetworkInterfaceIds.Count > 0).Select(problem => problem.Kind).Distinct().Order());
        Assert.All(problems, problem => Assert.InRange(problem.NetworkInterfaceIds.Count, 0, Problem.MostNamed));
        Assert.All(problems.SelectMany(problem => problem.NetworkInterfaceIds),
            id => Assert.StartsWith("eni-", id, StringComparison.Ordinal));
    }

    [Fact]
    public void Decision_table_in_the_readme_names_every_verdict() => Assert.Equal(
        Plans.SelectMany(plan => plan.Verdicts).Select(verdict => verdict.Verdict.Name).Distinct().Order(StringComparer.Ordinal),
        Regex.Matches(
            File.ReadAllText(Repository.PathOf("src", "AutoMirror.Core", "README.md")).Split("## The decision table")[1]
                .Split("## What holds")[0],
            "`([a-z-]+)`")
            .Select(match => match.Groups[1].Value).Except([
                "stopping", "shutting-down", "stopped", "terminated", "interface", "untagged", "mandatory", "participants",
            ])
                .Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Names(Type closed) =>
        closed.GetNestedTypes().Where(type => type.BaseType == closed).Select(type => type.Name).Order();
}
