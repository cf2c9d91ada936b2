using AutoMirror.Core.Applying;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Reporting;

/// <summary>How a run ended.</summary>
public abstract record Conclusion
{
    private Conclusion()
    {
    }

    /// <summary>As it should: the report is the answer.</summary>
    /// <param name="Report">The report.</param>
    public sealed record Reported(Report Report) : Conclusion;

    /// <summary>In a way that a retry, a person or an alarm must see: the invocation fails.</summary>
    /// <param name="ErrorType">A stable name to alarm on.</param>
    /// <param name="Message">What is wrong, where, and what to do.</param>
    /// <param name="Report">What was done all the same; null where nothing was.</param>
    public sealed record Failed(string ErrorType, string Message, Report? Report) : Conclusion;

    /// <summary>The error type of a configuration that a person has to correct.</summary>
    public const string MisconfiguredType = "AutoMirror.Misconfigured";

    /// <summary>The error type of an event that can't be understood.</summary>
    public const string MalformedEventType = "AutoMirror.MalformedEvent";

    /// <summary>The error type of work that AWS did not let pass: a retry may do.</summary>
    public const string UnfinishedType = "AutoMirror.Unfinished";

    /// <summary>The error type of a permission that the role lacks.</summary>
    public const string DeniedType = "AutoMirror.Denied";

    /// <summary>The error type of a bug in AutoMirror.</summary>
    public const string BrokenPlanType = "AutoMirror.BrokenPlan";

    internal static Conclusion Of(SetupReading reading) => reading switch
    {
        SetupReading.Misconfigured { Errors: var errors } => new Failed(
            MisconfiguredType, $"The configuration in Parameter Store is wrong, and nothing was done. Correct: {string.Join("; ", errors)}.", null),
        SetupReading.Unreachable { What: var what, Refusal: var refusal } => new Failed(
            TypeOf(refusal), $"The configuration could not be read, and nothing was done: {what} answered {refusal}.", null),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    internal static Conclusion Of(Report report, Inventory inventory)
    {
        var refusals = inventory.Gaps.Select(gap => gap.Why)
            .Concat(report.Changes.Select(change => change.Outcome).OfType<Outcome.Failed>().Select(failed => failed.Refusal)).ToList();

        // Somebody who asked by hand reads the report, and asks again; an event is sent again when its invocation failed.
        if (refusals.Count == 0 && (report.IsManual || !report.Changes.Any(change => change.Outcome is Outcome.Postponed)))
            return new Reported(report);
        return new Failed(
            refusals.Count == 0 ? UnfinishedType : TypeOf(refusals.FirstOrDefault(refusal => refusal.Kind == RefusalKind.Denied) ?? refusals[0]),
            string.Join(" ", report.Problems.Where(problem => problem.Kind is Planning.ProblemKind.Failed or Planning.ProblemKind.Incomplete).Select(problem => problem.Message)),
            report);
    }

    internal static Conclusion Broken(Report report, IReadOnlyList<string> broken)
    {
        var message = $"AutoMirror made a plan that breaks its own rules, and carried none of it out: {string.Join("; ", broken.Take(5))}. This is a bug: please report it with this message.";
        return new Failed(BrokenPlanType, message, report with { Problems = [.. report.Problems, new Planning.Problem(Planning.ProblemKind.BrokenPlan, message)] });
    }

    private static string TypeOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Denied => DeniedType,
        RefusalKind.ConfiguredGone => MisconfiguredType,
        _ => UnfinishedType,
    };
}
