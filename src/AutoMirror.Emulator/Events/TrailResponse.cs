using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>CloudTrail's responseElements, made of the XML that EC2 answers.</summary>
internal static class TrailResponse
{
    public static JsonObject Write(string action, XElement root)
    {
        if (TrailShape.IsWrapped(action))
        {
            var wrapped = (JsonObject)Wrapped(root);
            wrapped.Insert(0, "xmlns", root.Name.NamespaceName);
            return new JsonObject { [$"{action}Response"] = wrapped };
        }

        var elements = new JsonObject();
        foreach (var child in root.Elements())
            elements[child.Name.LocalName == "return" ? "_return" : child.Name.LocalName] = Older(child);
        return elements;
    }

    /// <summary>In a wrapped record an empty element is an empty text, and a single item is not a list.</summary>
    private static JsonNode Wrapped(XElement element)
    {
        if (!element.HasElements)
            return TrailShape.Scalar(element.Value);
        var node = new JsonObject();
        foreach (var same in element.Elements().GroupBy(child => child.Name.LocalName))
            node[same.Key] = same.Count() == 1 ? Wrapped(same.First()) : same.Select(Wrapped).ToJsonArray();
        return node;
    }

    private static JsonNode Older(XElement element)
    {
        var name = element.Name.LocalName;
        if (element.Elements().Any(child => child.Name.LocalName == "item"))
        {
            var items = name is "privateIpAddressesSet" or "ipv6AddressesSet" ? "item" : "items";
            return new JsonObject { [items] = element.Elements().Select(Older).ToJsonArray() };
        }

        if (!element.HasElements)
            return OlderLeaf(name, element.Value);
        var node = new JsonObject();
        foreach (var child in element.Elements())
            node[child.Name.LocalName] = Older(child);
        return node;
    }

    private static JsonNode OlderLeaf(string name, string value) => name switch
    {
        "productCodes" or "blockDeviceMapping" => new JsonObject(),
        "launchTime" or "attachTime" => DateTimeOffset.Parse(value, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
        _ when name.EndsWith("Set", StringComparison.Ordinal) => new JsonObject(),
        _ => TrailShape.Scalar(value),
    };
}
