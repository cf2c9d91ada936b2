using System.Text.Json.Nodes;
using AutoMirror.Cli.Accounts;

namespace AutoMirror.Cli.Health;

/// <summary>What CloudWatch saw of copies, for machines.</summary>
internal static class HealthJson
{
    /// <summary>Adds it to the document of a verb.</summary>
    public static void AddTo(JsonObject document, MirrorStatus status)
    {
        document["sessions"] = status.Mirrored.Count;
        document["instances"] = new JsonArray([.. status.Instances.Select(each => Of(each, status.Health))]);
        document["interfacesWithoutInstance"] = new JsonArray([.. status.WithoutInstance.Select(id => (JsonNode)id)]);
        document["health"] = status.Health is { } health ? Of(health) : null;
    }

    private static JsonObject Of(MirroredInstance instance, HealthReading? health)
    {
        var written = new JsonObject
        {
            ["instanceId"] = instance.Id,
            ["name"] = instance.Name,
            ["health"] = health?.Of(instance.Id).ToString().ToLowerInvariant(),
        };
        if (health?.Sums.GetValueOrDefault(instance.Id) is { } sums)
        {
            written["trafficBytes"] = sums.Traffic;
            written["mirroredBytes"] = sums.Mirrored;
            written["skippedBytes"] = sums.Skipped;
            written["skippedShare"] = Math.Round(sums.SkippedShare, 4);
        }

        written["sessions"] = new JsonArray([.. instance.Mirrored.Select(Of)]);
        return written;
    }

    private static JsonObject Of(MirroredInterface mirrored) => new()
    {
        ["sessionId"] = mirrored.Session.TrafficMirrorSessionId,
        ["networkInterfaceId"] = mirrored.Session.NetworkInterfaceId,
        ["targetId"] = mirrored.Session.TrafficMirrorTargetId,
        ["sessionNumber"] = mirrored.Session.SessionNumber ?? 0,
        ["vni"] = mirrored.Session.VirtualNetworkId,
    };

    /// <summary>What was asked.</summary>
    private static JsonObject Of(HealthReading health) => new()
    {
        ["minutes"] = HealthReading.Span.TotalMinutes,
        ["metrics"] = health.Metrics,
        ["usd"] = health.Usd,
        ["problem"] = health.Problem,
    };
}
