using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// CloudWatch in the three protocols that its service model names, in this order: Smithy RPC v2 CBOR, AWS JSON 1.0, and the Query
/// protocol. What differs is how requests and answers are written.
/// </summary>
internal sealed class CloudWatchApi(Cloud cloud)
{
    public const string Version = "2010-08-01";

    /// <summary>The name that IAM has for it.</summary>
    public const string Service = "cloudwatch";

    /// <summary>What signatures call it.</summary>
    public const string SigningName = "monitoring";

    /// <summary>What the headers and the paths of the newer protocols call it.</summary>
    public const string Target = "GraniteServiceVersion20100801";

    private const string Namespace = $"http://monitoring.amazonaws.com/doc/{Version}/";
    private const string JsonType = "application/x-amz-json-1.0";
    private const string CborType = "application/cbor";

    private readonly MetricReads _reads = new(cloud);

    /// <summary>The action in the path of a CBOR request, <c>/service/…/operation/GetMetricData</c>; null for another path.</summary>
    public static string? CborAction(string path) =>
        path.Split('/') is ["", "service", Target, "operation", var action] ? action : null;

    public WireReply AnswerCbor(string action, byte[] body, string requestId) => new(200, CborType, Cbor.Write(Do(action, ReadCbor(body))))
    {
        Headers = [("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-requestid", requestId)],
    };

    public static WireReply FailCbor(AwsException error, string requestId) => new(
        error.Status, CborType, Cbor.Write(new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }))
    {
        Headers = [("smithy-protocol", "rpc-v2-cbor"), ("x-amzn-requestid", requestId), .. QueryError(error)],
    };

    public WireReply AnswerJson(string action, byte[] body, string requestId) =>
        WireReply.Json(200, Render(Do(action, JsonInput.Parse(body)), Seconds), JsonType) with
        {
            Headers = [("x-amzn-requestid", requestId)],
        };

    public static WireReply FailJson(AwsException error, string requestId) =>
        WireReply.Json(error.Status, new JsonObject { ["__type"] = error.Code, ["message"] = error.Message }, JsonType) with
        {
            Headers = [("x-amzn-requestid", requestId), .. QueryError(error)],
        };

    public WireReply AnswerQuery(string action, Parameters parameters, string requestId)
    {
        var body = new XmlBody();
        Write(body, Do(action, CloudWatchInput.Of(parameters)));
        return WireReply.Text(
            200, "text/xml",
            $"<{action}Response xmlns=\"{Namespace}\"><{action}Result>{body}</{action}Result>"
                + $"<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{action}Response>");
    }

    public static WireReply FailQuery(AwsException error, string requestId) => WireReply.Text(
        error.Status, "text/xml",
        $"<ErrorResponse xmlns=\"{Namespace}\"><Error><Type>Sender</Type><Code>{error.QueryCode ?? error.Code}</Code>"
            + $"{new XmlBody().Text("Message", error.Message)}</Error><RequestId>{requestId}</RequestId></ErrorResponse>");

    private JsonObject Do(string action, JsonObject input) => action switch
    {
        "GetMetricData" => _reads.GetMetricData(input),
        "GetMetricStatistics" => _reads.GetMetricStatistics(input),
        "ListMetrics" => _reads.ListMetrics(input),
        _ => throw CloudWatchErrors.InvalidAction(action),
    };

    private static JsonObject ReadCbor(byte[] body) => body.Length == 0
        ? []
        : Cbor.Read(body) as JsonObject ?? throw JsonInput.Invalid("The body is no structure.");

    private static IEnumerable<(string, string)> QueryError(AwsException error) =>
        error.QueryCode is { } code ? [("x-amzn-query-error", $"{code};Sender")] : [];

    private static JsonNode Seconds(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeSeconds());

    /// <summary>The same answer with its times as a protocol writes them.</summary>
    private static JsonNode Render(JsonNode node, Func<DateTimeOffset, JsonNode> time) => node switch
    {
        JsonObject fields => new JsonObject(fields.Select(each => KeyValuePair.Create(each.Key, (JsonNode?)Render(each.Value!, time)))),
        JsonArray list => list.Select(each => Render(each!, time)).ToJsonArray(),
        JsonValue value when value.TryGetValue<DateTimeOffset>(out var moment) => time(moment),
        _ => node.DeepClone(),
    };

    private static void Write(XmlBody body, JsonObject output)
    {
        foreach (var (name, value) in output)
        {
            if (value is JsonArray list)
                body.Structure(name, () => WriteAll(body, list));
            else
                body.Text(name, Text(value!));
        }
    }

    private static void WriteAll(XmlBody body, JsonArray list)
    {
        foreach (var item in list)
        {
            if (item is JsonObject structure)
                body.Structure("member", () => Write(body, structure));
            else
                body.Text("member", Text(item!));
        }
    }

    private static string Text(JsonNode node) => node is JsonValue value && value.TryGetValue<DateTimeOffset>(out var time)
        ? Notation.Time(time)
        : node.ToString();
}
