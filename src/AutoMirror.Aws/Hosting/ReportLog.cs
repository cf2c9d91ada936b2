using AutoMirror.Core.Applying;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>Logs counts, changes and problems of a report, never reasons interface by interface.</summary>
internal static class ReportLog
{
    public static void Report(this JsonLineLogger log, Report report, TimeSpan duration)
    {
        var done = report.Changes.Where(each => each.Outcome is Outcome.Done).ToList();
        foreach (var each in done)
        {
            // The auditor's line: a session was created, changed or deleted.
            log.Log(
                LogLevel.Information, $"session {WordFor(each.Change)}", ChangedSession.Of(each)!,
                ReportJsonContext.Readable.ChangedSession);
        }

        foreach (var problem in report.Problems)
            log.Problem(ReportJson.NameOf(problem.Kind), problem.Message);
        int Count<T>() => done.Count(each => each.Change is T);
        log.Done(
            ScopeText.Of(report.Scope), report.IsPlanOnly, Count<Change.Create>(), Count<Change.Modify>(), Count<Change.Delete>(),
            report.CountsByVerdict(), report.Problems.Count, report.Converged, report.ApiCalls, (long)duration.TotalMilliseconds);
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
