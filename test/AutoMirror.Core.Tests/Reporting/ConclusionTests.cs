using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;
using AutoMirror.Core.Tests.Worlds;

namespace AutoMirror.Core.Tests.Reporting;

public class ConclusionTests
{
    [Theory]
    [InlineData("Mirror=yes")]
    [InlineData("Mirror=no")]
    public void Plan_that_breaks_a_rule_fails_loudly_and_has_not_converged(string tag)
    {
        var plan = WorldText.Read($"sensor default tmt-1\ntarget tmt-1 nlb\neni-a i-1 running m5.large {tag}").Plan();
        var report = Report.NotCarriedOut(Run.Request(new Scope.Everything()), new Scope.Everything(), plan, WithheldBy.BrokenPlan, new Dictionary<string, int>());
        var failed = Assert.IsType<Conclusion.Failed>(Conclusion.Broken(report, ["a rule", "another"]));
        Assert.Equal(Conclusion.BrokenPlanType, failed.ErrorType);
        Assert.Contains("a rule; another", failed.Message, StringComparison.Ordinal);
        Assert.False(failed.Report!.Converged);
        Assert.Contains(failed.Report.Problems, problem => problem.Kind == ProblemKind.BrokenPlan);
    }
}
