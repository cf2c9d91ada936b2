using System.Text.Json.Nodes;

namespace AutoMirror.Simulation.Hosting;

/// <summary>Events as a reader of a history wants them.</summary>
internal static class EventText
{
    public static string Of(string payload) => JsonNode.Parse(payload) switch
    {
        JsonObject all when all["Records"] is JsonArray records =>
            string.Join(" | ", records.Select(record => Of((string)record!["body"]!))),
        JsonObject json when json["detail-type"] is { } type =>
            $"{type} {json["time"]} "
                + $"{string.Join(
                    ' ', (json["resources"] as JsonArray ?? []).Select(
                        each => ((string)each!).Split('/')[^1]))} {json["detail"]?.ToJsonString()}",
        var other => other?.ToJsonString() ?? "null",
    };
}
