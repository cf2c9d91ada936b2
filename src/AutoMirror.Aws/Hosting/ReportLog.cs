using AutoMirror.Core.Events;
using AutoMirror.Core.Reporting;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>A report as log lines. No chain of reasons of thousands of interfaces: counts, the changes, the problems.</summary>
internal static class ReportLog
{
    public static void Report(this ILogger log, Report report, TimeSpan duration)
    {
        var sessions = report.ChangedSessions().ToList();
        if (!report.IsPlanOnly)
        {
            foreach (var (change, session) in sessions)
            {
                log.SessionChanged(
                    change, session.TrafficMirrorSessionId, session.NetworkInterfaceId, session.InstanceId, session.Sensor, session.TrafficMirrorTargetId,
                    session.TrafficMirrorFilterId, session.SessionNumber, session.VirtualNetworkId, session.Changed);
            }
        }

        foreach (var problem in report.Problems)
            log.Problem(ReportJson.NameOf(problem.Kind), problem.Message);
        var counts = sessions.CountBy(session => session.Change).ToDictionary();
        log.Done(
            NameOf(report.Scope), report.IsPlanOnly, counts.GetValueOrDefault("created"), counts.GetValueOrDefault("modified"), counts.GetValueOrDefault("deleted"),
            report.CountsByVerdict(), report.Problems.Count, report.Converged, report.ApiCalls, (long)duration.TotalMilliseconds);
    }

    private static string NameOf(Scope scope) => scope switch
    {
        Scope.Everything => "everything",
        Scope.Nothing nothing => $"nothing to do: {nothing.Reason}",
        Scope.Part part => string.Join(", ", Names(part.Instances, "instances").Concat(Names(part.NetworkInterfaces, "interfaces")).Concat(Names(part.Subnets, "subnets")).Concat(Names(part.Vpcs, "VPCs"))),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static IEnumerable<string> Names<T>(IReadOnlyCollection<T> ids, string plural) => ids.Count switch
    {
        0 => [],
        1 => [$"{ids.First()}"],
        _ => [$"{ids.Count} {plural}"],
    };
}
