using System.Text.Encodings.Web;
using System.Text.Json;
using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Health;

/// <summary>The status as one JSON object, for machines.</summary>
internal static class StatusJson
{
    public static void Write(MirrorStatus status, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteNumber("sessions", status.Mirrored.Count);
            json.WriteStartArray("instances");
            foreach (var instance in status.Instances)
                Write(json, instance, status.Health);
            json.WriteEndArray();
            json.WriteStartArray("interfacesWithoutInstance");
            foreach (var id in status.WithoutInstance)
                json.WriteStringValue(id);
            json.WriteEndArray();
            Write(json, status.Health);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Write(Utf8JsonWriter json, MirroredInstance instance, HealthReading? health)
    {
        json.WriteStartObject();
        json.WriteString("instanceId", instance.Id);
        json.WriteString("name", instance.Name);
        json.WriteString("health", health?.Of(instance.Id).ToString().ToLowerInvariant());
        if (health?.Sums.GetValueOrDefault(instance.Id) is { } sums)
        {
            json.WriteNumber("trafficBytes", sums.Traffic);
            json.WriteNumber("mirroredBytes", sums.Mirrored);
            json.WriteNumber("skippedBytes", sums.Skipped);
            json.WriteNumber("skippedShare", Math.Round(sums.SkippedShare, 4));
        }

        json.WriteStartArray("sessions");
        foreach (var mirrored in instance.Mirrored)
            Write(json, mirrored);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MirroredInterface mirrored)
    {
        json.WriteStartObject();
        json.WriteString("sessionId", mirrored.Session.TrafficMirrorSessionId);
        json.WriteString("networkInterfaceId", mirrored.Session.NetworkInterfaceId);
        json.WriteString("targetId", mirrored.Session.TrafficMirrorTargetId);
        json.WriteNumber("sessionNumber", mirrored.Session.SessionNumber ?? 0);
        if (mirrored.Session.VirtualNetworkId is { } vni)
            json.WriteNumber("vni", vni);
        else
            json.WriteNull("vni");
        json.WriteEndObject();
    }

    /// <summary>Writes the field <c>health</c>: what was asked.</summary>
    public static void Write(Utf8JsonWriter json, HealthReading? health)
    {
        if (health is null)
        {
            json.WriteNull("health");
            return;
        }

        json.WriteStartObject("health");
        json.WriteNumber("minutes", HealthReading.Span.TotalMinutes);
        json.WriteNumber("metrics", health.Metrics);
        json.WriteNumber("usd", health.Usd);
        json.WriteString("problem", health.Problem);
        json.WriteEndObject();
    }
}
