using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>Dashboards over the wire. Their ARNs have no Region.</summary>
internal sealed class DashboardActions(Cloud cloud)
{
    private SortedDictionary<string, Dashboard> Dashboards => cloud.CloudWatch.Dashboards;

    /// <summary>The body has to be JSON; what its widgets say is not checked here.</summary>
    public JsonObject Put(JsonObject input)
    {
        var (name, body) = (input.Required("DashboardName"), input.Required("DashboardBody"));
        try
        {
            if (JsonNode.Parse(body) is not JsonObject)
                throw CloudWatchErrors.InvalidDashboard("The field DashboardBody must be a valid JSON object");
        }
        catch (JsonException)
        {
            throw CloudWatchErrors.InvalidDashboard("The field DashboardBody must be a valid JSON object");
        }

        Dashboards[name] = new(name, body, cloud.Now);
        return new() { ["DashboardValidationMessages"] = new JsonArray() };
    }

    public JsonObject Get(JsonObject input)
    {
        var name = input.Required("DashboardName");
        return Dashboards.TryGetValue(name, out var dashboard)
            ? new() { ["DashboardArn"] = ArnOf(name), ["DashboardBody"] = dashboard.Body, ["DashboardName"] = name }
            : throw CloudWatchErrors.DashboardNotFound(name);
    }

    public JsonObject List(JsonObject input)
    {
        var prefix = input.Text("DashboardNamePrefix") ?? "";
        return new()
        {
            ["DashboardEntries"] = Dashboards.Values.Where(each => each.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(each => new JsonObject
                {
                    ["DashboardName"] = each.Name, ["DashboardArn"] = ArnOf(each.Name), ["LastModified"] = JsonTimes.Of(each.LastModified),
                    ["Size"] = Encoding.UTF8.GetByteCount(each.Body),
                }).ToJsonArray(),
        };
    }

    /// <summary>"If any of the dashboards does not exist, none is deleted."</summary>
    public JsonObject Delete(JsonObject input)
    {
        var names = input.Texts("DashboardNames");
        if (names.Find(name => !Dashboards.ContainsKey(name)) is { } missing)
            throw CloudWatchErrors.DashboardNotFound(missing);
        names.ForEach(name => Dashboards.Remove(name));
        return [];
    }

    private string ArnOf(string name) => $"arn:aws:cloudwatch::{cloud.Options.AccountId}:dashboard/{name}";
}
