using System.Diagnostics;
using System.Globalization;
using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Health;

/// <summary>What CloudWatch saw of copies, for a person.</summary>
internal static class HealthText
{
    private static readonly string[] Headings = ["INSTANCE", "NAME", "SESSIONS", "TARGETS"];
    private const int SessionsColumn = 2;

    public static void Write(MirrorStatus status, Page page)
    {
        var interfaces = status.Mirrored.Select(each => each.Session.NetworkInterfaceId).Distinct().Count();
        var targets = status.Mirrored.Select(each => each.Session.TrafficMirrorTargetId).Distinct().Count();
        page.Line(
            $"{Count(status.Mirrored.Count, "session")} on {Count(interfaces, "interface")} of "
                + $"{Count(status.Instances.Count, "instance")}, to {Count(targets, "target")}.");
        if (status.Instances.Count > 0)
        {
            string[] headings = status.Health is null ? Headings : [.. Headings, "HEALTH"];
            page.Table(
                headings, [.. status.Instances.Select(each => Row(each, status.Health))], isNumber: column => column == SessionsColumn);
        }

        foreach (var id in status.WithoutInstance)
            page.Line($"{id} is mirrored, and on no instance that can be seen.");
        if (status.Health is { } health)
            page.Line(About(health));
    }

    /// <summary>What the words of health mean for an instance.</summary>
    public static string Words(InstanceHealth health, TrafficSums? sums) => health switch
    {
        InstanceHealth.Proven => $"proven: copies of {Number(sums!.Mirrored)} bytes left it",
        InstanceHealth.Silent => $"silent: it had {Number(sums!.Traffic)} bytes of traffic, and no copy left it",
        InstanceHealth.Losing => $"losing: {sums!.SkippedShare.ToString("P1", CultureInfo.InvariantCulture)} of what should be copied was "
            + "skipped for want of bandwidth",
        InstanceHealth.Idle => "idle: no traffic",
        InstanceHealth.Unknown => "unknown",
        _ => throw new UnreachableException(),
    };

    private static string[] Row(MirroredInstance instance, HealthReading? health)
    {
        var targets = instance.Mirrored.Select(each => each.Session.TrafficMirrorTargetId).Distinct();
        string[] row =
        [
            instance.Id, instance.Name ?? "-", instance.Mirrored.Count.ToString(CultureInfo.InvariantCulture), string.Join(' ', targets),
        ];
        return health is null ? row : [.. row, Words(health.Of(instance.Id), health.Sums.GetValueOrDefault(instance.Id))];
    }

    /// <summary>What was asked, and what that cost; or why nobody could be asked.</summary>
    public static string About(HealthReading health) => health.Problem is { } problem
        ? $"Health is unknown: {problem}"
        : $"Health of the last {HealthReading.Span.TotalMinutes:0} minutes, from {Count(health.Metrics, "metric")} of CloudWatch's, which "
            + $"cost about {health.Usd.ToString("0.######", CultureInfo.InvariantCulture)} USD (GetMetricData in {health.Price.Region}, as "
            + $"of {health.Price.Date}{(health.Price.IsAssumed ? "; this Region's own price is not in the data" : "")}). "
            + "Metrics come some five minutes late.";

    private static string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(double number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
