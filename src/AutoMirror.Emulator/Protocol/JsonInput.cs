using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>The bodies of AWS JSON requests.</summary>
internal static class JsonInput
{
    public static AwsException Invalid(string message) => new("SerializationException", message);

    public static AwsException Missing(string name) => new("MissingParameter", $"The request must contain the parameter {name}.");

    /// <summary>The request as a service reads it: a structure without members that are null.</summary>
    public static JsonObject Parse(byte[] body)
    {
        var input = Read(body) as JsonObject ?? throw Invalid("Start of structure or map found where not expected.");
        DropNulls(input);
        return input;
    }

    /// <summary>All values by their dotted names, for the log; none of a body that is not JSON, which the service itself refuses.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(byte[] body)
    {
        try
        {
            return Flatten(Read(body));
        }
        catch (AwsException)
        {
            // Logged without parameters.
            return new Dictionary<string, string>();
        }
    }

    public static Dictionary<string, string> Flatten(JsonNode? input)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Walk("", input);
        return flat;

        void Walk(string prefix, JsonNode? node)
        {
            switch (node)
            {
                case JsonObject fields:
                    foreach (var (name, value) in fields)
                        Walk(prefix.Length == 0 ? name : $"{prefix}.{name}", value);
                    break;
                case JsonArray items:
                    foreach (var (i, item) in items.Index())
                        Walk($"{prefix}.{i + 1}", item);
                    break;
                case not null:
                    flat[prefix] = node.ToString();
                    break;
            }
        }
    }

    /// <summary>A member that is null counts as not given. A list can't hold null, since nothing in it can be left out.</summary>
    private static void DropNulls(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in fields.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
                fields.Remove(name);
        }

        foreach (var inner in node switch { JsonObject filled => filled.Select(pair => pair.Value), JsonArray list => list, _ => [] })
            DropNulls(inner ?? throw Invalid("A list holds null."));
    }

    private static JsonNode? Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body.Length == 0 ? "{}"u8 : body);
        }
        catch (JsonException)
        {
            throw Invalid("");
        }
    }
}
