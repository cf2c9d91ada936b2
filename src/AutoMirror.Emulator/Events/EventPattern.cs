using System.Globalization;
using System.Net;
using System.Text.Json;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// An event pattern as EventBridge documents it ("Creating Amazon EventBridge event patterns" and "Comparison operators"): every
/// field of the pattern must match; a list matches when one of its entries does; an array in the event matches by any element.
/// </summary>
internal static class EventPattern
{
    public static bool Matches(JsonElement pattern, JsonElement candidate)
    {
        foreach (var field in pattern.EnumerateObject())
        {
            if (field.Name == "$or" && field.Value.ValueKind == JsonValueKind.Array)
            {
                if (!field.Value.EnumerateArray().Any(branch => Matches(branch, candidate)))
                    return false;
                continue;
            }

            JsonElement? value = candidate.ValueKind == JsonValueKind.Object
                && candidate.TryGetProperty(field.Name, out var found) ? found : null;
            var fits = field.Value.ValueKind switch
            {
                JsonValueKind.Array => field.Value.EnumerateArray().Any(entry => EntryMatches(entry, value)),
                JsonValueKind.Object => NestedMatches(field.Value, value),
                _ => false,
            };
            if (!fits)
                return false;
        }

        return true;
    }

    /// <summary>
    /// Refuses what EventBridge refuses: fields whose value is neither a list nor an object, and operators that don't exist.
    /// </summary>
    public static void Validate(JsonElement pattern)
    {
        if (pattern.ValueKind != JsonValueKind.Object || !pattern.EnumerateObject().Any())
            throw Invalid("Filter is not an object");
        foreach (var field in pattern.EnumerateObject())
        {
            if (field.Value.ValueKind == JsonValueKind.Object)
            {
                Validate(field.Value);
            }
            else if (field.Value.ValueKind != JsonValueKind.Array)
            {
                throw Invalid($"\"{field.Name}\" must be an object or an array");
            }
            else if (field.Value.GetArrayLength() == 0)
            {
                throw Invalid("Empty arrays are not allowed");
            }
            else if (field.Name == "$or")
            {
                foreach (var branch in field.Value.EnumerateArray())
                    Validate(branch);
            }
            else
            {
                foreach (var entry in field.Value.EnumerateArray().Where(entry => entry.ValueKind == JsonValueKind.Object))
                {
                    if (entry.EnumerateObject().ToList() is not [var test] || !Operators.Contains(test.Name))
                        throw Invalid($"Unrecognized match type {entry.EnumerateObject().FirstOrDefault().Name}");
                }
            }
        }
    }

    private static readonly string[] Operators = ["prefix", "suffix", "anything-but", "exists", "numeric", "equals-ignore-case",
        "wildcard", "cidr"];

    private static AwsException Invalid(string reason) =>
        new("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason}");

    private static bool NestedMatches(JsonElement pattern, JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Array } array =>
            array.EnumerateArray().Any(element => element.ValueKind == JsonValueKind.Object && Matches(pattern, element)),
        { } element => Matches(pattern, element),
        // A nested field may be wanted absent: {"detail": {"a": {"b": [{"exists": false}]}}}.
        null => Matches(pattern, default),
    };

    private static bool EntryMatches(JsonElement entry, JsonElement? value)
    {
        if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("exists", out var exists))
            // "Exists matching only works on leaf nodes."
            return exists.GetBoolean() == value is { ValueKind: not JsonValueKind.Object };
        return value switch
        {
            null => false,
            { ValueKind: JsonValueKind.Array } array => array.EnumerateArray().Any(element => LeafMatches(entry, element)),
            { } leaf => LeafMatches(entry, leaf),
        };
    }

    private static bool LeafMatches(JsonElement entry, JsonElement leaf)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return Same(entry, leaf);
        var test = entry.EnumerateObject().First();
        var text = leaf.ValueKind == JsonValueKind.String ? leaf.GetString()! : null;
        return test.Name switch
        {
            "prefix" => text is not null && Affix(test.Value, (affix, how) => text.StartsWith(affix, how)),
            "suffix" => text is not null && Affix(test.Value, (affix, how) => text.EndsWith(affix, how)),
            "equals-ignore-case" => text is not null && string.Equals(text, test.Value.GetString(), StringComparison.OrdinalIgnoreCase),
            "wildcard" => text is not null && Strings(test.Value).Any(pattern => Glob(pattern, text)),
            "anything-but" => AnythingBut(test.Value, leaf, text),
            "numeric" => leaf.ValueKind == JsonValueKind.Number && Numeric(test.Value, leaf.GetDouble()),
            "cidr" => text is not null && IPNetwork.TryParse(test.Value.GetString(), out var range)
                && IPAddress.TryParse(text, out var address) && range.Contains(address),
            _ => false,
        };
    }

    private static bool AnythingBut(JsonElement but, JsonElement leaf, string? text) => but.ValueKind switch
    {
        JsonValueKind.Array => !but.EnumerateArray().Any(each => Same(each, leaf)),
        JsonValueKind.Object when but.EnumerateObject().First() is var test =>
            text is not null && !Strings(test.Value).Any(value => test.Name switch
        {
            "prefix" => text.StartsWith(value, StringComparison.Ordinal),
            "suffix" => text.EndsWith(value, StringComparison.Ordinal),
            "equals-ignore-case" => string.Equals(text, value, StringComparison.OrdinalIgnoreCase),
            "wildcard" => Glob(value, text),
            _ => true,
        }),
        _ => !Same(but, leaf),
    };

    private static bool Affix(JsonElement value, Func<string, StringComparison, bool> test) => value.ValueKind == JsonValueKind.Object
        ? test(value.GetProperty("equals-ignore-case").GetString()!, StringComparison.OrdinalIgnoreCase)
        : test(value.GetString()!, StringComparison.Ordinal);

    private static IEnumerable<string> Strings(JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(each => each.GetString()!) : [value.GetString()!];

    private static bool Numeric(JsonElement tests, double value)
    {
        var parts = tests.EnumerateArray().ToList();
        for (var i = 0; i + 1 < parts.Count; i += 2)
        {
            var bound = parts[i + 1].GetDouble();
            var holds = parts[i].GetString() switch
            {
                "=" => value == bound,
                "<" => value < bound,
                "<=" => value <= bound,
                ">" => value > bound,
                ">=" => value >= bound,
                _ => false,
            };
            if (!holds)
                return false;
        }

        return true;
    }

    private static bool Same(JsonElement first, JsonElement second) => first.ValueKind == second.ValueKind && first.ValueKind switch
    {
        JsonValueKind.String => first.GetString() == second.GetString(),
        // "EventBridge matches numbers by their text: 300, 300.0 and 3.0e2 are not equal."
        JsonValueKind.Number => first.GetRawText() == second.GetRawText(),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
        _ => false,
    };

    /// <summary>EventBridge's wildcard knows only the asterisk; a backslash makes it literal.</summary>
    private static bool Glob(string pattern, string text) =>
        Protocol.Wildcard.Matches(pattern.Replace("?", "\\?", StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture), text);
}
