using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>The times in an answer's structure, until a protocol writes them.</summary>
internal static class JsonTimes
{
    public static JsonNode Of(DateTimeOffset time) => JsonValue.Create(time);

    /// <summary>The time that a value holds; null for any other value.</summary>
    public static DateTimeOffset? Read(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<DateTimeOffset>(out var time) && !value.TryGetValue<string>(out _) ? time : null;

    /// <summary>The same structure with its times as JSON protocols write them: in seconds since 1970, with a fraction.</summary>
    public static JsonObject InSeconds(JsonObject output)
    {
        foreach (var (name, value) in output.ToList())
        {
            if (Convert(value) is { } converted)
                output[name] = converted;
        }

        return output;
    }

    /// <summary>What takes a value's place; null for a value that stays, with its own times converted.</summary>
    private static JsonNode? Convert(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject fields:
                InSeconds(fields);
                return null;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (Convert(items[i]) is { } converted)
                        items[i] = converted;
                }

                return null;
            default:
                return Read(value) is { } time ? time.ToUnixTimeMilliseconds() / 1000.0 : null;
        }
    }
}
