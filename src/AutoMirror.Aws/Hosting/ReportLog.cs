using AutoMirror.Core.Applying;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>Logs counts, changes and problems of a report, never reasons interface by interface.</summary>
internal static class ReportLog
{
    /// <summary>The auditor's line: a session was created, modified or deleted. Written as it happens.</summary>
    public static void SessionChanged(this JsonLineLogger log, AppliedChange applied) => log.Log(
        LogLevel.Information, $"session {WordFor(applied.Change)}", ChangedSession.Of(applied)!, ReportJsonContext.Readable.ChangedSession);

    public static void Report(this JsonLineLogger log, Report report, TimeSpan duration)
    {
        foreach (var problem in report.Problems)
            log.Problem(ReportJson.NameOf(problem.Kind), problem.Message, problem.NetworkInterfaceIds);
        var (scope, blind, milliseconds) = (
            ScopeText.Of(report.Scope), report.Verdicts.Count(verdict => verdict.Verdict is Verdict.Unsupported),
            (long)duration.TotalMilliseconds);
        int Count<T>(bool isDone) => report.Changes.Count(each => each.Change is T && each.Outcome is Outcome.Done == isDone);
        if (report.IsPlanOnly)
        {
            log.Planned(
                scope, dryRun: true, Count<Change.Create>(false), Count<Change.Modify>(false), Count<Change.Delete>(false), blind,
                report.CountsByVerdict(), report.Problems.Count, report.Converged, report.ApiCalls, milliseconds);
            return;
        }

        log.Done(
            scope, Count<Change.Create>(true), Count<Change.Modify>(true), Count<Change.Delete>(true), blind, report.CountsByVerdict(),
            report.Problems.Count, report.Converged, report.ApiCalls, milliseconds);
    }

    /// <summary>Metrics are lines of the level INFO: a log that leaves those out has none.</summary>
    public static void Metrics(this JsonLineLogger log, IEnumerable<byte[]> lines)
    {
        if (!log.IsEnabled(LogLevel.Information))
            return;
        foreach (var line in lines)
            log.Write(line);
    }

    private static string WordFor(Change change) => change switch
    {
        Change.Create => "created",
        Change.Modify => "modified",
        _ => "deleted",
    };
}
