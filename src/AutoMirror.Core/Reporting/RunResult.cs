using System.Diagnostics;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Reporting;

/// <summary>How a run ended.</summary>
/// <param name="Request">The events, each with the scope that the run acted on; null where that could not be decided.</param>
/// <param name="Report">What was seen and done; null where nothing was.</param>
/// <param name="Failure">What a retry, a person or an alarm must see: the invocation fails. Null when all is well.</param>
internal sealed record RunResult(Request? Request, Report? Report, Failure? Failure)
{
    /// <summary>Whether nothing at all was carried out, so that nothing counts as done.</summary>
    public bool IsUntouched => Failure is not null && (Report is null || Failure.ErrorType == ErrorTypes.BrokenPlan);

    /// <summary>The configuration could not be read, or is wrong.</summary>
    public static RunResult Unread<T>(Reading<T> reading) => new(null, null, reading switch
    {
        Reading<T>.Misconfigured { Errors: var errors } => new Failure(
            ErrorTypes.Misconfigured,
            $"The configuration in Parameter Store is wrong, and nothing was done. Correct: {string.Join("; ", errors)}."),
        Reading<T>.Unreachable { Action: var action, Refusal: var refusal } => new Failure(
            TypeOf(refusal), $"The configuration could not be read, and nothing was done: {action} answered {refusal}."),
        _ => throw new UnreachableException(),
    });

    /// <summary>A plan that was not carried out.</summary>
    public static RunResult OfPlan(Request request, Report report, IReadOnlyList<Gap> gaps, IReadOnlyList<string> brokenRules) =>
        brokenRules.Count > 0 ? Broken(request, report, brokenRules) : Of(request, report, gaps);

    /// <summary>A plan broke AutoMirror's own rules.</summary>
    public static RunResult Broken(Request request, Report report, IReadOnlyList<string> rules)
    {
        var message = "AutoMirror made a plan that breaks its own rules, and carried none of it out: "
            + $"{string.Join("; ", rules.Take(5))}. This is a bug: please report it with this message.";
        return new(
            request,
            report with { Problems = [.. report.Problems, new Problem(ProblemKind.BrokenPlan, message)] },
            new Failure(ErrorTypes.BrokenPlan, message));
    }

    /// <summary>A report, with a failure where something could not be read or done.</summary>
    public static RunResult Of(Request request, Report report, IReadOnlyList<Gap> gaps)
    {
        var refusals = gaps.Select(gap => gap.Why)
            .Concat(report.Changes.Select(change => change.Outcome).OfType<Outcome.Failed>().Select(failed => failed.Refusal)).ToList();

        // Somebody who asked by hand reads the report and asks again; an event is sent again only when its invocation failed.
        var isUnsettled = !report.IsPlanOnly && report.Verdicts.Any(verdict => verdict.Verdict is Verdict.Unsettled);
        if (refusals.Count == 0 && !isUnsettled
            && (report.IsManual || !report.Changes.Any(change => change.Outcome is Outcome.Postponed)))
        {
            return new(request, report, null);
        }

        var messages = report.Problems
            .Where(problem => problem.Kind is ProblemKind.Failed or ProblemKind.Incomplete or ProblemKind.Unsettled)
            .Select(problem => problem.Message);
        return new(request, report, new Failure(
            refusals.Count == 0
                ? ErrorTypes.Unfinished
                : TypeOf(refusals.Find(refusal => refusal.Kind == RefusalKind.Denied) ?? refusals[0]),
            string.Join(" ", messages)));
    }

    private static string TypeOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Denied => ErrorTypes.Denied,
        RefusalKind.ConfiguredGone => ErrorTypes.Misconfigured,
        _ => ErrorTypes.Unfinished,
    };
}

/// <summary>Why an invocation fails.</summary>
/// <param name="Message">What is wrong, where, and what to do.</param>
internal sealed record Failure(string ErrorType, string Message);
