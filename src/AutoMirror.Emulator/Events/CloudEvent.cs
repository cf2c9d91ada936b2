using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>An event in EventBridge's envelope ("Event structure reference").</summary>
public sealed record CloudEvent(
    string Id, string DetailType, string Source, string Account, DateTimeOffset Time, string Region, IReadOnlyList<string> Resources,
    JsonObject Detail)
{
    /// <summary>The envelope as targets get it.</summary>
    public string Json { get; } = new JsonObject
    {
        ["version"] = "0",
        ["id"] = Id,
        ["detail-type"] = DetailType,
        ["source"] = Source,
        ["account"] = Account,
        ["time"] = Notation.Time(Time),
        ["region"] = Region,
        ["resources"] = Resources.ToJsonArray(),
        ["detail"] = Detail.DeepClone(),
    }.ToJsonString(JsonForm.Options);
}
