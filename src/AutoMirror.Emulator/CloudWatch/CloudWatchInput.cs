using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// The members of a request, whichever of three protocols brought it: in the Query protocol all values are texts, and lists are numbered
/// below "member".
/// </summary>
internal static class CloudWatchInput
{
    private const int LongestName = 255;

    /// <summary>The tree that the parameters of a Query request draw.</summary>
    public static JsonObject Of(Parameters parameters)
    {
        var input = new JsonObject();
        foreach (var name in parameters.Names.Where(name => name is not ("Action" or "Version")))
            input[name] = Node(parameters.Structure(name)!);
        return input;
    }

    public static string? AnyText(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw CloudWatchErrors.Validation($"The parameter {name} must be a text."),
    };

    public static string NeededText(this JsonObject input, string name) => input.AnyText(name) ?? throw CloudWatchErrors.Missing(name);

    /// <summary>The name of a metric or of a namespace: 1 to 255 characters, of which the first is no colon.</summary>
    public static string? AnyName(this JsonObject input, string name) =>
        input.AnyText(name) is { } text && (text.Length is 0 or > LongestName || text.StartsWith(':') || text.Any(char.IsControl))
            ? throw CloudWatchErrors.Validation($"The parameter {name} must have between 1 and {LongestName} characters.")
            : input.AnyText(name);

    public static string NeededName(this JsonObject input, string name) => input.AnyName(name) ?? throw CloudWatchErrors.Missing(name);

    public static int? AnyInteger(this JsonObject input, string name) => input[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<long>(out var number) && number is >= int.MinValue and <= int.MaxValue => (int)number,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.TryGetValue<string>(out var text)
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw CloudWatchErrors.Validation($"The parameter {name} must be an integer."),
    };

    public static bool Flag(this JsonObject input, string name, bool otherwise) => input[name] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        JsonValue value when value.TryGetValue<string>(out var text) && bool.TryParse(text, out var flag) => flag,
        _ => throw CloudWatchErrors.Validation($"The parameter {name} must be true or false."),
    };

    /// <summary>A time: seconds since 1970, or ISO 8601.</summary>
    public static DateTimeOffset NeededTime(this JsonObject input, string name)
    {
        if (input[name] is not JsonValue value)
            throw CloudWatchErrors.Missing(name);
        if (value.TryGetValue<double>(out var seconds) && Math.Abs(seconds) < 1e11)
            return DateTimeOffset.UnixEpoch.AddSeconds(seconds);
        if (value.TryGetValue<long>(out var whole) && Math.Abs(whole) < 100_000_000_000)
            return DateTimeOffset.UnixEpoch.AddSeconds(whole);
        return value.TryGetValue<string>(out var text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time
                : throw CloudWatchErrors.Validation($"The parameter {name} must be a time.");
    }

    public static IReadOnlyList<JsonObject> AllObjects(this JsonObject input, string name) =>
    [
        .. List(input, name).Select(item => item as JsonObject ?? throw CloudWatchErrors.Validation($"{name} is a list of structures.")),
    ];

    public static IReadOnlyList<string> AllTexts(this JsonObject input, string name) => [.. List(input, name).Select(item =>
        item is JsonValue value && value.TryGetValue<string>(out var text)
            ? text
            : throw CloudWatchErrors.Validation($"{name} is a list of texts."))];

    private static IEnumerable<JsonNode?> List(JsonObject input, string name) => input[name] switch
    {
        null => [],
        JsonArray list => list,
        JsonObject { Count: 0 } or JsonValue => [],
        _ => throw CloudWatchErrors.Validation($"The parameter {name} must be a list."),
    };

    private static JsonNode? Node(Parameters parameters)
    {
        if (parameters.Structure("member") is not null)
            return new JsonArray([.. parameters.Structures("member").Select(Node)]);
        if (!parameters.Names.Any())
            return parameters.Value;
        var structure = new JsonObject();
        foreach (var name in parameters.Names)
            structure[name] = Node(parameters.Structure(name)!);
        return structure;
    }
}
