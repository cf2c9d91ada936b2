using System.Net;
using System.Text.Json;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>One entry of a pattern's list: a value that a leaf of the event equals, or an operator ("Comparison operators").</summary>
internal static class PatternOperator
{
    private static readonly string[] Names =
        ["prefix", "suffix", "anything-but", "exists", "numeric", "equals-ignore-case", "wildcard", "cidr"];

    public static bool IsOne(JsonElement entry) => entry.EnumerateObject().ToList() is [var test] && Names.Contains(test.Name);

    public static bool Matches(JsonElement entry, JsonElement leaf)
    {
        if (entry.ValueKind != JsonValueKind.Object)
            return Same(entry, leaf);
        var test = entry.EnumerateObject().First();
        var text = leaf.ValueKind == JsonValueKind.String ? leaf.GetString()! : null;
        return test.Name switch
        {
            "prefix" => text is not null && Affix(test.Value, text.StartsWith),
            "suffix" => text is not null && Affix(test.Value, text.EndsWith),
            "equals-ignore-case" => text is not null && string.Equals(text, test.Value.GetString(), StringComparison.OrdinalIgnoreCase),
            "wildcard" => text is not null && Strings(test.Value).Any(pattern => Glob(pattern, text)),
            "anything-but" => AnythingBut(test.Value, leaf, text),
            "numeric" => leaf.ValueKind == JsonValueKind.Number && Numeric(test.Value, leaf.GetDouble()),
            "cidr" => text is not null && IPNetwork.TryParse(test.Value.GetString(), out var range)
                && IPAddress.TryParse(text, out var address) && range.Contains(address),
            _ => false,
        };
    }

    private static bool AnythingBut(JsonElement excluded, JsonElement leaf, string? text) => excluded.ValueKind switch
    {
        JsonValueKind.Array => !excluded.EnumerateArray().Any(value => Same(value, leaf)),
        JsonValueKind.Object when excluded.EnumerateObject().First() is var test =>
            text is not null && !Strings(test.Value).Any(value => test.Name switch
            {
                "prefix" => text.StartsWith(value, StringComparison.Ordinal),
                "suffix" => text.EndsWith(value, StringComparison.Ordinal),
                "equals-ignore-case" => string.Equals(text, value, StringComparison.OrdinalIgnoreCase),
                "wildcard" => Glob(value, text),
                _ => true,
            }),
        _ => !Same(excluded, leaf),
    };

    private static bool Affix(JsonElement value, Func<string, StringComparison, bool> test) => value.ValueKind == JsonValueKind.Object
        ? test(value.GetProperty("equals-ignore-case").GetString()!, StringComparison.OrdinalIgnoreCase)
        : test(value.GetString()!, StringComparison.Ordinal);

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? value.EnumerateArray().Select(text => text.GetString()!)
        : [value.GetString()!];

    /// <summary>Pairs of a comparison and a bound, all of which have to hold: <c>[">", 0, "&lt;=", 5]</c>.</summary>
    private static bool Numeric(JsonElement tests, double value) => tests.EnumerateArray().Chunk(2).Where(pair => pair.Length == 2)
        .All(pair => Compares(value, pair[0].GetString(), pair[1].GetDouble()));

    private static bool Compares(double value, string? comparison, double bound) => comparison switch
    {
        "=" => value == bound,
        "<" => value < bound,
        "<=" => value <= bound,
        ">" => value > bound,
        ">=" => value >= bound,
        _ => false,
    };

    private static bool Same(JsonElement first, JsonElement second) => first.ValueKind == second.ValueKind && first.ValueKind switch
    {
        JsonValueKind.String => first.GetString() == second.GetString(),
        // "EventBridge matches numbers by their text: 300, 300.0 and 3.0e2 are not equal."
        JsonValueKind.Number => first.GetRawText() == second.GetRawText(),
        JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null => true,
        _ => false,
    };

    /// <summary>EventBridge's wildcard knows only the asterisk, which a backslash makes literal.</summary>
    private static bool Glob(string pattern, string text) => Wildcard.Matches(pattern.Replace("?", "\\?", StringComparison.Ordinal), text);
}
