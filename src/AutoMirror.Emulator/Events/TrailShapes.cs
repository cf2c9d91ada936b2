using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// How CloudTrail writes EC2's requests and answers. Newer actions, those of Traffic Mirroring among them, are wrapped:
/// requestParameters.{Action}Request in the API's own names, responseElements.{Action}Response with its namespace. Older ones have
/// shapes of their own, with <c>items</c> for sets.
/// </summary>
internal static class TrailShapes
{
    private static readonly string[] OlderActions =
    [
        "RunInstances", "StartInstances", "StopInstances", "TerminateInstances", "AttachNetworkInterface", "DetachNetworkInterface",
        "CreateNetworkInterface", "DeleteNetworkInterface", "CreateTags", "DeleteTags",
    ];

    public static bool Tells(string action) => OlderActions.Contains(action) || IsWrapped(action);

    public static JsonObject Request(string action, Parameters input) =>
        IsWrapped(action) ? new() { [$"{action}Request"] = Wrapped(input) } : Older(action, input);

    public static JsonObject Response(string action, XElement root)
    {
        if (IsWrapped(action))
        {
            var wrapped = (JsonObject)Plain(root)!;
            wrapped.Insert(0, "xmlns", root.Name.NamespaceName);
            return new JsonObject { [$"{action}Response"] = wrapped };
        }

        var elements = new JsonObject();
        foreach (var child in root.Elements())
            elements[child.Name.LocalName == "return" ? "_return" : child.Name.LocalName] = WithItems(child);
        return elements;
    }

    private static bool IsWrapped(string action) =>
        action.Contains("TrafficMirror", StringComparison.Ordinal) && !action.StartsWith("Describe", StringComparison.Ordinal);

    /// <summary>
    /// Entries of a list carry their number as <c>tag</c>; one alone is no list (from memory of such records, not confirmed).
    /// </summary>
    private static JsonObject Wrapped(Parameters input)
    {
        var fields = new JsonObject();
        foreach (var name in input.Names.Where(name => name is not ("Action" or "Version")))
        {
            var child = input.Structure(name)!;
            var items = input.Structures(name);
            fields[name] = items.Count == 0
                ? child.Value is { } text ? Scalar(text) : Wrapped(child)
                : items.Count == 1 ? Entry(items[0], 1)
                    : new JsonArray([.. items.Index().Select(item => Entry(item.Item, item.Index + 1))]);
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
            ["deviceIndex"] = Scalar(input.Text("DeviceIndex") ?? ""),
        },
        "DetachNetworkInterface" => new() { ["attachmentId"] = input.Text("AttachmentId"), ["force"] = input.Text("Force") == "true" },
        "DeleteNetworkInterface" => new() { ["networkInterfaceId"] = input.Text("NetworkInterfaceId") },
        "CreateNetworkInterface" => new()
        {
            ["subnetId"] = input.Text("SubnetId"), ["description"] = input.Text("Description") ?? "",
            ["groupSet"] = Items(input.Texts("SecurityGroupId").Select(id => new JsonObject { ["groupId"] = id })),
            ["privateIpAddressesSet"] = new JsonObject(),
        },
        "CreateTags" or "DeleteTags" => new()
        {
            ["resourcesSet"] = Items(input.Texts("ResourceId").Select(id => new JsonObject { ["resourceId"] = id })),
            ["tagSet"] = Items(Tags(input, "Tag", "key", "value")),
        },
        "RunInstances" => Run(input),
        _ => new()
        {
            ["instancesSet"] = Items(input.Texts("InstanceId").Select(id => new JsonObject { ["instanceId"] = id })),
            ["force"] = input.Text("Force") == "true"
        },
    };

    private static JsonObject Run(Parameters input)
    {
        var request = new JsonObject
        {
            ["instancesSet"] = Items([new JsonObject
            {
                ["imageId"] = input.Text("ImageId"), ["minCount"] = Scalar(input.Text("MinCount") ?? ""),
                ["maxCount"] = Scalar(input.Text("MaxCount") ?? ""),
            }]),
            ["instanceType"] = input.Text("InstanceType"), ["blockDeviceMapping"] = new JsonObject(),
            ["monitoring"] = new JsonObject { ["enabled"] = false },
            ["disableApiTermination"] = false,
        };
        if (input.Text("SubnetId") is { } subnet)
            request["subnetId"] = subnet;
        if (input.Text("ClientToken") is { } token)
            request["clientToken"] = token;
        if (input.Structures("TagSpecification") is { Count: > 0 } specifications)
        {
            request["tagSpecificationSet"] = Items(specifications.Select(each => new JsonObject
            {
                ["resourceType"] = each.Text("ResourceType"), ["tags"] = new JsonArray([.. Tags(each, "Tag", "key", "value")]),
            }));
        }

        return request;
    }

    private static IEnumerable<JsonObject> Tags(Parameters input, string list, string key, string value) =>
        input.Structures(list).Select(tag =>
    {
        var node = new JsonObject { [key] = tag.Text("Key") };
        if (tag.Text("Value") is { } text)
            node[value] = text;
        return node;
    });

    private static JsonObject Items(IEnumerable<JsonObject> items) =>
        [.. new Dictionary<string, JsonNode?> { ["items"] = new JsonArray([.. items]) }];

    /// <summary>XML as a wrapped record has it: an empty element is an empty text, one item no list.</summary>
    private static JsonNode? Plain(XElement element)
    {
        if (!element.HasElements)
            return Scalar(element.Value);
        var node = new JsonObject();
        foreach (var same in element.Elements().GroupBy(child => child.Name.LocalName))
            node[same.Key] = same.Count() == 1 ? Plain(same.First()) : new JsonArray([.. same.Select(Plain)]);
        return node;
    }

    private static JsonNode? WithItems(XElement element)
    {
        var name = element.Name.LocalName;
        if (element.Elements().Any(child => child.Name.LocalName == "item"))
        {
            return new JsonObject
            {
                [name is "privateIpAddressesSet" or "ipv6AddressesSet" ? "item" : "items"] = new JsonArray(
                [.. element.Elements().Select(WithItems)])
            };
        }

        if (!element.HasElements)
        {
            return name.EndsWith("Set", StringComparison.Ordinal) || name is "productCodes" or "blockDeviceMapping" ? new JsonObject()
                : name is "launchTime" or "attachTime"
                    ? DateTimeOffset.Parse(element.Value, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds()
                : Scalar(element.Value);
        }

        var node = new JsonObject();
        foreach (var child in element.Elements())
            node[child.Name.LocalName] = WithItems(child);
        return node;
    }

    private static JsonNode Scalar(string text) => text switch
    {
        "true" => true,
        "false" => false,
        // Account ids are twelve digits and texts.
        _ when text.Length < 12 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => text,
    };
}
