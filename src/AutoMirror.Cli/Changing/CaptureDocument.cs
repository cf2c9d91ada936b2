using System.Text.Json.Serialization;
using AutoMirror.Cli.Plans;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Cli.Changing;

/// <summary>What <c>capture</c> prints as JSON.</summary>
/// <param name="Id">The instance or interface.</param>
/// <param name="Until">When the capture ends, in UTC.</param>
/// <param name="Captured">The interfaces that are mirrored until then because of it.</param>
/// <param name="WhyNot">Why nothing is captured, or not as it was asked for; null where all is well.</param>
internal sealed record CaptureDocument(
    string Region, string? Account, string Deployment, string Id, string Until, IReadOnlyList<string> Captured,
    IReadOnlyList<VerdictEntry> Interfaces, ChangeLists Changes, IReadOnlyList<FailedChange> Failed,
    IReadOnlyList<ProblemEntry> Problems, bool Converged, string? WhyNot)
{
    /// <summary>Whether interfaces are mirrored for another reason, and need no capture.</summary>
    [JsonIgnore]
    public int MirroredAnyway => Interfaces.Count(each => each.Verdict == "mirrored") - Captured.Count;

    public static CaptureDocument Of(DeploymentSettings settings, string id, MirrorEvent.Capture asked, Report report)
    {
        var plan = PlanDocument.OfDone(settings, report);
        var verdicts = report.Verdicts
            .Where(verdict => verdict.InstanceId?.Value == id || verdict.NetworkInterfaceId?.Value == id).ToList();
        var waiting = VerdictProblems.CountWaiting(report.Verdicts);
        return new(
            plan.Region, plan.Account, plan.Deployment, id, asked.Until.UtcDateTime.ToString("u"),
            [.. verdicts.Where(IsCaptured).Select(verdict => verdict.NetworkInterfaceId!.Value.Value)],
            [.. verdicts.Select(verdict => VerdictEntry.Of(verdict, waiting))],
            plan.Changes, plan.Failed ?? [], plan.Problems, plan.Converged, WhyNotAll(id, asked, report, verdicts));
    }

    /// <summary>For a person.</summary>
    public void Write(Page page, int limit)
    {
        if (Captured.Count > 0)
            page.Mark(true, $"{string.Join(", ", Captured)}: captured until {Until}, and then by their tags again.");
        if (MirroredAnyway > 0)
            page.Mark(true, $"{Counted.Of(MirroredAnyway, "interface")} mirrored for another reason, and left so.");
        page.Table(
            ["interface", "verdict", "sensor", "target", "because"],
            [
                .. Interfaces.Select(each => (string[])[
                    each.NetworkInterfaceId ?? "", each.Verdict, each.Sensor ?? "", each.TargetId ?? "", each.Because]),
            ],
            limit);
        PlanText.WriteProblems(page, Problems);
    }

    private static bool IsCaptured(InterfaceVerdict verdict) =>
        verdict.Verdict is Verdict.Mirrored && verdict.Because.Any(reason => reason is Reason.Captured);

    private static string? WhyNotAll(string id, MirrorEvent.Capture asked, Report report, IReadOnlyList<InterfaceVerdict> verdicts)
    {
        if (report.IsPlanOnly)
            return "nothing was done: the mode is observe. automirror resume ends a pause";
        if (verdicts.All(verdict => verdict.Verdict is not Verdict.Mirrored))
        {
            return verdicts is [] or [{ Verdict: Verdict.Gone }]
                ? $"EC2 does not know {id} in this Region, and nothing was done"
                : $"nothing of {id} is mirrored: {ReasonText.Of(verdicts[0].Because)}. automirror explain {id} says more";
        }

        if (asked.Sensor is { } wanted
            && verdicts.FirstOrDefault(verdict => verdict.Verdict is Verdict.Mirrored mirrored && mirrored.Settings.Sensor != wanted)
                is { } other)
        {
            return $"{other.NetworkInterfaceId} is mirrored to another sensor than '{wanted}' already, and a capture moves nothing: "
                + $"{ReasonText.Of(other.Because)}";
        }

        return report.Converged ? null : $"not everything of {id} could be done. Run the same command again";
    }
}
