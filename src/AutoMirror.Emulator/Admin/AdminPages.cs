using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Admin;

/// <summary>Pages that are not part of AWS: the state, the requests, the events and the packets, for people and for scripts.</summary>
internal sealed class AdminPages(Cloud cloud, IEnumerable<string> actions)
{
    public const string Prefix = "/_automirror";

    private const string PlainJson = "application/json";

    private static readonly string[] Pages = ["state", "requests", "events", "packets"];

    public WireReply Answer(string path) => path.Trim('/') switch
    {
        "" => PageFiles.Page(Pages.Select(page => $"GET {Prefix}/{page}").Concat(actions.Select(action => $"POST {Prefix}/{action}"))),
        var file when PageFiles.Find(file) is { } found => found,
        "state" => Json(200, StatePage.Of(cloud)),
        "requests" => Json(200, cloud.Requests.Snapshot().Select(Write).ToJsonArray()),
        "events" => Json(200, cloud.Events.History.Select(each => JsonNode.Parse(each.Json)).ToJsonArray()),
        _ => Json(404, new JsonObject { ["error"] = "no such page" }),
    };

    internal static JsonObject Write(LoggedRequest request) => new()
    {
        ["time"] = request.Time.ToString("O"),
        ["service"] = request.Service,
        ["action"] = request.Action,
        ["accessKeyId"] = request.AccessKeyId,
        ["outcome"] = request.Outcome,
        ["milliseconds"] = Math.Round(request.Latency.TotalMilliseconds, 3),
        ["fault"] = request.Fault,
        ["parameters"] = request.Parameters.ToJsonObject(),
    };

    private static WireReply Json(int status, JsonNode node) =>
        WireReply.Text(status, PlainJson, node.ToJsonString(JsonForm.Indented));
}
