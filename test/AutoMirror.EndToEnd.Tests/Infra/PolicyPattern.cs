using System.Globalization;
using System.Text.Json.Nodes;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// A regular expression that a JSON text matches when the policy's schema allows it: all that a CloudFormation parameter can check of a
/// document. It uses what the engines of Java (CloudFormation's), .NET and Python agree on. What it can't say: a field that stands twice,
/// and how long an array is.
/// </summary>
internal static class PolicyPattern
{
    private const string Text = """
        "[^"\\]*(?:\\.[^"\\]*)*"
        """;

    /// <summary>The expression for a schema's whole document.</summary>
    public static string Of(JsonNode schema) => $@"^\s*{Value(schema)}\s*$";

    private static string Value(JsonNode schema)
    {
        if (schema["anyOf"] is JsonArray any)
            return Either(any.Select(each => Value(each!)));
        if (schema["enum"] is JsonArray words)
            return $"\"{Either(words.Select(word => word!.ToString()))}\"";
        var types = schema["type"] is JsonArray several ? several.Select(type => type!.ToString()) : [schema["type"]!.ToString()];
        return Either(types.Select(type => type switch
        {
            "null" => "null",
            "boolean" => "(?:true|false)",
            "integer" => Whole((int)schema["minimum"]!, (int)schema["maximum"]!),
            "number" => @"[0-9]+(?:\.[0-9]+)?",
            "string" => TextOf(schema["pattern"]?.ToString()),
            "array" => Several(@"\[", Value(schema["items"]!), @"\]"),
            "object" => Several(@"\{", Members(schema), @"\}"),
            _ => throw new NotSupportedException($"The type {type}"),
        }));
    }

    /// <summary>Parts with commas between. Each is written once: a comma is followed by another, and the last part by the end.</summary>
    private static string Several(string start, string part, string end) => $@"{start}\s*(?:{part}\s*(?:,\s*(?!{end})|(?={end})))*{end}";

    private static string Members(JsonNode schema) => schema["properties"] is JsonObject { Count: > 0 } fields
        ? Either(fields.Select(field => $@"""{field.Key}""\s*:\s*{Value(field.Value!)}"))
        : $@"{TextOf(schema["propertyNames"]?["pattern"]?.ToString())}\s*:\s*{Value(schema["additionalProperties"]!)}";

    /// <summary>A text of a form, in quotes. A form that only forbids beginnings leaves the rest open.</summary>
    private static string TextOf(string? pattern) => pattern switch
    {
        null => Text,
        _ when pattern.StartsWith("^(?!", StringComparison.Ordinal) =>
            $"\"{pattern[1..].Replace("$", "\"", StringComparison.Ordinal)}{Text[1..]}",
        _ => $"\"{pattern.TrimStart('^').TrimEnd('$')}\"",
    };

    private static string Either(IEnumerable<string> forms) =>
        forms.ToList() is [var only] ? only : $"(?:{string.Join('|', forms)})";

    /// <summary>The whole numbers from 0 or 1 to a greatest: those with fewer digits, then those that fall below it at some
    /// digit.</summary>
    private static string Whole(int least, int most)
    {
        var digits = most.ToString(CultureInfo.InvariantCulture);
        List<string> forms = least == 0 ? ["0"] : [];
        if (digits.Length > 1)
            forms.Add(digits.Length == 2 ? "[1-9]" : $"[1-9][0-9]{{0,{digits.Length - 2}}}");
        for (var at = 0; at < digits.Length; at++)
        {
            var (lowest, below) = (at == 0 ? '1' : '0', (char)(digits[at] - 1));
            if (below >= lowest)
                forms.Add(digits[..at] + (below == lowest ? $"{below}" : $"[{lowest}-{below}]") + Any(digits.Length - 1 - at));
        }

        return Either([.. forms, digits]);

        static string Any(int count) => count switch
        {
            0 => "",
            1 => "[0-9]",
            _ => $"[0-9]{{{count}}}",
        };
    }
}
