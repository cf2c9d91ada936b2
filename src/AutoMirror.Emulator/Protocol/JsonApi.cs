using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>A service that speaks AWS JSON. The prefix of the header X-Amz-Target says which service a request is for.</summary>
internal abstract class JsonApi(string service, string targetPrefix, string version)
{
    protected delegate JsonObject Handler(JsonObject input);

    public string Service => service;

    public string TargetPrefix => targetPrefix;

    public string Version => version;

    /// <summary>What does an action's work; null for an action that the emulator does not know.</summary>
    protected abstract Handler? Find(string action);

    /// <summary>The limits that the service model sets for the members of an action's request.</summary>
    protected virtual IEnumerable<Limit> LimitsOf(string action) => [];

    /// <summary>The service's error for a page token that it has not given out.</summary>
    protected abstract AwsException InvalidNextToken();

    public WireReply Answer(string action, byte[] body, string requestId)
    {
        var handler = Find(action) ?? throw UnknownOperation();
        var input = JsonInput.Parse(body);
        Limit.Check(input, LimitsOf(action));
        return Reply(200, Handle(handler, input), requestId, version);
    }

    public static AwsException UnknownOperation() => new("UnknownOperationException", "");

    public static WireReply Fail(AwsException error, string requestId, string version)
    {
        var reply = Reply(error.Status, new() { ["__type"] = error.Code, ["message"] = error.Message }, requestId, version);
        return error.QueryCode is { } code ? reply.With("x-amzn-query-error", $"{code};Sender") : reply;
    }

    /// <summary>Answers one page of a list in the order of its keys, as the member of that name, and a token when there is more.</summary>
    protected JsonObject Page<T>(
        string name, IEnumerable<T> ordered, Func<T, string> key, JsonObject input, int most, Func<T, JsonNode> write)
    {
        var page = Paging.Take(name, ordered, key, Paging.Read(name, input.Text("NextToken"), InvalidNextToken), most);
        return new JsonObject { [name] = page.Items.Select(write).ToJsonArray() }.WithAny("NextToken", page.NextToken);
    }

    private static WireReply Reply(int status, JsonObject output, string requestId, string version) =>
        WireReply.Json(status, output, $"application/x-amz-json-{version}").With("x-amzn-RequestId", requestId);

    /// <summary>A value of another type than the service model has is the caller's error.</summary>
    private static JsonObject Handle(Handler handler, JsonObject input)
    {
        try
        {
            return handler(input);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException)
        {
            throw JsonInput.Invalid(error.Message);
        }
    }
}
