using System.Globalization;
using System.Text;
using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Pages;

/// <summary>Tables as comma-separated values (RFC 4180) that a spreadsheet can open without running anything.</summary>
internal static class Csv
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly (string Name, Func<CoverageInterface, string?> Value)[] Columns =
    [
        ("interface", each => each.NetworkInterfaceId), ("instance", each => each.InstanceId), ("name", each => each.Name),
        ("type", each => each.InstanceType), ("vpc", each => each.VpcId), ("subnet", each => each.SubnetId), ("zone", each => each.Zone),
        ("address", each => each.Address), ("state", each => each.State), ("verdict", each => each.Verdict),
        ("wanted", each => each.Wanted ? "yes" : "no"), ("sensor", each => each.Sensor), ("target", each => each.Target),
        ("session", each => each.OwnSessionId), ("number", each => each.SessionNumber?.ToString(CultureInfo.InvariantCulture)),
        ("vni", each => each.VirtualNetworkId?.ToString(CultureInfo.InvariantCulture)),
        ("decided_by", each => string.Join("; ", each.DecidedBy)), ("because", each => string.Join("; ", each.Because)),
        ("what_to_do", each => each.WhatToDo), ("blind_to", each => string.Join("; ", each.Blind)), ("since", each => Time(each.Since)),
        ("after", each => Time(each.After)),
    ];

    public static string Of(IReadOnlyList<CoverageInterface> interfaces) =>
        Table([.. Columns.Select(column => column.Name)], interfaces.Select(each => Columns.Select(column => column.Value(each))));

    public static string Of(Difference difference) => Table(
        ["change", "interface", "instance", "name", "was", "was_since", "is", "between", "and", "because"],
        from change in ((string Word, IReadOnlyList<DifferenceEntry> All)[])[
            ("became", difference.Became), ("stopped", difference.Stopped)]
        from each in change.All
        select (IEnumerable<string?>)[
            change.Word, each.NetworkInterfaceId, each.InstanceId, each.Name, each.Was, Time(each.WasSince), each.Is,
            Time(difference.Since), Time(difference.Until), each.Because]);

    private static string Table(IReadOnlyList<string> headings, IEnumerable<IEnumerable<string?>> rows)
    {
        var text = new StringBuilder(string.Join(',', headings)).Append("\r\n");
        foreach (var row in rows)
            text.AppendJoin(',', row.Select(value => Cell(value ?? ""))).Append("\r\n");
        return text.ToString();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString(TimeForm, CultureInfo.InvariantCulture);

    // Whoever may tag an instance could otherwise name it =HYPERLINK(…), which a spreadsheet carries out. The JSON has the value as it is.
    private static string Cell(string value)
    {
        var harmless = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{value}" : value;
        return CsvText.Field(harmless);
    }
}
