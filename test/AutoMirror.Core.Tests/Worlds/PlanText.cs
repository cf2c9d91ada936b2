using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>A plan in words, one line for each change and verdict.</summary>
internal static class PlanText
{
    /// <summary>All of a plan: equal texts are equal plans.</summary>
    public static string Canonical(this Plan plan) => string.Join('\n',
    [
        .. plan.Changes.Select(
            change =>
                $"{change.NetworkInterfaceId} {Line(change)} {change.Cause} "
                    + $"{(change is Change.Create create ? create.Settings.Tags : "")}"),
        .. plan.Verdicts.Select(
            verdict =>
                $"{verdict.NetworkInterfaceId} {verdict.InstanceId} {verdict.Verdict.Name} {ReasonText.Of(verdict.Because)} "
                    + $"{Shadowed(verdict.Verdict)}"),
        .. plan.Problems.Select(problem => $"{problem.Kind} {problem.Message}"),
    ]);

    /// <summary>What a plan says of one interface, or of an instance without any.</summary>
    public static IEnumerable<string> Lines(this Plan plan, Id<NetworkInterface>? id) =>
    [
        .. plan.Changes.Where(change => change.NetworkInterfaceId == id).Select(Line),
        .. plan.Verdicts.Where(verdict => verdict.NetworkInterfaceId == id)
            .Select(verdict => Line(verdict, VerdictProblems.CountWaiting(plan.Verdicts))),
    ];

    public static string Line(Change change) => change switch
    {
        Change.Create { Settings: var made } create =>
            $"+ → {made.TargetId} #{made.SessionNumber}{Optional(" sensor=", made.Sensor == SensorName.Default ? null : made.Sensor)}"
            + $"{Optional(" length=", made.PacketLength)}{Optional(" vni=", made.VirtualNetworkId)}"
            + $"{Optional(" until=", made.Tags[Ownership.UntilKey])}{Next(create.NextTargets)}",
        Change.Modify modify => $"~ {modify.Session.Id} {Fields(modify)}{Next(modify.NextTargets)}{Counted(change)}",
        Change.Delete delete => $"- {delete.Session.Id}{Counted(change)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static string Line(InterfaceVerdict verdict, IReadOnlyDictionary<SensorName, int> waiting)
    {
        // The tag and the target go without saying where something else decided.
        var told = verdict.Because.Where(reason => reason is not Reason.Placed and not Reason.Tagged and not Reason.Untagged).ToList();
        if (told.Count == 0 && verdict.Verdict is not Verdict.Mirrored)
            told = [.. verdict.Because];
        var shadow = Shadowed(verdict.Verdict) is "None" or "" ? "" : $" ({Shadowed(verdict.Verdict)} shadowed)";
        var instance = verdict.NetworkInterfaceId is null ? $"{verdict.InstanceId} " : "";
        return $"· {instance}{verdict.Verdict.Name}{shadow}"
            + $"{(
                told.Count == 0
                    ? ""
                    : $": {ReasonText.Of(told, waiting).Replace(
                        $" (as of {SourceSupport.BuiltIn.Date})", "", StringComparison.Ordinal)}")}";
    }

    private static string Shadowed(Verdict verdict) =>
        verdict is Verdict.Mirrored mirrored ? mirrored.Shadowed?.ToString() ?? "perhaps" : "";

    private static string Counted(Change change) => change.CountsAgainstLimits ? " (counted)" : "";

    private static string Next(IReadOnlyList<Id<TrafficMirrorTarget>> next) => next.Count == 0 ? "" : $" then {string.Join(' ', next)}";

    private static string Fields(Change.Modify modify)
    {
        var difference = modify.Difference;
        string?[] fields =
        [
            Optional("→ ", difference.TargetId),
            Optional("#", difference.SessionNumber),
            Optional("filter=", difference.FilterId),
            Optional("length=", difference.PacketLength),
            difference.RemovePacketLength ? "length=none" : "",
            Optional("vni=", difference.VirtualNetworkId),
            difference.RemoveVirtualNetworkId ? "vni=none" : "",
            Optional("description=", difference.Description),
            .. difference.Tags.Pairs.Select(pair => $"{pair.Key}={pair.Value}"),
            .. difference.RemovedTags.Select(key => $"-{key}"),
        ];
        return string.Join(' ', fields.Where(field => field is { Length: > 0 }));
    }

    private static string Optional(string name, object? value) => value is null ? "" : $"{name}{value}";
}
