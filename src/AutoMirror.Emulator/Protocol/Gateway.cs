using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.Ssm;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Protocol;

/// <summary>All AWS APIs on one endpoint: finds the service and the action, has it done, writes it down.</summary>
internal sealed class Gateway(Cloud cloud)
{
    private readonly Ec2Api ec2 = new(cloud);
    private readonly StsApi sts = new(cloud);
    private readonly JsonApi[] jsonApis = [new SsmApi(cloud), new EventsApi(cloud), new SqsApi(cloud)];
    private readonly ApiCallTrail trail = new(cloud);

    /// <summary>What will befall a request; decided before it is answered, so that half of its latency can lie before.</summary>
    public Fate Draw(WireRequest request)
    {
        using (cloud.Enter())
            return cloud.RequestFaults is null && cloud.Latency is null ? Fate.None : Fate.Draw(cloud, NameOf(request));
    }

    public WireReply Answer(WireRequest request, Fate fate)
    {
        var call = Recognise(request);
        try
        {
            if (fate.Kind == FateKind.InternalError)
                throw Ec2Errors.InternalError();
            if (fate.Kind == FateKind.Unavailable)
                throw Ec2Errors.Unavailable();
            if (fate.Kind == FateKind.Throttled || !cloud.TryTakeToken(call.Service, call.Action, IsUnfiltered(call), Resources(call)))
                throw call.Service == "ec2" ? Ec2Errors.RequestLimitExceeded() : SsmErrors.Throttling();
            if (cloud.Allows is { } allows && !allows(call.AccessKeyId, $"{call.Service}:{call.Action}"))
                throw call.Service == "ec2" ? Ec2Errors.UnauthorizedOperation()
                    : new AwsException("AccessDeniedException", $"User is not authorized to perform: {call.Service}:{call.Action}");
            var reply = call.Work();
            Log(call, LoggedRequest.Ok);
            if (IsTrailed(call))
                trail.Record(call, request.Header("User-Agent"), reply);
            return reply;
        }
        catch (AwsException error)
        {
            Log(call, error.Code);
            if (IsTrailed(call))
                trail.Record(call, request.Header("User-Agent"), error);
            return call.Fail(error);
        }
    }

    private ServiceCall Recognise(WireRequest request)
    {
        string requestId;
        using (cloud.Enter())
            requestId = cloud.Seeded.Uuid();
        var (accessKey, scope) = request.Credential;
        if (request.Header("X-Amz-Target") is { } target)
            return RecogniseJson(request, target, requestId, accessKey);
        var flat = Flatten(request);
        var parameters = Parameters.From(flat);
        var action = parameters.Text("Action") ?? "";
        var version = parameters.Text("Version") ?? "";
        var service = scope ?? version switch { StsApi.Version => "sts", _ => "ec2" };
        return service switch
        {
            "sts" => Call(() => sts.Answer(action, parameters, requestId, accessKey), error => StsApi.Fail(error, requestId)),
            "ec2" => Call(() => ec2.Answer(action, parameters, requestId, accessKey), error => Ec2Api.Fail(error, requestId)),
            _ => Call(() => throw Ec2Errors.InvalidAction(action, version), error => Ec2Api.Fail(error, requestId)),
        };

        ServiceCall Call(Func<WireReply> work, Func<AwsException, WireReply> fail) =>
            new(service, action, requestId, accessKey, flat, work, fail);
    }

    private ServiceCall RecogniseJson(WireRequest request, string target, string requestId, string? accessKey)
    {
        var action = target[(target.IndexOf('.') + 1)..];
        var api = jsonApis.FirstOrDefault(api => target.StartsWith(api.TargetPrefix + ".", StringComparison.Ordinal));
        var parameters = JsonApi.Flatten(request.Body);
        return new(
            api?.Service ?? target.Split('.')[0], action, requestId, accessKey, parameters,
            () => api?.Answer(action, request.Body, requestId, accessKey) ?? throw new AwsException("UnknownOperationException", ""),
            error => JsonApi.Fail(error, requestId, api?.Version ?? "1.1"));
    }

    private static Dictionary<string, string> Flatten(WireRequest request)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Query)
            if (!name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
                flat[name] = value;
        foreach (var pair in Encoding.UTF8.GetString(request.Body).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=');
            flat[WebUtility.UrlDecode(at < 0 ? pair : pair[..at])] = at < 0 ? "" : WebUtility.UrlDecode(pair[(at + 1)..]);
        }

        return flat;
    }

    private string NameOf(WireRequest request)
    {
        var call = Recognise(request);
        return $"{call.Service}:{call.Action}";
    }

    private static bool IsUnfiltered(ServiceCall call) =>
        !call.Parameters.Keys.Any(name => name is "MaxResults" or "NextToken" || name.StartsWith("Filter.", StringComparison.Ordinal));

    /// <summary>How many resources a request touches, for the buckets that count them.</summary>
    private static int Resources(ServiceCall call) =>
        call.Parameters.TryGetValue("MaxCount", out var count) && int.TryParse(count, out var instances)
        ? instances
        : Math.Max(1, call.Parameters.Keys.Count(name => name.StartsWith("InstanceId.", StringComparison.Ordinal)));

    private bool IsTrailed(ServiceCall call) => cloud.Options.Trail && call.Service == "ec2";

    private void Log(ServiceCall call, string outcome)
    {
        using (cloud.Enter())
            cloud.Requests.Add(new(cloud.Now, call.Service, call.Action, call.Parameters, call.AccessKeyId, outcome));
    }
}

/// <summary>A service that speaks AWS JSON, told by the prefix of X-Amz-Target.</summary>
internal abstract class JsonApi(string service, string targetPrefix, string version)
{
    protected delegate JsonNode? Handler(JsonObject input, string? accessKeyId);

    public string Service => service;

    public string TargetPrefix => targetPrefix;

    public string Version => version;

    protected abstract Handler? Find(string action);

    public WireReply Answer(string action, byte[] body, string requestId, string? accessKeyId)
    {
        var handler = Find(action) ?? throw new AwsException("UnknownOperationException", "");
        var output = handler(Parse(body), accessKeyId);
        return new(200, $"application/x-amz-json-{version}",
            Encoding.UTF8.GetBytes(output?.ToJsonString(JsonForm.Options) ?? "{}")) { Headers = [("x-amzn-RequestId", requestId)] };
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
