using System.CommandLine;
using System.Globalization;
using AutoMirror.Cli.Naming;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli;

/// <summary><c>automirror vnis</c>: who is behind a VNI, for sensors and people.</summary>
internal static class VnisCommand
{
    public static Command Create()
    {
        var format = new Option<string>("--format")
        {
            Description = "table for a person, json, csv, zeek (Input framework), or arkime (a tagger file for WISE, type vni).",
            DefaultValueFactory = _ => "table",
        };
        format.AcceptOnlyFromAmong("table", "json", "csv", "zeek", "arkime");
        var (source, output) = (new SourceOptions(), new OutputOptions());
        var verb = new Verb(
            "vnis",
            "Maps each VNI and outer source address to interface, instance, name, VPC, subnet, account and sensor, so that a sensor can "
                + "name what it sees.") { format };
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror vnis", "for a person"),
            ("automirror vnis --format zeek > /opt/zeek/vnis.tsv", "for Zeek's Input framework, which reads the file again when it "
                + "changes"),
            ("automirror vnis --format arkime > /opt/arkime/etc/vnis.tagger", "for Arkime's WISE: [file:vnis] with type=vni and "
                + "format=tagger"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var account = await source.OpenAsync(parsed, cancellationToken);
            var entries = await VniEntry.ReadAsync(account, cancellationToken);
            var text = parsed.GetValue(format) switch
            {
                _ when output.IsJson(parsed) || output.IsQuiet(parsed) => null,
                "csv" => SensorFormats.Csv(entries),
                "zeek" => SensorFormats.Zeek(entries),
                "arkime" => SensorFormats.Arkime(entries),
                _ => null,
            };
            if (text is not null)
                Console.Out.Write(text);
            else if (parsed.GetValue(format) == "json" && !output.IsQuiet(parsed))
                Json.Write(new VnisDocument(account.Settings.Region, entries));
            else
                output.Print(parsed, new VnisDocument(account.Settings.Region, entries), (page, limit) => Write(page, entries, limit));
            return CommandLine.Success;
        });
        return verb;
    }

    private static void Write(Page page, IReadOnlyList<VniEntry> entries, int limit) => page.Table(
        ["VNI", "from", "interface", "instance", "subnet", "sensor", "attached since", "name"],
        [
            .. entries.Select(each => (string[])[
                $"{each.Vni}", each.SourceAddress ?? "", each.NetworkInterfaceId, each.InstanceId ?? "", each.SubnetId ?? "",
                each.Sensor ?? "", each.Since?.ToString("u", CultureInfo.InvariantCulture) ?? "", each.Name ?? ""]),
        ],
        limit);

    private sealed record VnisDocument(string Region, IReadOnlyList<VniEntry> Vnis);
}
