using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace AutoMirror.Emulator.Admin;

/// <summary>What the page shows, sent as server-sent events whenever it has changed.</summary>
internal static class LiveView
{
    public const string Path = $"{AdminPages.Prefix}/live";

    private const int MostResources = 200;
    private const int MostRequests = 100;
    private const int MostEvents = 50;

    // Real time, whatever the cloud's clock does: this is how often a person looks.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);
    private static readonly byte[] StillHere = Encoding.UTF8.GetBytes(":\n\n");

    /// <summary>Sends views until the browser goes or the server stops.</summary>
    public static async Task StreamAsync(Cloud cloud, HttpContext context, CancellationToken stopping)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        var sent = "";
        try
        {
            while (true)
            {
                // What did not change is a comment, so that a browser that has gone is noticed.
                var view = Of(cloud).ToJsonString(JsonForm.Options);
                await context.Response.Body.WriteAsync(view == sent ? StillHere : Encoding.UTF8.GetBytes($"data: {view}\n\n"), over.Token);
                await context.Response.Body.FlushAsync(over.Token);
                sent = view;
                await Task.Delay(BetweenLooks, over.Token);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or IOException)
        {
            // Nobody looks any more.
        }
    }

    /// <summary>The state, with how many there are of each kind where that is more than a page should draw; the last requests, events and
    /// packets.</summary>
    internal static JsonObject Of(Cloud cloud)
    {
        var view = StatePage.Of(cloud);
        view.Remove("now");
        var counts = new JsonObject { ["requests"] = cloud.Requests.Count() };
        foreach (var (name, list) in view.Where(each => each.Value is JsonArray))
            counts[name] = list!.AsArray().Count;
        view["counts"] = counts;

        // An instance that is shown is shown with all of its interfaces and their sessions.
        Keep(view, "instances", _ => true);
        var instances = Texts(view, "instances", "id");
        Keep(view, "networkInterfaces", each => instances.Contains($"{each["instanceId"]}"), isAlways: true);
        var interfaces = Texts(view, "networkInterfaces", "id");
        Keep(view, "trafficMirrorSessions", each => interfaces.Contains($"{each["networkInterfaceId"]}"), isAlways: true);
        foreach (var name in (string[])["trafficMirrorTargets", "trafficMirrorFilters", "parameters"])
            Keep(view, name, _ => true);
        view["requests"] = cloud.Requests.Last(MostRequests).Reverse().Select(Brief).ToJsonArray();
        view["events"] = cloud.Events.History.TakeLast(MostEvents).Reverse().Select(each => JsonNode.Parse(each.Json)).ToJsonArray();
        view["packets"] = cloud.InTurn(() => cloud.Packets.Ledger.Entries).TakeLast(MostResources).Reverse().Select(PacketPages.Write)
            .ToJsonArray();
        return view;
    }

    /// <summary>Shortens a list to the most that a page should draw: first what is wanted, then what else there is.</summary>
    /// <param name="isAlways">Whether all that is wanted stays, however much it is.</param>
    private static void Keep(JsonObject view, string name, Predicate<JsonNode> isWanted, bool isAlways = false)
    {
        var list = view[name]!.AsArray();
        if (list.Count <= MostResources)
            return;
        var wanted = list.ToLookup(each => isWanted(each!));
        List<JsonNode?> kept = [.. isAlways ? wanted[true] : wanted[true].Take(MostResources)];
        kept.AddRange(wanted[false].Take(MostResources - kept.Count));
        list.Clear();
        kept.ForEach(list.Add);
    }

    private static HashSet<string> Texts(JsonObject view, string list, string field) =>
        [.. view[list]!.AsArray().Select(each => $"{each![field]}")];

    private static JsonObject Brief(LoggedRequest request)
    {
        var brief = AdminPages.Write(request);
        brief.Remove("parameters");
        return brief;
    }
}
