using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// How services read and write the members of JSON objects. A member of another type than the one that is read is the caller's mistake:
/// <see cref="JsonApi"/> answers it with SerializationException.
/// </summary>
internal static class JsonMembers
{
    public static string? Text(this JsonObject input, string name) => input[name]?.GetValue<string>();

    /// <summary>A member that has to be there. Services that check their models have refused its absence before.</summary>
    public static string Required(this JsonObject input, string name) => input.Text(name) ?? throw JsonInput.Missing(name);

    public static int? Integer(this JsonObject input, string name) => input[name]?.GetValue<int>();

    /// <summary>A flag, which is false when it is not given.</summary>
    public static bool Flag(this JsonObject input, string name) => input[name]?.GetValue<bool>() ?? false;

    /// <summary>A list of texts, which is empty when it is not given.</summary>
    public static List<string> Texts(this JsonObject input, string name) =>
        [.. (input[name] as JsonArray ?? []).Select(item => item!.GetValue<string>())];

    /// <summary>A list of objects, which is empty when it is not given.</summary>
    public static List<JsonObject> Objects(this JsonObject input, string name) =>
        [.. (input[name] as JsonArray ?? []).Select(item => item!.AsObject())];

    /// <summary>Adds a member, unless its value is null: services leave such members out.</summary>
    public static JsonObject WithAny(this JsonObject output, string name, JsonNode? value)
    {
        if (value is not null)
            output[name] = value;
        return output;
    }

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray ToJsonArray(this IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);

    public static JsonObject ToJsonObject(this IEnumerable<KeyValuePair<string, string>> pairs) =>
        new(pairs.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
