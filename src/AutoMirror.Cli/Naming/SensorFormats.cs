using System.Globalization;
using System.Text;
using AutoMirror.Cli.Printing;

namespace AutoMirror.Cli.Naming;

/// <summary>The map in the forms that sensors read.</summary>
internal static class SensorFormats
{
    private const string TimeForm = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    private static readonly (string Name, string Arkime, string Help, Func<VniEntry, string?> Value)[] Fields =
    [
        ("source_address", "", "", each => each.SourceAddress),
        ("network_interface", "interface", "Network interface of the source", each => each.NetworkInterfaceId),
        ("instance", "instance", "Instance of the source", each => each.InstanceId),
        ("name", "name", "Name of the source", each => each.Name),
        ("vpc", "vpc", "VPC of the source", each => each.VpcId),
        ("subnet", "subnet", "Subnet of the source", each => each.SubnetId),
        ("account", "account", "AWS account of the source", each => each.Account),
        ("sensor", "sensor", "Sensor of the session", each => each.Sensor),
        ("since", "", "", each => each.Since?.ToString(TimeForm, CultureInfo.InvariantCulture)),
    ];

    /// <summary>Comma-separated values with a header line (RFC 4180).</summary>
    public static string Csv(IReadOnlyList<VniEntry> entries)
    {
        var text = new StringBuilder($"vni,{string.Join(',', Fields.Select(field => field.Name))}\r\n");
        foreach (var each in entries)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{each.Vni},{string.Join(',', Fields.Select(field => CsvText.Field(field.Value(each) ?? "")))}\r\n");
        }

        return text.ToString();
    }

    /// <summary>A table for Zeek's Input framework: separated by tabs, with the line <c>#fields</c>, a hyphen for what is not set, and
    /// control characters and a lone hyphen as <c>\x</c> with two digits. The first line of a VNI holds where several share one.</summary>
    public static string Zeek(IReadOnlyList<VniEntry> entries)
    {
        var text = new StringBuilder($"#fields\tvni\t{string.Join('\t', Fields.Select(field => field.Name))}\n");
        foreach (var each in entries)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{each.Vni}\t{string.Join('\t', Fields.Select(field => Escaped(field.Value(each))))}\n");
        }

        return text.ToString();
    }

    /// <summary>A tagger file for Arkime's WISE, of the type <c>vni</c>: each line a VNI and the fields that it sets, the fields defined
    /// before.</summary>
    public static string Arkime(IReadOnlyList<VniEntry> entries)
    {
        var text = new StringBuilder();
        var fields = Fields.Where(field => field.Arkime.Length > 0).Select((field, index) =>
            (field.Arkime, field.Help, field.Value, index)).ToList();
        foreach (var (name, help, _, index) in fields)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"#field:automirror.{name};kind:termfield;count:true;friendly:{name};db:automirror.{name};help:{help};shortcut:{index}\n");
        }

        foreach (var each in entries.DistinctBy(each => each.Vni))
        {
            text.Append(CultureInfo.InvariantCulture, $"{each.Vni}");
            foreach (var (_, _, value, index) in fields)
            {
                if (value(each) is { Length: > 0 } known)
                    text.Append(CultureInfo.InvariantCulture, $";{index}={Plain(known)}");
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Escaped(string? value) => value switch
    {
        null or "" => "-",
        "-" => @"\x2d",
        _ => string.Concat(value.Select(each => each is < ' ' or '\\'
            ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)each:x2}")
            : $"{each}")),
    };

    // A tagger file has no way to write a semicolon or a line break in a value.
    private static string Plain(string value) => string.Concat(value.Select(each => each is ';' or < ' ' ? ' ' : each)).Trim();
}
