using System.Globalization;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Events;

/// <summary>An event in EventBridge's envelope ("Event structure reference").</summary>
public sealed record CloudEvent(
    string Id, string DetailType, string Source, string Account, DateTimeOffset Time, string Region, IReadOnlyList<string> Resources,
        JsonObject Detail)
{
    /// <summary>The envelope as it is delivered.</summary>
    public string Json { get; } = new JsonObject
    {
        ["version"] = "0",
        ["id"] = Id,
        ["detail-type"] = DetailType,
        ["source"] = Source,
        ["account"] = Account,
        ["time"] = Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = Region,
        ["resources"] = new JsonArray([.. Resources.Select(resource => (JsonNode)resource)]),
        ["detail"] = Detail.DeepClone(),
    }.ToJsonString(Protocol.JsonForm.Options);
}
