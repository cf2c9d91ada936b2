using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Admin;

/// <summary>What is no part of AWS: the state, the requests and the events, for people and for scripts.</summary>
internal sealed class AdminPages(Cloud cloud)
{
    public const string Prefix = "/_automirror";

    public WireReply Answer(string path) => path.Trim('/') switch
    {
        "" => new(200, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(Index())),
        "state" => Json(State()),
        "requests" => Json(new JsonArray([.. cloud.Requests.Snapshot().Select(Write)])),
        "events" => Json(new JsonArray([.. cloud.Events.History.Select(each => JsonNode.Parse(each.Json))])),
        _ => Json(new JsonObject { ["error"] = "no such page" }, 404),
    };

    private JsonObject State()
    {
        using (cloud.Enter())
        {
            return new JsonObject
            {
                ["region"] = cloud.Options.Region,
                ["accountId"] = cloud.Options.AccountId,
                ["now"] = cloud.Now.ToString("O"),
                ["instances"] = List(cloud.Ec2.Instances.Table.Current.Values, instance => new JsonObject
                {
                    ["type"] = instance.Type.Name, ["state"] = instance.StateName, ["zone"] = instance.Zone.Name, ["subnetId"] = instance.SubnetId,
                    ["vpcId"] = instance.VpcId,
                }),
                ["networkInterfaces"] = List(cloud.Ec2.NetworkInterfaces.Table.Current.Values, each => new JsonObject
                {
                    ["instanceId"] = each.Attachment?.InstanceId, ["deviceIndex"] = each.Attachment?.DeviceIndex, ["subnetId"] = each.SubnetId,
                    ["privateIpAddress"] = each.PrivateIpAddress, ["publicIp"] = each.PublicIp, ["interfaceType"] = each.InterfaceType,
                }),
                ["trafficMirrorFilters"] = List(cloud.Ec2.Filters.Table.Current.Values, each => new JsonObject
                {
                    ["description"] = each.Description,
                    ["networkServices"] = new JsonArray([.. each.NetworkServices.Select(service => (JsonNode)service)]),
                    ["rules"] = cloud.Ec2.Filters.RuleTable.Where("traffic-mirror-filter-id", each.Id).Count,
                }),
                ["trafficMirrorTargets"] = List(cloud.Ec2.Targets.Table.Current.Values, each => new JsonObject
                {
                    ["type"] = each.Type, ["destination"] = each.NetworkInterfaceId ?? each.NetworkLoadBalancerArn
                        ?? each.GatewayLoadBalancerEndpointId,
                    ["sessions"] = cloud.Ec2.Sessions.Table.Current.IdsWhere("traffic-mirror-target-id", each.Id).Count,
                }),
                ["trafficMirrorSessions"] = List(cloud.Ec2.Sessions.Table.Current.Values, each => new JsonObject
                {
                    ["networkInterfaceId"] = each.NetworkInterfaceId, ["targetId"] = each.TargetId, ["filterId"] = each.FilterId,
                    ["sessionNumber"] = each.SessionNumber,
                    ["virtualNetworkId"] = each.VirtualNetworkId, ["packetLength"] = each.PacketLength, ["description"] = each.Description,
                }),
                ["parameters"] = new JsonArray(
                    [.. cloud.Ssm.All.Select(
                        parameter => (JsonNode)new JsonObject { ["name"] = parameter.Name, ["version"] = parameter.Version, ["type"] = parameter.Type })]),
                ["rules"] = new JsonArray([.. cloud.Events.Rules.Select(each => (JsonNode)each.Name)]),
                ["function"] = new JsonObject
                {
                    ["name"] = cloud.Function.Name, ["pending"] = cloud.Function.Pending, ["running"] = cloud.Function.Running,
                    ["idle"] = cloud.Function.Idle,
                    ["answered"] = cloud.Function.Results.Count, ["deadLetters"] = cloud.Function.DeadLetters.Count,
                },
            };
        }
    }

    private string Index()
    {
        var instances = cloud.Ec2.Instances.Describe(Query.All).Items.GroupBy(instance => instance.StateName)
            .Select(state => $"{state.Count()} {state.Key}");
        var calls = cloud.Requests.Snapshot().GroupBy(request => $"{request.Service} {request.Action}").OrderByDescending(each => each.Count()).Take(20);
        var rows = calls.Select(call => $"<tr><td>{WebUtility.HtmlEncode(call.Key)}</td><td>{call.Count()}</td></tr>");
        string[] pages = ["state", "requests", "events"];
        return $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><title>AutoMirror emulator</title>
            <style>body{"{"}font:16px/1.5 system-ui;max-width:48rem;margin:2rem auto{"}"}td{"{"}padding-right:1.5rem{"}"}</style>
            <h1>AutoMirror emulator</h1>
            <p>Account {cloud.Options.AccountId}, Region {cloud.Options.Region}.
            Point any AWS client at this endpoint, with any credentials.</p>
            <p>Instances: {WebUtility.HtmlEncode(string.Join(", ", instances.DefaultIfEmpty("none")))}.
            Mirror sessions: {cloud.Ec2.Sessions.Table.Count}.</p>
            <ul>{string.Concat(pages.Select(page => $"<li><a href=\"{Prefix}/{page}\">{page}</a></li>"))}</ul>
            <table>{string.Concat(rows)}</table></html>
            """;
    }

    private static JsonArray List<T>(IEnumerable<T> resources, Func<T, JsonObject> write) where T : Resource =>
        new([.. resources.Select(resource =>
    {
        var node = write(resource);
        node.Insert(0, "id", resource.Id);
        node["tags"] = new JsonObject(resource.Tags.Select(tag => KeyValuePair.Create(tag.Key, (JsonNode?)tag.Value)));
        return (JsonNode)node;
    })]);

    private static JsonObject Write(LoggedRequest request) => new()
    {
        ["time"] = request.Time.ToString("O"), ["service"] = request.Service, ["action"] = request.Action, ["accessKeyId"] = request.AccessKeyId,
        ["outcome"] = request.Outcome,
        ["parameters"] = new JsonObject(request.Parameters.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
    };

    private static WireReply Json(JsonNode node, int status = 200) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(node.ToJsonString(JsonForm.Indented)));
}
