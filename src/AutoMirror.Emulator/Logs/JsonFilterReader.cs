using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AutoMirror.Emulator.Iam.Policies;

namespace AutoMirror.Emulator.Logs;

/// <summary>
/// Reads a filter pattern for JSON: <c>{ ($.level = "ERROR") &amp;&amp; $.seconds &gt; 2 || $.reason NOT EXISTS }</c>. And binds more
/// tightly than or.
/// </summary>
internal sealed partial class JsonFilterReader
{
    private readonly List<string> _tokens;
    private int _at;

    public JsonFilterReader(string pattern)
    {
        if (!pattern.EndsWith('}'))
            throw LogsErrors.InvalidPattern();
        _tokens = [.. Token().Matches(pattern[1..^1]).Select(match => match.Value)];
    }

    public Func<JsonElement, bool> Read()
    {
        var test = ReadOr();
        return _at == _tokens.Count ? test : throw LogsErrors.InvalidPattern();
    }

    private Func<JsonElement, bool> ReadOr()
    {
        var first = ReadAnd();
        while (Take("||"))
        {
            var (left, right) = (first, ReadAnd());
            first = json => left(json) || right(json);
        }

        return first;
    }

    private Func<JsonElement, bool> ReadAnd()
    {
        var first = ReadTest();
        while (Take("&&"))
        {
            var (left, right) = (first, ReadTest());
            first = json => left(json) && right(json);
        }

        return first;
    }

    private Func<JsonElement, bool> ReadTest()
    {
        if (Take("("))
        {
            var inner = ReadOr();
            return Take(")") ? inner : throw LogsErrors.InvalidPattern();
        }

        var selector = Next();
        if (!selector.StartsWith("$.", StringComparison.Ordinal))
            throw LogsErrors.InvalidPattern();
        var path = selector[2..].Split('.', StringSplitOptions.RemoveEmptyEntries);
        var comparison = Next();
        if (comparison is "NOT" && Take("EXISTS"))
            return json => Find(json, path) is null;
        var wanted = Next();
        return comparison switch
        {
            "IS" => json => Find(json, path) is { } value && Is(value, wanted),
            "=" => json => Find(json, path) is { } value && Same(value, wanted),
            "!=" => json => Find(json, path) is { } value && !Same(value, wanted),
            "<" or "<=" or ">" or ">=" => Compare(path, comparison, wanted),
            _ => throw LogsErrors.InvalidPattern(),
        };
    }

    private static Func<JsonElement, bool> Compare(string[] path, string comparison, string wanted)
    {
        if (!double.TryParse(wanted, NumberStyles.Float, CultureInfo.InvariantCulture, out var bound))
            throw LogsErrors.InvalidPattern();
        return json => Find(json, path) is { ValueKind: JsonValueKind.Number } value && (comparison switch
        {
            "<" => value.GetDouble() < bound,
            "<=" => value.GetDouble() <= bound,
            ">" => value.GetDouble() > bound,
            _ => value.GetDouble() >= bound,
        });
    }

    private static bool Is(JsonElement value, string wanted) => wanted switch
    {
        "NULL" => value.ValueKind == JsonValueKind.Null,
        "TRUE" => value.ValueKind == JsonValueKind.True,
        "FALSE" => value.ValueKind == JsonValueKind.False,
        _ => throw LogsErrors.InvalidPattern(),
    };

    private static bool Same(JsonElement value, string wanted)
    {
        var text = wanted is ['"', .. var quoted, '"'] ? quoted : wanted;
        return value.ValueKind switch
        {
            JsonValueKind.String => Glob.Matches(text, value.GetString()!),
            JsonValueKind.Number =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && value.GetDouble() == number,
            _ => false,
        };
    }

    private static JsonElement? Find(JsonElement json, string[] path)
    {
        JsonElement? at = json;
        foreach (var name in path)
            at = at is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var child) ? child : null;
        return at;
    }

    private string Next() => _at < _tokens.Count ? _tokens[_at++] : throw LogsErrors.InvalidPattern();

    private bool Take(string token)
    {
        if (_at >= _tokens.Count || _tokens[_at] != token)
            return false;
        _at++;
        return true;
    }

    [GeneratedRegex("""\|\||&&|[()]|!=|<=|>=|[=<>]|"[^"]*"|[^\s()=<>!&|"]+""")]
    private static partial Regex Token();
}
