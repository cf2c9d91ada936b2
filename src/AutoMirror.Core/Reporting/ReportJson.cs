using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>The report as the JSON that a function answers with.</summary>
public static class ReportJson
{
    /// <summary>The most verdicts, and sessions of a kind, that are listed: Lambda limits an answer to 6 MB.</summary>
    public const int MostListed = 1000;

    /// <summary>The document, in UTF-8. What changed and what is a problem comes first.</summary>
    public static byte[] Write(Report report) => JsonSerializer.SerializeToUtf8Bytes(Document.Of(report), ReportJsonContext.Default.Document);

    internal sealed record Document(
        ScopeEntry Scope,
        bool? DryRun,
        ChangesEntry Changes,
        IReadOnlyDictionary<string, int> Counts,
        IReadOnlyList<VerdictEntry> Verdicts,
        int? VerdictsOmitted,
        IReadOnlyList<ProblemEntry> Problems,
        bool Converged,
        IReadOnlyDictionary<string, int> ApiCalls)
    {
        public static Document Of(Report report)
        {
            var changed = report.Changes.Select(change => change.Change.NetworkInterfaceId).ToHashSet();
            var ordered = report.Verdicts
                .OrderBy(verdict => verdict.NetworkInterfaceId is { } id && changed.Contains(id) ? 0 : verdict.Verdict.IsProblem ? 1 : 2).ToList();
            return new Document(
                ScopeEntry.Of(report.Scope),
                report.IsPlanOnly ? true : null,
                ChangesEntry.Of([.. report.Changes.Select(change => change.Outcome)]),
                new SortedDictionary<string, int>(report.Verdicts.CountBy(verdict => verdict.Verdict.Name).ToDictionary(), StringComparer.Ordinal),
                [.. ordered.Take(MostListed).Select(VerdictEntry.Of)],
                ordered.Count > MostListed ? ordered.Count - MostListed : null,
                [.. report.Problems.Select(problem => new ProblemEntry(NameOf(problem.Kind), problem.Message))],
                report.Converged,
                report.ApiCalls);
        }
    }

    /// <summary>A problem kind's name in reports, logs and metrics.</summary>
    public static string NameOf(ProblemKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    internal sealed record ScopeEntry(
        string Kind,
        IReadOnlyList<string>? InstanceIds = null,
        IReadOnlyList<string>? NetworkInterfaceIds = null,
        IReadOnlyList<string>? SubnetIds = null,
        IReadOnlyList<string>? VpcIds = null,
        int? IdsOmitted = null,
        string? Reason = null)
    {
        public static ScopeEntry Of(Scope scope) => scope switch
        {
            Scope.Everything => new("everything"),
            Scope.Nothing nothing => new("nothing", Reason: nothing.Reason),
            Scope.Part part => new(
                "part",
                Listed(part.Instances),
                Listed(part.NetworkInterfaces),
                Listed(part.Subnets),
                Listed(part.Vpcs),
                Omitted(part.Instances) + Omitted(part.NetworkInterfaces) + Omitted(part.Subnets) + Omitted(part.Vpcs) is > 0 and var omitted ? omitted : null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        private static IReadOnlyList<string>? Listed<T>(IReadOnlyCollection<T> ids) =>
            ids.Count == 0 ? null : [.. ids.Take(MostListed).Select(id => $"{id}")];

        private static int Omitted<T>(IReadOnlyCollection<T> ids) => Math.Max(0, ids.Count - MostListed);
    }

    internal sealed record ChangesEntry(
        IReadOnlyList<SessionEntry> Created,
        IReadOnlyList<SessionEntry> Modified,
        IReadOnlyList<SessionEntry> Deleted,
        int? Omitted)
    {
        public static ChangesEntry Of(IReadOnlyList<Outcome> outcomes)
        {
            var entries = outcomes.Select(outcome => (Outcome: outcome, Entry: SessionEntry.Of(outcome))).Where(pair => pair.Entry is not null).ToList();
            IReadOnlyList<SessionEntry> Listed(Func<Outcome, bool> isMeant) => [.. entries.Where(pair => isMeant(pair.Outcome)).Select(pair => pair.Entry!).Take(MostListed)];
            var created = Listed(outcome => outcome is Outcome.Created or Outcome.WouldCreate);
            var modified = Listed(outcome => outcome is Outcome.Modified);
            var deleted = Listed(outcome => outcome is Outcome.Deleted);
            return new(created, modified, deleted, entries.Count - created.Count - modified.Count - deleted.Count is > 0 and var omitted ? omitted : null);
        }
    }

    /// <summary>A session that was created, modified or deleted, for reports and for the auditor's log line.</summary>
    internal sealed record SessionEntry(
        string? TrafficMirrorSessionId,
        string NetworkInterfaceId,
        string? InstanceId,
        string? Sensor,
        string TrafficMirrorTargetId,
        string TrafficMirrorFilterId,
        int SessionNumber,
        int? VirtualNetworkId,
        IReadOnlyList<string>? Changed)
    {
        public static SessionEntry? Of(Outcome outcome) => outcome switch
        {
            Outcome.WouldCreate { Settings: var wanted } => Of(null, wanted, null, null),
            Outcome.Created created => Of(created.Session.Id.Value, created.Settings, created.Session.VirtualNetworkId?.Value, null),
            Outcome.Modified modified => Of(
                modified.Session.Id.Value, modified.Settings, (modified.Difference.VirtualNetworkId ?? modified.Session.VirtualNetworkId)?.Value, modified.Difference.ChangedFields),
            Outcome.Deleted { Session: var session } => new(
                session.Id.Value, session.NetworkInterfaceId.Value, session.Tags[Model.Ownership.InstanceIdKey], session.Tags[Model.Ownership.SensorKey],
                session.TargetId.Value, session.FilterId.Value, session.SessionNumber.Value, session.VirtualNetworkId?.Value, null),
            _ => null,
        };

        private static SessionEntry Of(string? id, SessionSettings settings, int? virtualNetworkId, IReadOnlyList<string>? changed) => new(
            id, settings.NetworkInterfaceId.Value, settings.InstanceId?.Value, settings.Sensor.Value, settings.TargetId.Value, settings.FilterId.Value,
            settings.SessionNumber.Value, virtualNetworkId, changed);
    }

    internal sealed record VerdictEntry(string? NetworkInterfaceId, string? InstanceId, string Verdict, string? Shadowed, string Because)
    {
        public static VerdictEntry Of(InterfaceVerdict verdict) => new(
            verdict.NetworkInterfaceId?.Value,
            verdict.InstanceId?.Value,
            verdict.Verdict.Name,
            verdict.Verdict is Verdict.Mirrored { Shadowed: { } shadow } ? NameOf(shadow) : null,
            ReasonText.Of(verdict.Because));

        private static string NameOf(Shadow shadow) => shadow switch
        {
            Shadow.None => "none",
            Shadow.Partly => "partly",
            Shadow.Fully => "fully",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    internal sealed record ProblemEntry(string Problem, string Message);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportJson.Document))]
[JsonSerializable(typeof(ReportJson.SessionEntry))]
internal sealed partial class ReportJsonContext : JsonSerializerContext;
