using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AutoMirror.Core.Events;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Reporting;

/// <summary>The report as the JSON that a function answers with.</summary>
public static class ReportJson
{
    /// <summary>The most verdicts, problems, and sessions of a kind, that are listed: Lambda limits an answer to 6 MB.</summary>
    public const int MostListed = 1000;

    /// <summary>The document, in UTF-8. What changed and what is a problem comes first.</summary>
    public static byte[] Write(Report report) => JsonSerializer.SerializeToUtf8Bytes(Document.Of(report), ReportJsonContext.Readable.Document);

    internal sealed record Document(
        ScopeEntry Scope,
        bool? DryRun,
        ChangesEntry Changes,
        IReadOnlyDictionary<string, int> Counts,
        IReadOnlyList<VerdictEntry> Verdicts,
        int? VerdictsOmitted,
        IReadOnlyList<ProblemEntry> Problems,
        int? ProblemsOmitted,
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
                ChangesEntry.Of(report),
                report.CountsByVerdict(),
                [.. ordered.Take(MostListed).Select(VerdictEntry.Of)],
                ordered.Count > MostListed ? ordered.Count - MostListed : null,
                [.. report.Problems.Take(MostListed).Select(problem => new ProblemEntry(NameOf(problem.Kind), problem.Message))],
                report.Problems.Count > MostListed ? report.Problems.Count - MostListed : null,
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
        IReadOnlyList<string>? TrafficMirrorSessionIds = null,
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
                Listed(part.Sessions),
                Omitted(part.Instances) + Omitted(part.NetworkInterfaces) + Omitted(part.Subnets) + Omitted(part.Vpcs) + Omitted(part.Sessions) is > 0 and var omitted ? omitted : null),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

        private static IReadOnlyList<string>? Listed<T>(IReadOnlyCollection<T> ids) =>
            ids.Count == 0 ? null : [.. ids.Take(MostListed).Select(id => $"{id}")];

        private static int Omitted<T>(IReadOnlyCollection<T> ids) => Math.Max(0, ids.Count - MostListed);
    }

    internal sealed record ChangesEntry(
        IReadOnlyList<ChangedSession> Created,
        IReadOnlyList<ChangedSession> Modified,
        IReadOnlyList<ChangedSession> Deleted,
        int? Omitted)
    {
        public static ChangesEntry Of(Report report)
        {
            var sessions = report.ChangedSessions().ToLookup(each => each.Change, each => each.Session);
            IReadOnlyList<ChangedSession> Listed(string change) => [.. sessions[change].Take(MostListed)];
            var omitted = sessions.Sum(group => Math.Max(0, group.Count() - MostListed));
            return new(Listed(ChangedSession.Created), Listed(ChangedSession.Modified), Listed(ChangedSession.Deleted), omitted > 0 ? omitted : null);
        }
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
internal sealed partial class ReportJsonContext : JsonSerializerContext
{
    /// <summary>Quotes and letters of any language as they are: this is read by people, and never put into HTML.</summary>
    public static ReportJsonContext Readable => field ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
