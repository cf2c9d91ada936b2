using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>The report as the JSON that a function answers with.</summary>
internal static class ReportJson
{
    /// <summary>The most verdicts, problems, and sessions of a kind, that are listed: Lambda limits an answer to 6 MB.</summary>
    public const int MostListed = 1000;

    /// <summary>The document, in UTF-8. What changed and what is a problem comes first.</summary>
    public static byte[] Write(Report report) =>
        JsonSerializer.SerializeToUtf8Bytes(Document.Of(report), ReportJsonContext.Readable.Document);

    internal sealed record Document(
        ScopeEntry Scope,
        bool? DryRun,
        ChangesEntry Changes,
        IReadOnlyDictionary<string, int> Counts,
        IReadOnlyList<VerdictEntry> Verdicts,
        int? VerdictsOmitted,
        IReadOnlyList<string>? SensorHosts,
        IReadOnlyList<ProblemEntry> Problems,
        int? ProblemsOmitted,
        bool Converged,
        IReadOnlyDictionary<string, int> ApiCalls,
        string Build)
    {
        public static Document Of(Report report)
        {
            var changed = report.Changes.Select(change => change.Change.NetworkInterfaceId).ToHashSet();
            var ordered = report.Verdicts
                .OrderBy(verdict => verdict.NetworkInterfaceId is { } id && changed.Contains(id) ? 0 : verdict.Verdict.IsProblem ? 1 : 2)
                    .ToList();
            var waiting = VerdictProblems.CountWaiting(report.Verdicts);
            return new Document(
                ScopeEntry.Of(report.Scope),
                report.IsPlanOnly ? true : null,
                ChangesEntry.Of(report),
                report.CountsByVerdict(),
                [.. ordered.Take(MostListed).Select(verdict => VerdictEntry.Of(verdict, waiting))],
                ordered.Count > MostListed ? ordered.Count - MostListed : null,
                SensorHostsIn(report) is { Count: > 0 } hosts ? hosts : null,
                [.. report.Problems.Take(MostListed).Select(ProblemEntry.Of)],
                report.Problems.Count > MostListed ? report.Problems.Count - MostListed : null,
                report.Converged,
                report.ApiCalls,
                Model.Build.Own.ToString());
        }
    }

    /// <summary>Every instance that its tag marks as a sensor's host: whoever sets that tag takes a workload out of sight.</summary>
    private static List<string> SensorHostsIn(Report report) =>
    [
        .. report.Verdicts.Where(verdict => verdict.Because.Any(reason => reason is Reason.IsSensorHost))
            .Select(verdict => verdict.InstanceId?.Value).OfType<string>().Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A problem kind's name in reports, logs and metrics.</summary>
    public static string NameOf(ProblemKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    internal sealed record ScopeEntry(
        string Kind,
        IReadOnlyList<string>? InstanceIds = null,
        IReadOnlyList<string>? NetworkInterfaceIds = null,
        IReadOnlyList<string>? SubnetIds = null,
        IReadOnlyList<string>? VpcIds = null,
        IReadOnlyList<string>? TrafficMirrorSessionIds = null,
        IReadOnlyList<string>? TrafficMirrorTargetIds = null,
        int? IdsOmitted = null,
        string? Reason = null)
    {
        public static ScopeEntry Of(Scope scope) => scope switch
        {
            Scope.Everything => new("everything"),
            Scope.Nothing nothing => new("nothing", Reason: nothing.Reason),
            Scope.Later later => new("nothing", Reason: ScopeText.Of(later)),
            Scope.Part part => new(
                "part",
                Listed(part.Instances),
                Listed(part.NetworkInterfaces),
                Listed(part.Subnets),
                Listed(part.Vpcs),
                Listed(part.Sessions),
                Listed(part.Targets),
                Omitted(part.Instances) + Omitted(part.NetworkInterfaces) + Omitted(part.Subnets) + Omitted(part.Vpcs)
                    + Omitted(part.Sessions) + Omitted(part.Targets) is > 0
                    and var omitted
                    ? omitted
                    : null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        private static IReadOnlyList<string>? Listed<T>(IReadOnlyCollection<T> ids) =>
            ids.Count == 0 ? null : [.. ids.Take(MostListed).Select(id => $"{id}")];

        private static int Omitted<T>(IReadOnlyCollection<T> ids) => Math.Max(0, ids.Count - MostListed);
    }

    /// <summary>What was done; in a plan only, what would be, under other names.</summary>
    internal sealed record ChangesEntry
    {
        public IReadOnlyList<ChangedSession>? Create { get; init; }
        public IReadOnlyList<ChangedSession>? Modify { get; init; }
        public IReadOnlyList<ChangedSession>? Delete { get; init; }
        public IReadOnlyList<ChangedSession>? Created { get; init; }
        public IReadOnlyList<ChangedSession>? Modified { get; init; }
        public IReadOnlyList<ChangedSession>? Deleted { get; init; }
        public int? Omitted { get; init; }

        public static ChangesEntry Of(Report report)
        {
            var (create, modify, delete) =
                (
                    report.Sessions<Change.Create>().ToList(), report.Sessions<Change.Modify>().ToList(),
                    report.Sessions<Change.Delete>().ToList());
            var omitted = Beyond(create) + Beyond(modify) + Beyond(delete);
            var entry = omitted > 0 ? new ChangesEntry { Omitted = omitted } : new ChangesEntry();
            return report.IsPlanOnly
                ? entry with { Create = Listed(create), Modify = Listed(modify), Delete = Listed(delete) }
                : entry with { Created = Listed(create), Modified = Listed(modify), Deleted = Listed(delete) };
        }

        private static IReadOnlyList<ChangedSession> Listed(List<ChangedSession> sessions) => [.. sessions.Take(MostListed)];

        private static int Beyond(List<ChangedSession> sessions) => Math.Max(0, sessions.Count - MostListed);
    }

    internal sealed record VerdictEntry(string? NetworkInterfaceId, string? InstanceId, string Verdict, string? Shadowed, string Because)
    {
        public static VerdictEntry Of(InterfaceVerdict verdict, IReadOnlyDictionary<SensorName, int> waiting) => new(
            verdict.NetworkInterfaceId?.Value,
            verdict.InstanceId?.Value,
            verdict.Verdict.Name,
            verdict.Verdict is Verdict.Mirrored { Shadowed: { } shadow } ? NameOf(shadow) : null,
            ReasonText.Of(verdict.Because, waiting));

        private static string NameOf(Shadow shadow) => JsonNamingPolicy.KebabCaseLower.ConvertName(shadow.ToString());
    }

    internal sealed record ProblemEntry(string Problem, string Message, IReadOnlyList<string>? NetworkInterfaceIds)
    {
        public static ProblemEntry Of(Problem problem) =>
            new(NameOf(problem.Kind), problem.Message, problem.NetworkInterfaceIds is { Count: > 0 } ids ? ids : null);
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ReportJson.Document))]
[JsonSerializable(typeof(ChangedSession))]
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    /// <summary>Quotes and letters of any language as they are: this is read by people, and never put into HTML.</summary>
    public static ReportJsonContext Readable =>
        field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
