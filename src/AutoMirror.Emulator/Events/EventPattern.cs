using System.Text.Json;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// An event pattern as EventBridge documents it ("Creating Amazon EventBridge event patterns"): every field of the pattern has to match,
/// a list matches when one of its entries does, and an array in the event matches by any of its elements.
/// </summary>
internal static class EventPattern
{
    public static JsonElement Parse(string pattern)
    {
        try
        {
            return JsonDocument.Parse(pattern).RootElement;
        }
        catch (JsonException reason)
        {
            throw Invalid(reason.Message);
        }
    }

    public static bool Matches(JsonElement pattern, JsonElement candidate) =>
        pattern.EnumerateObject().All(field => FieldMatches(field, candidate));

    /// <summary>Refuses what EventBridge refuses: a field whose value is neither a list nor an object, and an unknown operator.</summary>
    public static void Validate(JsonElement pattern)
    {
        if (pattern.ValueKind != JsonValueKind.Object || !pattern.EnumerateObject().Any())
            throw Invalid("Filter is not an object");
        foreach (var field in pattern.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object)
                Validate(field.Value);
            else
                ValidateList(field);
        }
    }

    private static void ValidateList(JsonProperty field)
    {
        if (field.Value.ValueKind != JsonValueKind.Array)
            throw Invalid($"\"{field.Name}\" must be an object or an array");
        if (field.Value.GetArrayLength() == 0)
            throw Invalid("Empty arrays are not allowed");
        foreach (var entry in field.Value.EnumerateArray())
        {
            if (field.Name == "$or")
                Validate(entry);
            else if (entry.ValueKind == JsonValueKind.Object && !PatternOperator.IsOne(entry))
                throw Invalid($"Unrecognized match type {entry.EnumerateObject().FirstOrDefault().Name}");
        }
    }

    private static bool FieldMatches(JsonProperty field, JsonElement candidate)
    {
        if (field.Name == "$or" && field.Value.ValueKind == JsonValueKind.Array)
            return field.Value.EnumerateArray().Any(branch => Matches(branch, candidate));
        JsonElement? value = candidate.ValueKind == JsonValueKind.Object && candidate.TryGetProperty(field.Name, out var found)
            ? found
            : null;
        return field.Value.ValueKind switch
        {
            JsonValueKind.Array => field.Value.EnumerateArray().Any(entry => EntryMatches(entry, value)),
            JsonValueKind.Object => NestedMatches(field.Value, value),
            _ => false,
        };
    }

    private static bool NestedMatches(JsonElement pattern, JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } array =>
            array.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object && Matches(pattern, element)),
        { } element => Matches(pattern, element),
        // The pattern may want a nested field to be absent: {"detail": {"a": {"b": [{"exists": false}]}}}.
        null => Matches(pattern, default),
    };

    private static bool EntryMatches(JsonElement entry, JsonElement? value)
    {
        // "Exists matching only works on leaf nodes."
        if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("exists", out var exists))
            return exists.GetBoolean() == value is { ValueKind: not JsonValueKind.Object };
        return value switch
        {
            null => false,
            { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Any(element => PatternOperator.Matches(entry, element)),
            { } leaf => PatternOperator.Matches(entry, leaf),
        };
    }

    private static AwsException Invalid(string reason) =>
        new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason}");
}
