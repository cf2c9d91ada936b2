using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// CloudWatch in Smithy RPC v2 CBOR, the first of the three protocols that its service model names: the path names service and action.
/// </summary>
internal sealed class CloudWatchCbor(Cloud cloud)
{
    private const string Type = "application/cbor";

    private readonly CloudWatchApi _api = new(cloud);

    public string Service => _api.Service;

    /// <summary>The action in a path such as <c>/service/…/operation/GetMetricData</c>; null for another path.</summary>
    public static string? ActionIn(string path) =>
        path.Split('/') is ["", "service", CloudWatchApi.Target, "operation", var action] ? action : null;

    public WireReply Answer(string action, byte[] body, string requestId) =>
        Reply(200, _api.Do(action, Read(body)), requestId);

    /// <summary>All values by their dotted names, for the log and for IAM; none of a body that is not CBOR, which is refused.</summary>
    public static IReadOnlyDictionary<string, string> Flatten(byte[] body)
    {
        try
        {
            return JsonInput.Flatten(Read(body));
        }
        catch (AwsException)
        {
            return new Dictionary<string, string>();
        }
    }

    public static WireReply Fail(AwsException error, string requestId)
    {
        var reply = Reply(error.Status, new() { ["__type"] = error.Code, ["message"] = error.Message }, requestId);
        return error.QueryCode is { } code ? reply.With("x-amzn-query-error", $"{code};Sender") : reply;
    }

    /// <summary>The members as JSON brings them: with numbers that can be read as any type, and without those that are null.</summary>
    private static JsonObject Read(byte[] body)
    {
        if (body.Length == 0)
            return [];
        var input = Cbor.Read(body) as JsonObject ?? throw JsonInput.Invalid("The body is no structure.");
        return JsonInput.Parse(Encoding.UTF8.GetBytes(input.ToJsonString()));
    }

    private static WireReply Reply(int status, JsonObject output, string requestId) => new WireReply(status, Type, Cbor.Write(output))
    {
        Headers = [("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-requestid", requestId)],
    };
}
