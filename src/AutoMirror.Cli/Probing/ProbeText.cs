using System.Globalization;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing;

/// <summary>The report for a person: a table of what arrived, and a sentence for everything that deserves one.</summary>
internal static class ProbeText
{
    private static readonly string[] Headings = ["VNI", "PACKETS", "BYTES", "TRUNCATED", "FLOWS", "ONE-WAY", "FROM", "INTERFACE"];
    private const int NumberColumns = 6;

    /// <summary>Writes it.</summary>
    public static void Write(ProbeReport report, Page page)
    {
        var rows = report.Networks.SelectMany(each => each.Sources).Select(Row).ToList();
        if (rows.Count > 0)
            page.Table(Headings, rows, isNumber: column => column < NumberColumns);
        else
            page.Line("No mirrored packet arrived.");
        foreach (var sentence in Sentences(report))
            page.Line(sentence);
    }

    private static string[] Row(SourceReport source) =>
    [
        Number(source.VirtualNetworkId, grouped: false),
        Number(source.Packets),
        Number(source.Bytes),
        Number(source.Truncated),
        Number(source.Flows),
        Number(source.OneWay),
        source.Address.ToString(),
        source.Known is { } known ? NameOf(known) : "-",
    ];

    private static string NameOf(MirrorSource source) =>
        string.Join(' ', ((string?[])[source.NetworkInterfaceId, source.InstanceId, source.Name]).OfType<string>());

    private static IEnumerable<string> Sentences(ProbeReport report) =>
    [
        .. report.Networks.SelectMany(each => each.Sources).SelectMany(OneWay),
        .. report.Networks.Where(each => each.IsUnknown).Select(each => $"VNI {each.VirtualNetworkId}: no session that sends here has it."),
        .. (report.Silent ?? []).Select(Silence),
        .. report.Unreadable.Select(each => $"Not read: {Number(each.Packets)} {each.Why.Words()}."),
        .. Limits(report),
        .. Lost(report),
    ];

    private static string Silence(MirrorSource source) =>
        $"Silent: {NameOf(source)} (VNI {source.VirtualNetworkId}) is mirrored to {source.TargetId ?? "here"}, and sent nothing.";

    private static IEnumerable<string> OneWay(SourceReport source)
    {
        if (source.OutboundOnly > 0)
        {
            yield return $"VNI {source.VirtualNetworkId}: of {Number(source.OutboundOnly)} flows only what the interface sent came. "
                + "Are there inbound rules in the filter, and answers?";
        }

        if (source.InboundOnly > 0)
        {
            yield return $"VNI {source.VirtualNetworkId}: of {Number(source.InboundOnly)} flows only what the interface got came. "
                + "Are there outbound rules in the filter, and answers?";
        }

        if (source.OneWayUnknown > 0)
            yield return $"VNI {source.VirtualNetworkId}: of {Number(source.OneWayUnknown)} flows only one direction came.";
    }

    private static IEnumerable<string> Limits(ProbeReport report)
    {
        if (report.PacketsOfFurtherSources > 0)
        {
            yield return $"More sources sent than are told apart ({Number(Counting.Tally.MostSources)}): "
                + $"{Number(report.PacketsOfFurtherSources)} packets are in no row.";
        }

        if (report.FlowsNotFollowed > 0)
            yield return $"More flows came than are followed ({Number(Counting.FlowTable.Most)}): the flow counts are too small.";
    }

    private static IEnumerable<string> Lost(ProbeReport report)
    {
        if (report.Lost > 0)
        {
            yield return $"Lost: {Number(report.Lost.Value)} datagrams came faster than they were read. "
                + "A larger buffer helps against bursts: sysctl -w net.core.rmem_max=33554432";
        }

        if (report.Problem is { } problem)
            yield return $"The capture could not be read to its end: {problem}.";
    }

    private static string Number(long number, bool grouped = true) => number.ToString(grouped ? "N0" : "D", CultureInfo.InvariantCulture);
}
