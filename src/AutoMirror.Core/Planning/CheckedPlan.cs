namespace AutoMirror.Core.Planning;

/// <summary>A plan that has passed the limits, and what the linter says of it.</summary>
/// <param name="Plan">The plan, without what the limits hold back.</param>
/// <param name="BrokenRules">Every rule that it breaks, in words. A plan that breaks one
/// is a bug in AutoMirror, and none of it is carried out.</param>
/// <param name="RestsOnConfiguration">Whether it held, before the limits, a delete or a move: these need a fresh configuration.</param>
internal sealed record CheckedPlan(Plan Plan, IReadOnlyList<string> BrokenRules, bool RestsOnConfiguration)
{
    /// <summary>Plans, holds back what modes and limits do not let through, and checks what is left.</summary>
    public static CheckedPlan Of(Situation situation)
    {
        var whole = Planner.Plan(situation);
        var plan = PlanLimits.Restrict(whole, situation);
        return new CheckedPlan(plan, PlanRules.Broken(plan, situation), whole.Changes.Any(
            change => change is Change.Delete or Change.Modify { Difference.TargetId: not null }));
    }
}
