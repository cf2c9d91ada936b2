using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>Reads the Condition block of a statement.</summary>
internal static class ConditionReader
{
    private const string IfExists = "IfExists";

    public static IReadOnlyList<Condition> Read(JsonNode? block)
    {
        if (block is null)
            return [];
        var operators = block as JsonObject ?? throw PolicyReader.SyntaxErrors();
        return [.. operators.SelectMany(each => Read(each.Key, each.Value as JsonObject ?? throw PolicyReader.SyntaxErrors()))];
    }

    private static IEnumerable<Condition> Read(string name, JsonObject keys)
    {
        var (set, plain) = name.Split(':', 2) switch
        {
            ["ForAllValues", var rest] => (ConditionSet.ForAllValues, rest),
            ["ForAnyValue", var rest] => (ConditionSet.ForAnyValue, rest),
            _ => (ConditionSet.None, name),
        };
        var ifExists = plain.EndsWith(IfExists, StringComparison.Ordinal);
        var known = ConditionOperator.Find(ifExists ? plain[..^IfExists.Length] : plain);
        // "You can add IfExists to the end of any condition operator name except the Null condition."
        if (known is null || (known.IsNull && (ifExists || set != ConditionSet.None)))
            throw IamErrors.Malformed($"Invalid Condition type : {name}.");
        return keys.Select(key => new Condition(known, set, ifExists, key.Key, Values(key.Value)));
    }

    /// <summary>Numbers and flags may be written without quotes.</summary>
    private static IReadOnlyList<string> Values(JsonNode? node) => node switch
    {
        JsonArray several => [.. several.Select(Scalar)],
        _ => [Scalar(node)],
    };

    private static string Scalar(JsonNode? node) => node is JsonValue value && value.GetValueKind() != JsonValueKind.Object
        ? value.ToString()
        : throw PolicyReader.SyntaxErrors();
}
