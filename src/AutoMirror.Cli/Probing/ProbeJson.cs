using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutoMirror.Cli.Probing;

/// <summary>The report as one JSON object, for machines.</summary>
internal static class ProbeJson
{
    /// <summary>Writes it, and a line's end.</summary>
    public static void Write(ProbeReport report, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("from", report.From);
            WriteNumberOrNull(json, "seconds", report.Listened?.TotalSeconds);
            json.WriteNumber("packets", report.Packets);
            WriteNetworks(json, report);
            WriteUnknown(json, report);
            WriteSilent(json, report);
            json.WriteNumber("otherTraffic", report.OtherTraffic);
            WriteUnreadable(json, report);
            WriteLimits(json, report);
            WriteNumberOrNull(json, "lost", report.Lost);
            json.WriteString("problem", report.Problem);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteNetworks(Utf8JsonWriter json, ProbeReport report)
    {
        json.WriteStartArray("vnis");
        foreach (var network in report.Networks)
        {
            json.WriteStartObject();
            json.WriteNumber("vni", network.VirtualNetworkId);
            WriteCounts(json, network.Sources);
            WriteName(json, network.Only?.Known);
            json.WriteStartArray("sources");
            foreach (var source in network.Sources)
            {
                json.WriteStartObject();
                json.WriteString("address", source.Address.ToString());
                WriteCounts(json, [source]);
                WriteName(json, source.Known);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteCounts(Utf8JsonWriter json, IReadOnlyList<SourceReport> sources)
    {
        json.WriteNumber("packets", sources.Sum(each => each.Packets));
        json.WriteNumber("bytes", sources.Sum(each => each.Bytes));
        json.WriteNumber("truncated", sources.Sum(each => each.Truncated));
        json.WriteNumber("fragments", sources.Sum(each => each.Fragments));
        json.WriteNumber("flows", sources.Sum(each => each.Flows));
        json.WriteStartObject("oneWayFlows");
        json.WriteNumber("outbound", sources.Sum(each => each.OutboundOnly));
        json.WriteNumber("inbound", sources.Sum(each => each.InboundOnly));
        json.WriteNumber("unknown", sources.Sum(each => each.OneWayUnknown));
        json.WriteEndObject();
        json.WriteString("firstAt", Time(sources.Min(each => each.FirstAt)));
        json.WriteString("lastAt", Time(sources.Max(each => each.LastAt)));
    }

    private static void WriteName(Utf8JsonWriter json, MirrorSource? source)
    {
        json.WriteString("networkInterfaceId", source?.NetworkInterfaceId);
        json.WriteString("instanceId", source?.InstanceId);
        json.WriteString("name", source?.Name);
    }

    private static void WriteUnknown(Utf8JsonWriter json, ProbeReport report)
    {
        if (report.Silent is null)
        {
            json.WriteNull("unknownVnis");
            return;
        }

        json.WriteStartArray("unknownVnis");
        foreach (var network in report.Networks.Where(each => each.IsUnknown))
            json.WriteNumberValue(network.VirtualNetworkId);
        json.WriteEndArray();
    }

    private static void WriteSilent(Utf8JsonWriter json, ProbeReport report)
    {
        if (report.Silent is null)
        {
            json.WriteNull("silent");
            return;
        }

        json.WriteStartArray("silent");
        foreach (var source in report.Silent)
        {
            json.WriteStartObject();
            json.WriteNumber("vni", source.VirtualNetworkId);
            WriteName(json, source);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteUnreadable(Utf8JsonWriter json, ProbeReport report)
    {
        json.WriteStartObject("unreadable");
        json.WriteNumber("packets", report.Unreadable.Sum(each => each.Packets));
        json.WriteStartObject("reasons");
        foreach (var (why, packets) in report.Unreadable)
            json.WriteNumber(Decoding.Readings.Key(why), packets);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLimits(Utf8JsonWriter json, ProbeReport report)
    {
        json.WriteStartObject("beyondLimits");
        json.WriteNumber("packetsOfFurtherSources", report.PacketsOfFurtherSources);
        json.WriteNumber("bytesOfFurtherSources", report.BytesOfFurtherSources);
        json.WriteNumber("packetsOfFurtherFlows", report.FlowsNotFollowed);
        json.WriteEndObject();
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } value)
            json.WriteNumber(name, Math.Round(value, 3));
        else
            json.WriteNull(name);
    }

    private static string? Time(long nanoseconds) => nanoseconds == 0
        ? null
        : DateTime.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick).ToString("O", CultureInfo.InvariantCulture);
}
