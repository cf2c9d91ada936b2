using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>A service that speaks AWS JSON, told by the prefix of X-Amz-Target.</summary>
internal abstract class JsonApi(string service, string targetPrefix, string version)
{
    protected delegate JsonNode? Handler(JsonObject input, string? accessKeyId);

    public string Service => service;

    public string TargetPrefix => targetPrefix;

    public string Version => version;

    protected abstract Handler? Find(string action);

    /// <summary>What the service model says of the members of an action's request.</summary>
    protected virtual IEnumerable<Limit> LimitsOf(string action) => [];

    public WireReply Answer(string action, byte[] body, string requestId, string? accessKeyId)
    {
        var handler = Find(action) ?? throw new AwsException("UnknownOperationException", "");
        var input = Parse(body);
        DropNulls(input);
        Limit.Check(input, LimitsOf(action));
        var output = Handle(handler, input, accessKeyId);
        return new(200, $"application/x-amz-json-{version}",
            Encoding.UTF8.GetBytes(output?.ToJsonString(JsonForm.Options) ?? "{}"))
        { Headers = [("x-amzn-RequestId", requestId)] };
    }

    /// <summary>A value of another type than the service model has is the caller's error.</summary>
    private static JsonNode? Handle(Handler handler, JsonObject input, string? accessKeyId)
    {
        try
        {
            return handler(input, accessKeyId);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw new AwsException("SerializationException", error.Message);
        }
    }

    public static WireReply Fail(AwsException error, string requestId, string version) => new(
        error.Status, $"application/x-amz-json-{version}",
        Encoding.UTF8.GetBytes(new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }.ToJsonString(JsonForm.Options)))
    {
        Headers = error.QueryCode is { } code ? [("x-amzn-RequestId", requestId), ("x-amzn-query-error", $"{code};Sender")]
            : [("x-amzn-RequestId", requestId)],
    };

    public static IReadOnlyDictionary<string, string> Flatten(byte[] body)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        try
        {
            Walk("", JsonNode.Parse(body.Length == 0 ? "{}"u8 : body));
        }
        catch (JsonException)
        {
            // The service itself refuses it.
        }

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

    /// <summary>A member that is null is a member that is not there; in a list there is nothing that could be absent.</summary>
    private static void DropNulls(JsonNode node)
    {
        if (node is JsonObject fields)
        {
            foreach (var name in fields.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
                fields.Remove(name);
        }

        foreach (var inner in node switch { JsonObject filled => filled.Select(pair => pair.Value), JsonArray list => list, _ => [] })
            DropNulls(inner ?? throw new AwsException("SerializationException", "A list holds null."));
    }

    private static JsonObject Parse(byte[] body)
    {
        try
        {
            return body.Length == 0 ? [] : JsonNode.Parse(body) as JsonObject
                ?? throw new AwsException("SerializationException", "Start of structure or map found where not expected.");
        }
        catch (JsonException)
        {
            throw new AwsException("SerializationException", "");
        }
    }
}
