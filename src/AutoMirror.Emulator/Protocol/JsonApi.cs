using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Protocol;

/// <summary>A service that speaks AWS JSON. The prefix of the header X-Amz-Target says which service a request is for.</summary>
internal abstract class JsonApi(string service, string targetPrefix, string version) : ServiceApi(service)
{
    public string TargetPrefix => targetPrefix;

    public string Version => version;

    public WireReply Answer(string action, byte[] body, string requestId) =>
        Reply(200, Do(action, Knows(action) ? JsonInput.Parse(body) : []), requestId, version);

    public static AwsException UnknownOperation() => new("UnknownOperationException", "");

    public static WireReply Fail(AwsException error, string requestId, string version)
    {
        var reply = Reply(error.Status, new() { ["__type"] = error.Code, ["message"] = error.Message }, requestId, version);
        return error.QueryCode is { } code ? reply.With("x-amzn-query-error", $"{code};Sender") : reply;
    }

    private static WireReply Reply(int status, JsonObject output, string requestId, string version) =>
        WireReply.Json(status, JsonTimes.InSeconds(output), $"application/x-amz-json-{version}").With("x-amzn-RequestId", requestId);
}
