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
        var json = new Option<bool>("--json") { Description = "The same as --format json." };
        var source = new SourceOptions();
        var verb = new Verb(
            "vnis",
            "Maps each VNI and outer source address to interface, instance, name, VPC, subnet, account and sensor, so that a sensor can "
                + "name "
                + "what it sees.") { format, json };
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
            switch (parsed.GetValue(json) ? "json" : parsed.GetValue(format))
            {
                case "json":
                    Json.Write(new VnisDocument(account.Settings.Region, entries));
                    break;
                case "csv":
                    Console.Out.Write(SensorFormats.Csv(entries));
                    break;
                case "zeek":
                    Console.Out.Write(SensorFormats.Zeek(entries));
                    break;
                case "arkime":
                    Console.Out.Write(SensorFormats.Arkime(entries));
                    break;
                default:
                    Write(Page.OfConsole(), entries);
                    break;
            }

            return CommandLine.Success;
        });
        return verb;
    }

    private static void Write(Page page, IReadOnlyList<VniEntry> entries) => page.Table(
        ["VNI", "from", "interface", "instance", "subnet", "sensor", "attached since", "name"],
        [
            .. entries.Select(each => (string[])[
                $"{each.Vni}", each.SourceAddress ?? "", each.NetworkInterfaceId, each.InstanceId ?? "", each.SubnetId ?? "",
                each.Sensor ?? "", each.Since?.ToString("u", CultureInfo.InvariantCulture) ?? "", each.Name ?? ""]),
        ]);

    private sealed record VnisDocument(string Region, IReadOnlyList<VniEntry> Vnis);
}
