using System.Text.Json;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>A report as metrics: lines in CloudWatch's embedded metric format, which the log turns into metrics by itself.</summary>
/// <remarks>CloudWatch User Guide, "Embedded metric format specification". Each distinct set of
/// dimension values is billed as a metric, so there are few: never an id.</remarks>
internal static class MetricsLine
{
    private const string Namespace = "AutoMirror";

    // The specification allows 100 values for a metric in one document.
    private const int MostValues = 100;

    /// <summary>The lines of a report: one for the invocation, one for each kind of problem that it has.</summary>
    /// <param name="request">The events that led to it, to tell how long sessions took.</param>
    public static IEnumerable<byte[]> Of(Deployment deployment, Report report, Request? request, int throttles, DateTimeOffset now)
    {
        var done = report.Changes.Where(each => each.Outcome is Outcome.Done).ToList();
        var seconds = SecondsToSession(done, request, now).Take(MostValues).ToList();
        List<Metric> metrics =
        [
            new("SessionsCreated", "Count", done.Count(each => each.Change is Change.Create)),
            new("SessionsModified", "Count", done.Count(each => each.Change is Change.Modify)),
            new("SessionsDeleted", "Count", done.Count(each => each.Change is Change.Delete)),
            new("Problems", "Count", report.Problems.Count),
            new("ApiCalls", "Count", report.ApiCalls.Values.Sum()),
            new("Throttles", "Count", throttles),
            .. Paused(report, request) is { } paused ? (Metric[])[new("Paused", "Count", paused ? 1 : 0)] : [],
            .. seconds.Count == 0 ? (Metric[])[] : [new("SecondsToSession", "Seconds", [.. seconds])],
            .. report.Scope is Scope.Everything && !report.IsIncomplete
                ? (Metric[])[new("Coverage", "Percent", Coverage(report.Verdicts))]
                : [],
        ];
        yield return Write(now, [new("Deployment", deployment.Name)], metrics);
        foreach (var (kind, count) in report.Problems.CountBy(problem => problem.Kind).OrderBy(entry => entry.Key))
        {
            yield return Write(
                now, [new("Deployment", deployment.Name), new("Problem", ReportJson.NameOf(kind))], [new("Problems", "Count", count)]);
        }
    }

    /// <summary>The share of the interfaces that should be mirrored whose packets
    /// reach a sensor, in percent; 100 when none should.</summary>
    public static double Coverage(IReadOnlyList<InterfaceVerdict> verdicts)
    {
        var (seen, unseen) = (verdicts.Count(verdict => verdict.IsSeen), verdicts.Count(verdict => verdict.IsUnseen));
        return seen + unseen == 0 ? 100 : 100.0 * seen / (seen + unseen);
    }

    /// <summary>Whether the policy's mode, or the switch, keeps AutoMirror from changing anything; null where the run did not
    /// need to know.</summary>
    private static bool? Paused(Report report, Request? request) => request switch
    {
        null => null,
        { Events: var events } when events.Any(each => each.Scope is Scope.Nothing { Reason: ScopeRules.SwitchedOff }) => true,
        { Scope: Scope.Nothing or Scope.Later } or { DryRun: true } => null,
        _ => report.IsPlanOnly && report.Problems.All(problem => problem.Kind != ProblemKind.BrokenPlan),
    };

    /// <summary>From an event to the sessions that it led to: only where the event says when it happened, and names the instance.</summary>
    private static IEnumerable<double> SecondsToSession(IReadOnlyList<AppliedChange> done, Request? request, DateTimeOffset now)
    {
        var since = (request?.Events ?? []).Select(each => each.Event).OfType<MirrorEvent.InstanceStateChange>()
            .Where(change => change.Time is not null)
            .GroupBy(change => change.InstanceId).ToDictionary(group => group.Key, group => group.Min(change => change.Time!.Value));
        return done.Select(each => each.Change).OfType<Change.Create>().Select(create => create.Settings.InstanceId).OfType<Id<Instance>>()
            .Where(since.ContainsKey).Select(instance => Math.Max(0, (now - since[instance]).TotalSeconds));
    }

    private static byte[] Write(DateTimeOffset now, IReadOnlyList<KeyValuePair<string, string>> dimensions, IReadOnlyList<Metric> metrics)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("_aws");
            json.WriteNumber("Timestamp", now.ToUnixTimeMilliseconds());
            json.WriteStartArray("CloudWatchMetrics");
            json.WriteStartObject();
            json.WriteString("Namespace", Namespace);
            json.WriteStartArray("Dimensions");
            json.WriteStartArray();
            foreach (var (name, _) in dimensions)
                json.WriteStringValue(name);
            json.WriteEndArray();
            json.WriteEndArray();
            json.WriteStartArray("Metrics");
            foreach (var metric in metrics)
            {
                json.WriteStartObject();
                json.WriteString("Name", metric.Name);
                json.WriteString("Unit", metric.Unit);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();

            // Lambda takes a line without a level for INFO; with one, a filter of WARN does what it says.
            json.WriteString("level", "INFO");
            foreach (var (name, value) in dimensions)
                json.WriteString(name, value);
            foreach (var metric in metrics)
            {
                if (metric.Values is [var only])
                {
                    json.WriteNumber(metric.Name, only);
                    continue;
                }

                json.WriteStartArray(metric.Name);
                foreach (var value in metric.Values)
                    json.WriteNumberValue(value);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private sealed record Metric(string Name, string Unit, params IReadOnlyList<double> Values);
}
