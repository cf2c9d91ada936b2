using System.Net;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Packets;
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
        "" => WireReply.Text(200, "text/html; charset=utf-8", Index()),
        "state" => Json(200, StatePage.Of(cloud)),
        "requests" => Json(200, cloud.Requests.Snapshot().Select(Write).ToJsonArray()),
        "events" => Json(200, cloud.Events.History.Select(each => JsonNode.Parse(each.Json)).ToJsonArray()),
        _ => Json(404, new JsonObject { ["error"] = "no such page" }),
    };

    private string Index()
    {
        var instances = cloud.Ec2.Instances.Describe(Query.All).Items.GroupBy(instance => instance.StateName)
            .Select(state => $"{state.Count()} {state.Key}");
        var calls = cloud.Requests.Snapshot().GroupBy(request => $"{request.Service} {request.Action}")
            .OrderByDescending(requests => requests.Count()).Take(20);
        var rows = calls.Select(call => $"<tr><td>{WebUtility.HtmlEncode(call.Key)}</td><td>{call.Count()}</td></tr>");
        return $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>AutoMirror emulator</title>
            <style>body{"{"}font:16px/1.5 system-ui;max-width:48rem;margin:2rem auto{"}"}td{"{"}padding-right:1.5rem{"}"}</style>
            <h1>AutoMirror emulator</h1>
            <p>Account {cloud.Options.AccountId}, Region {cloud.Options.Region}.
            Point any AWS client at this endpoint, with any credentials.</p>
            <p>Instances: {WebUtility.HtmlEncode(string.Join(", ", instances.DefaultIfEmpty("none")))}.
            Mirror sessions: {cloud.Ec2.Sessions.Table.Count}.</p>
            <ul>{string.Concat(Pages.Select(page => $"<li><a href=\"{Prefix}/{page}\">{page}</a></li>"))}</ul>
            <p>POST {string.Concat(actions.Select(action => $"<br><code>{Prefix}/{action}</code>"))}</p>
            <table>{string.Concat(rows)}</table>
            {Packets()}</html>
            """;
    }

    /// <summary>The ledger of packets, for a person.</summary>
    private string Packets()
    {
        var entries = cloud.InTurn(() => cloud.Packets.Ledger.Entries);
        if (entries.Count == 0)
            return "";
        var rows = entries.Select(entry => string.Concat(
            "<tr>", Cell(entry.NetworkInterfaceId), Cell(entry.Direction), Cell(PacketFateNames.NameOf(entry.Kind)),
            Cell(Notation.Number(entry.Packets)), Cell(entry.TargetId ?? ""), Cell(entry.Because), "</tr>"));
        return $"<h2>Packets</h2><table>{string.Concat(rows)}</table>";

        static string Cell(string text) => $"<td>{WebUtility.HtmlEncode(text)}</td>";
    }

    private static JsonObject Write(LoggedRequest request) => new()
    {
        ["time"] = request.Time.ToString("O"),
        ["service"] = request.Service,
        ["action"] = request.Action,
        ["accessKeyId"] = request.AccessKeyId,
        ["outcome"] = request.Outcome,
        ["parameters"] = request.Parameters.ToJsonObject(),
    };

    private static WireReply Json(int status, JsonNode node) =>
        WireReply.Text(status, PlainJson, node.ToJsonString(JsonForm.Indented));
}
