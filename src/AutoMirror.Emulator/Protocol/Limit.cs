using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// The limits that a service model sets for one member: whether it is required, its length or value, its pattern, its values. The path
/// goes through structures and lists: <c>Tags[].Key</c>. A service that checks its model does so before anything else.
/// </summary>
internal sealed record Limit(string Path)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public bool Required { get; init; }

    /// <summary>The least length of a text or a list, or the least value of a number.</summary>
    public long Least { get; init; }

    public long Most { get; init; } = long.MaxValue;

    public string? Pattern { get; init; }

    public IReadOnlyList<string>? Values { get; init; }

    public static Limit Of(string path, long least, long most) => new(path) { Least = least, Most = most };

    public static Limit Needed(string path, long least = 0, long most = long.MaxValue) =>
        new(path) { Required = true, Least = least, Most = most };

    public static Limit OneOf(string path, params string[] values) => new(path) { Values = values };

    /// <summary>Throws one error for everything that is wrong, in the words (seen) that these services share.</summary>
    public static void Check(JsonObject input, IEnumerable<Limit> limits, string code = "ValidationException")
    {
        var wrong = limits.SelectMany(limit => limit.Violations(input)).ToList();
        if (wrong.Count > 0)
        {
            throw new AwsException(
                code, $"{wrong.Count} validation error{(wrong.Count == 1 ? "" : "s")} detected: {string.Join("; ", wrong)}");
        }
    }

    private IEnumerable<string> Violations(JsonObject input) =>
        Find(input, "", Path).SelectMany(found => Violations(found.Place, found.Node));

    private IEnumerable<string> Violations(string place, JsonNode? node)
    {
        if (node is null)
        {
            if (Required)
                yield return $"Value null at '{place}' failed to satisfy constraint: Member must not be null";
            yield break;
        }

        var text = node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;
        var (measured, noun) = node switch
        {
            JsonArray list => (list.Count, "length"),
            JsonValue value when value.TryGetValue<long>(out var number) => (number, "value"),
            _ => (text?.Length ?? Least, "length"),
        };
        if (measured < Least)
            yield return Wrong($"Member must have {noun} greater than or equal to {Least}");
        if (measured > Most)
            yield return Wrong($"Member must have {noun} less than or equal to {Most}");
        if (text is not null && Pattern is not null && !Regex.IsMatch(text, $"^(?:{Pattern})$", RegexOptions.None, Patience))
            yield return Wrong($"Member must satisfy regular expression pattern: {Pattern}");
        if (text is not null && Values is not null && !Values.Contains(text))
            yield return Wrong($"Member must satisfy enum value set: [{string.Join(", ", Values)}]");

        string Wrong(string why) => $"Value '{Shown(node)}' at '{place}' failed to satisfy constraint: {why}";
    }

    private static IEnumerable<(string Place, JsonNode? Node)> Find(JsonNode from, string place, string path)
    {
        var (head, rest) = path.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? (path[..at], path[(at + 1)..]) : (path, "");
        var name = head.EndsWith("[]", StringComparison.Ordinal) ? head[..^2] : head;
        var here = $"{(place.Length == 0 ? "" : place + ".")}{char.ToLowerInvariant(name[0])}{name[1..]}";
        var node = (from as JsonObject)?[name];
        if (name.Length < head.Length)
        {
            return (node as JsonArray ?? []).Index().SelectMany(item => Deeper(
                item.Item, string.Create(CultureInfo.InvariantCulture, $"{here}.{item.Index + 1}.member"), rest));
        }

        // A structure that is not given requires nothing.
        return rest.Length > 0 && node is null ? [] : Deeper(node, here, rest);
    }

    private static IEnumerable<(string Place, JsonNode? Node)> Deeper(JsonNode? node, string place, string rest) =>
        rest.Length == 0 || node is null ? [(place, node)] : Find(node, place, rest);

    private static string Shown(JsonNode node) => node is JsonArray list ? $"[{string.Join(", ", list)}]" : node.ToString();
}
