using System.Text.Json.Serialization;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Plans;

/// <summary>What <c>plan</c> and <c>sync</c> print as JSON.</summary>
/// <param name="IsOff">Present where AutoMirror is switched off: this is then what it would do if it were on.</param>
/// <param name="Failed">The changes that EC2 refused, or that found no time; only after <c>sync</c>.</param>
internal sealed record PlanDocument(
    string Region,
    string? Account,
    string Deployment,
    bool? IsOff,
    ChangeLists Changes,
    IReadOnlyList<FailedChange>? Failed,
    IReadOnlyDictionary<string, int> Counts,
    IReadOnlyList<ProblemEntry> Problems,
    bool Converged,
    IReadOnlyList<VerdictEntry> Verdicts,
    IReadOnlyDictionary<string, int> ApiCalls)
{
    /// <summary>What would be done.</summary>
    public static PlanDocument Of(Look look) => Of(
        look.Source.Settings, look.Report, look.Plan.Verdicts,
        [.. look.Plan.Changes.Select(change => new AppliedChange(change, new Outcome.Planned()))]) with
    {
        IsOff = look.IsOff ? true : null,
    };

    /// <summary>What was done.</summary>
    public static PlanDocument OfDone(DeploymentSettings settings, Report report) =>
        Of(settings, report, report.Verdicts, report.Changes) with { Failed = FailedChange.In(report) };

    private static PlanDocument Of(
        DeploymentSettings settings, Report report, IReadOnlyList<InterfaceVerdict> verdicts, IReadOnlyList<AppliedChange> changes)
    {
        var waiting = VerdictProblems.CountWaiting(verdicts);
        var reasons = verdicts.Where(verdict => verdict.NetworkInterfaceId is not null).DistinctBy(verdict => verdict.NetworkInterfaceId)
            .ToDictionary(verdict => verdict.NetworkInterfaceId!.Value, verdict => ReasonText.Of(verdict.Because, waiting));
        return new PlanDocument(
            settings.Region, settings.Account, settings.Deployment.Name, null, ChangeLists.Of(changes, reasons), null,
            report.CountsByVerdict(), [.. report.Problems.Select(ProblemEntry.Of)], report.Converged,
            [.. verdicts.Select(verdict => VerdictEntry.Of(verdict, waiting))], report.ApiCalls);
    }
}

/// <summary>Changes by what they do.</summary>
internal sealed record ChangeLists(
    IReadOnlyList<ChangeEntry> Create, IReadOnlyList<ChangeEntry> Modify, IReadOnlyList<ChangeEntry> Delete)
{
    [JsonIgnore]
    public int Count => Create.Count + Modify.Count + Delete.Count;

    public static ChangeLists Of(IReadOnlyList<AppliedChange> changes, IReadOnlyDictionary<Id<NetworkInterface>, string> reasons)
    {
        IReadOnlyList<ChangeEntry> Those<T>()
            where T : Change =>
        [
            .. from applied in changes
               where applied.Change is T
               let session = ChangedSession.Of(applied)
               where session is not null
               select ChangeEntry.Of(session, reasons.GetValueOrDefault(applied.Change.NetworkInterfaceId, "")),
        ];
        return new(Those<Change.Create>(), Those<Change.Modify>(), Those<Change.Delete>());
    }
}

/// <summary>A session that is, or would be, created, modified or deleted.</summary>
/// <param name="TrafficMirrorSessionId">Null for one that is not made yet.</param>
/// <param name="Changed">The fields that a modification changes.</param>
internal sealed record ChangeEntry(
    string? TrafficMirrorSessionId, string NetworkInterfaceId, string? InstanceId, string? Sensor, string TargetId, string FilterId,
    int SessionNumber, int? VirtualNetworkId, IReadOnlyList<string>? Changed, string Because)
{
    public static ChangeEntry Of(ChangedSession session, string because) => new(
        session.TrafficMirrorSessionId, session.NetworkInterfaceId, session.InstanceId, session.Sensor, session.TrafficMirrorTargetId,
        session.TrafficMirrorFilterId, session.SessionNumber, session.VirtualNetworkId, session.Changed, because);
}

/// <summary>A change that was not made, and why.</summary>
internal sealed record FailedChange(string NetworkInterfaceId, string Action, string Why)
{
    public static IReadOnlyList<FailedChange> In(Report report) =>
    [
        .. from applied in report.Changes
           let why = applied.Outcome switch
           {
               Outcome.Failed failed => $"{failed.Refusal}",
               Outcome.Refused refused => ReasonText.Of(refused.Verdict.Because),
               Outcome.Unsettled unsettled => $"{unsettled.Refusal}",
               Outcome.Postponed => "no time was left",
               _ => null,
           }
           where why is not null
           select new FailedChange(applied.Change.NetworkInterfaceId.Value, NameOf(applied.Change), why),
    ];

    private static string NameOf(Change change) => change switch
    {
        Change.Create => "create",
        Change.Modify => "modify",
        _ => "delete",
    };
}

/// <summary>What holds for an interface once the plan is carried out, and why.</summary>
internal sealed record VerdictEntry(
    string? NetworkInterfaceId, string? InstanceId, string Verdict, string? Sensor, string? TargetId, string? Shadowed, string Because)
{
    public static VerdictEntry Of(InterfaceVerdict verdict, IReadOnlyDictionary<SensorName, int> waiting)
    {
        var mirrored = verdict.Verdict as Verdict.Mirrored;
        return new(
            verdict.NetworkInterfaceId?.Value, verdict.InstanceId?.Value, verdict.Verdict.Name, mirrored?.Settings.Sensor.Value,
            mirrored?.Settings.TargetId.Value, mirrored?.Shadowed?.ToString().ToLowerInvariant(), ReasonText.Of(verdict.Because, waiting));
    }
}

/// <summary>Something that a person should act on.</summary>
internal sealed record ProblemEntry(string Problem, string Message)
{
    public static ProblemEntry Of(Problem problem) => new(ReportJson.NameOf(problem.Kind), problem.Message);
}
