using System.Text;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>An answer for HTTP to carry.</summary>
internal sealed record WireReply(int Status, string ContentType, byte[] Body)
{
    private const string PlainJson = "application/json";

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The answer itself, where it takes longer than a turn; null when this is the answer.</summary>
    public Task<WireReply>? Later { get; init; }

    public static WireReply Text(int status, string contentType, string text) => new(status, contentType, Encoding.UTF8.GetBytes(text));

    public static WireReply Json(int status, JsonNode node, string contentType = PlainJson) =>
        Text(status, contentType, node.ToJsonString(JsonForm.Options));

    public WireReply With(string header, string value) => this with { Headers = [.. Headers, (header, value)] };

    /// <summary>An answer whose JSON somebody else has written.</summary>
    public static WireReply Json(int status, ReadOnlyMemory<byte> json) => new(status, PlainJson, json.ToArray());
}
