using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// "Specification: Embedded metric format": a log event that is JSON with the member <c>_aws</c> says which of its members are metrics,
/// and which are their dimensions. What is not in the format makes no metrics, and is no error.
/// </summary>
internal static class EmbeddedMetrics
{
    private const int MostDimensions = 30;

    public static void Take(Metrics metrics, string message, DateTimeOffset time)
    {
        if (!message.Contains("\"_aws\"", StringComparison.Ordinal) || Parse(message) is not { } root
            || root["_aws"] is not JsonObject metadata || metadata["CloudWatchMetrics"] is not JsonArray directives)
        {
            return;
        }

        var stamped = metadata["Timestamp"] is JsonValue stamp && stamp.TryGetValue<long>(out var milliseconds)
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : time;
        foreach (var directive in directives.OfType<JsonObject>())
            Take(metrics, root, directive, stamped);
    }

    private static void Take(Metrics metrics, JsonObject root, JsonObject directive, DateTimeOffset time)
    {
        if (Text(directive["Namespace"]) is not { } scope || directive["Metrics"] is not JsonArray definitions)
            return;
        foreach (var keys in (directive["Dimensions"] as JsonArray ?? []).OfType<JsonArray>())
        {
            if (DimensionsOf(root, keys) is not { } dimensions)
                continue;
            foreach (var definition in definitions.OfType<JsonObject>())
            {
                if (Text(definition["Name"]) is not { } name)
                    continue;
                var metric = new Metric(scope, name) { Dimensions = dimensions };
                foreach (var value in Values(root[name]))
                    metrics.Put(metric, Sample.Of(time, value, Text(definition["Unit"]) ?? "None"));
            }
        }
    }

    /// <summary>The values of the dimensions; null when one of them is not there as a text.</summary>
    private static ImmutableSortedDictionary<string, string>? DimensionsOf(JsonObject root, JsonArray keys)
    {
        var dimensions = Resource.NoTags;
        foreach (var key in keys)
        {
            if (Text(key) is not { } name || Text(root[name]) is not { } value)
                return null;
            dimensions = dimensions.SetItem(name, value);
        }

        return dimensions.Count <= MostDimensions ? dimensions : null;
    }

    /// <summary>"The target value of a metric is a number or an array of numbers."</summary>
    private static IEnumerable<double> Values(JsonNode? node) => (node is JsonArray several ? several.AsEnumerable() : [node])
        .OfType<JsonValue>().Where(value => value.GetValueKind() == JsonValueKind.Number).Select(value => value.GetValue<double>());

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject? Parse(string message)
    {
        try
        {
            return JsonNode.Parse(message) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
