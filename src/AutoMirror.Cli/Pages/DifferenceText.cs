using System.Globalization;
using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Pages;

/// <summary>A difference for a person.</summary>
internal static class DifferenceText
{
    public static void Write(Page page, Difference difference, int limit)
    {
        page.Heading($"Since {Time(difference.Since)}");
        page.Note($"{Counted.Of(difference.Became.Count, "interface")} became mirrored, {difference.Stopped.Count} stopped. "
            + $"EC2 does not say when: between then and {Time(difference.Until)}.");
        Write(page, difference.Became, limit);
        Write(page, difference.Stopped, limit);
    }

    private static void Write(Page page, IReadOnlyList<DifferenceEntry> entries, int limit)
    {
        if (entries.Count == 0)
            return;
        page.Table(
            ["interface", "instance", "was", "since", "is", "because"],
            [
                .. entries.Select(each => (string[])[
                    each.NetworkInterfaceId, each.InstanceId ?? "", each.Was, each.WasSince is { } since ? Time(since) : "", each.Is,
                    each.Because]),
            ],
            limit);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("u", CultureInfo.InvariantCulture);
}
