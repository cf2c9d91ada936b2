using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// EventBridge's event patterns, by its user guide ("Creating Amazon EventBridge event patterns", "Comparison operators for use in event
/// patterns"). An operator that is not written here is an error, never a match.
/// </summary>
internal static class EventPattern
{
    /// <summary>Whether a rule with this pattern takes this event.</summary>
    public static bool Matches(JsonObject pattern, JsonObject @event) =>
        pattern.All(field => MatchesField(field.Value!, [@event], field.Key));

    /// <summary>The field is looked for in all of the holders: they are several when there is an array of objects on the way.</summary>
    private static bool MatchesField(JsonNode condition, IReadOnlyList<JsonObject> holders, string name)
    {
        if (name == "$or")
        {
            return condition.AsArray().Any(
                alternative => alternative!.AsObject().All(field => MatchesField(field.Value!, holders, field.Key)));
        }

        if (name.StartsWith('$'))
            throw new NotSupportedException($"The operator {name}");
        var values = holders.Where(holder => holder.ContainsKey(name)).SelectMany(holder => Elements(holder[name])).ToList();
        return condition switch
        {
            JsonObject map => map.All(field => MatchesField(field.Value!, [.. values.OfType<JsonObject>()], field.Key)),
            // A leaf: any of the conditions, on any of the values. Objects are no leaves.
            JsonArray { Count: > 0 } any => any.Any(one => MatchesLeaf(one, [.. values.Where(value => value is not JsonObject)])),
            _ => throw new NotSupportedException($"A pattern's field is an object or a list that is not empty: {condition.ToJsonString()}"),
        };
    }

    private static IEnumerable<JsonNode?> Elements(JsonNode? node) => node is JsonArray array ? array.SelectMany(Elements) : [node];

    private static bool MatchesLeaf(JsonNode? condition, List<JsonNode?> values)
    {
        if (condition is not JsonObject comparison)
            return values.Any(value => Same(condition, value));
        var (name, argument) = comparison.Single();
        return name switch
        {
            "exists" => argument!.GetValue<bool>() == values.Count > 0,
            "prefix" => values.Any(value => Text(value)?.StartsWith(Text(argument)!, StringComparison.Ordinal) == true),
            "suffix" => values.Any(value => Text(value)?.EndsWith(Text(argument)!, StringComparison.Ordinal) == true),
            "equals-ignore-case" => values.Any(value => Text(value)?.Equals(Text(argument), StringComparison.OrdinalIgnoreCase) == true),
            "wildcard" => values.Any(value => Text(value) is { } text && Wildcard(Text(argument)!).IsMatch(text)),
            "numeric" => values.Any(value => value?.GetValueKind() == JsonValueKind.Number && InRange(argument!.AsArray(), Number(value))),
            "anything-but" => values.Any(value => !Excluded(argument!, value)),
            _ => throw new NotSupportedException($"The operator {name}"),
        };
    }

    private static bool Excluded(JsonNode argument, JsonNode? value) => argument switch
    {
        JsonArray several => several.Any(one => Same(one, value)),
        JsonObject inner => MatchesLeaf(inner, [value]),
        _ => Same(argument, value),
    };

    /// <summary>Exact, character by character and without folding; a number is compared as it is written.</summary>
    private static bool Same(JsonNode? a, JsonNode? b) =>
        (a?.GetValueKind() ?? JsonValueKind.Null) == (b?.GetValueKind() ?? JsonValueKind.Null) && (a?.ToJsonString() == b?.ToJsonString());

    private static string? Text(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static double Number(JsonNode value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);

    private static bool InRange(JsonArray terms, double value) => terms.Chunk(2).All(term => (Text(term[0]), Number(term[1]!)) switch
    {
        ("=", var limit) => value == limit,
        ("<", var limit) => value < limit,
        ("<=", var limit) => value <= limit,
        (">", var limit) => value > limit,
        (">=", var limit) => value >= limit,
        var (comparison, _) => throw new NotSupportedException($"The comparison {comparison}"),
    });

    private static Regex Wildcard(string pattern) =>
        new($@"\A{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}\z", RegexOptions.Singleline);
}
