using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Reporting;

public class RunResultTests
{
    [Theory]
    [InlineData("Mirror=yes")]
    [InlineData("Mirror=no")]
    public void Plan_that_breaks_a_rule_fails_loudly_and_has_not_converged(string tag)
    {
        var world = WorldText.Read($"sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large {tag}");
        var request = RunningWorld.RequestFor(new Scope.Everything());
        var report = Report.OfPlan(request, world.Situation, world.Plan(), WithheldBy.BrokenPlan, new Dictionary<string, int>());
        var result = RunResult.Broken(request, report, ["a rule", "another"]);
        Assert.Equal(ErrorTypes.BrokenPlan, result.Failure?.ErrorType);
        Assert.Contains("a rule; another", result.Failure?.Message, StringComparison.Ordinal);
        Assert.False(result.Report!.Converged);
        Assert.True(result.IsUntouched);
        Assert.Contains(result.Report.Problems, problem => problem.Kind == ProblemKind.BrokenPlan);
    }
}
