using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>CloudTrail's requestParameters.</summary>
internal static class TrailRequest
{
    public static JsonObject Write(string action, Parameters input) =>
        TrailShape.IsWrapped(action) ? new() { [$"{action}Request"] = Wrapped(input) } : Older(action, input);

    /// <summary>
    /// Entries of a list carry their number as <c>tag</c>, and a single entry is not a list (from memory of such records, not confirmed).
    /// </summary>
    private static JsonObject Wrapped(Parameters input)
    {
        var fields = new JsonObject();
        foreach (var name in input.Names.Where(name => name is not ("Action" or "Version")))
        {
            var child = input.Structure(name)!;
            fields[name] = input.Structures(name) switch
            {
                [] => child.Value is { } text ? TrailShape.Scalar(text) : Wrapped(child),
                [var single] => Entry(single, 1),
                var items => items.Index().Select(item => Entry(item.Item, item.Index + 1)).ToJsonArray(),
            };
        }

        return fields;

        static JsonNode Entry(Parameters item, int number)
        {
            var entry = item.Value is { } text ? new JsonObject { ["content"] = text } : Wrapped(item);
            entry["tag"] = number;
            return entry;
        }
    }

    private static JsonObject Older(string action, Parameters input) => action switch
    {
        "AttachNetworkInterface" => new()
        {
            ["networkInterfaceId"] = input.Text("NetworkInterfaceId"), ["instanceId"] = input.Text("InstanceId"),
            ["deviceIndex"] = Scalar(input, "DeviceIndex"),
        },
        "DetachNetworkInterface" => new() { ["attachmentId"] = input.Text("AttachmentId"), ["force"] = input.Text("Force") == "true" },
        "DeleteNetworkInterface" => new() { ["networkInterfaceId"] = input.Text("NetworkInterfaceId") },
        "CreateNetworkInterface" => new()
        {
            ["subnetId"] = input.Text("SubnetId"), ["description"] = input.Text("Description") ?? "",
            ["groupSet"] = Ids(input, "SecurityGroupId", "groupId"), ["privateIpAddressesSet"] = new JsonObject(),
        },
        "CreateTags" or "DeleteTags" => new()
        {
            ["resourcesSet"] = Ids(input, "ResourceId", "resourceId"), ["tagSet"] = Items(Tags(input)),
        },
        "RunInstances" => Run(input),
        _ => new() { ["instancesSet"] = Ids(input, "InstanceId", "instanceId"), ["force"] = input.Text("Force") == "true" },
    };

    private static JsonObject Run(Parameters input)
    {
        var launch = new JsonObject
        {
            ["imageId"] = input.Text("ImageId"), ["minCount"] = Scalar(input, "MinCount"), ["maxCount"] = Scalar(input, "MaxCount"),
        };
        var specifications = input.Structures("TagSpecification");
        return new JsonObject
        {
            ["instancesSet"] = Items([launch]),
            ["instanceType"] = input.Text("InstanceType"),
            ["blockDeviceMapping"] = new JsonObject(),
            ["monitoring"] = new JsonObject { ["enabled"] = false },
            ["disableApiTermination"] = false,
        }.WithAny("subnetId", input.Text("SubnetId")).WithAny("clientToken", input.Text("ClientToken"))
            .WithAny("tagSpecificationSet", specifications.Count == 0 ? null : Items(specifications.Select(each => new JsonObject
            {
                ["resourceType"] = each.Text("ResourceType"), ["tags"] = Tags(each).ToJsonArray(),
            })));
    }

    private static JsonNode Scalar(Parameters input, string name) => TrailShape.Scalar(input.Text(name) ?? "");

    private static JsonObject Ids(Parameters input, string list, string name) =>
        Items(input.Texts(list).Select(id => new JsonObject { [name] = id }));

    private static IEnumerable<JsonObject> Tags(Parameters input) => input.Structures("Tag").Select(tag =>
        new JsonObject { ["key"] = tag.Text("Key") }.WithAny("value", tag.Text("Value")));

    private static JsonObject Items(IEnumerable<JsonObject> items) => new() { ["items"] = items.ToJsonArray() };
}
