using System.Text.Json.Nodes;

namespace AutoMirror.Simulation.Hosting;

/// <summary>Events as a reader of a history wants them.</summary>
internal static class EventText
{
    public static string Of(string payload) => JsonNode.Parse(payload) switch
    {
        JsonObject all when all["Records"] is JsonArray records =>
            string.Join(" | ", records.Select(record => Of((string)record!["body"]!))),
        JsonObject one when one["detail-type"] is { } type =>
            $"{type} {one["time"]} "
                + $"{string.Join(
                    ' ', (one["resources"] as JsonArray ?? []).Select(
                        each => ((string)each!).Split('/')[^1]))} {one["detail"]?.ToJsonString()}",
        var other => other?.ToJsonString() ?? "null",
    };
}
