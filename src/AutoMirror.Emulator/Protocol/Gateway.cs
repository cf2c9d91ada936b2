using System.Net;
using System.Text;
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
    private readonly Ec2Api _ec2 = new(cloud);
    private readonly StsApi _sts = new(cloud);
    private readonly JsonApi[] _jsonApis = [new SsmApi(cloud), new EventsApi(cloud), new SqsApi(cloud)];
    private readonly ApiCallTrail _trail = new(cloud);

    /// <summary>What will befall a request; decided before it is answered, so that half of its latency can lie before.</summary>
    public Fate Draw(WireRequest request)
    {
        using (cloud.Enter())
            return cloud.RequestFaults is null && cloud.Latency is null ? Fate.None : Fate.Draw(cloud, NameOf(request));
    }

    /// <summary>Answers within one turn: what an answer tells was so at one moment.</summary>
    public WireReply Answer(WireRequest request, Fate fate)
    {
        var call = Recognise(request);
        using var turn = cloud.Enter();
        try
        {
            if (fate.Kind == FateKind.InternalError)
                throw Ec2Errors.InternalError();
            if (fate.Kind == FateKind.Unavailable)
                throw Ec2Errors.Unavailable();
            if (fate.Kind == FateKind.Throttled || !cloud.TryTakeToken(call.Service, call.Action, IsUnfiltered(call), Resources(call)))
                throw call.Service == "ec2" ? Ec2Errors.RequestLimitExceeded() : SsmErrors.Throttling();
            if (cloud.Allows is { } allows && !allows(call.AccessKeyId, $"{call.Service}:{call.Action}"))
            {
                throw call.Service == "ec2" ? Ec2Errors.UnauthorizedOperation()
                    : new AwsException("AccessDeniedException", $"User is not authorized to perform: {call.Service}:{call.Action}");
            }

            var reply = call.Work();
            Log(call, LoggedRequest.Ok);
            if (IsTrailed(call))
                _trail.Record(call, request.Header("User-Agent"), reply);
            return reply;
        }
        catch (AwsException error)
        {
            Log(call, error.Code);
            if (IsTrailed(call))
                _trail.Record(call, request.Header("User-Agent"), error);
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
            "sts" => Call(() => _sts.Answer(action, parameters, requestId, accessKey), error => StsApi.Fail(error, requestId)),
            "ec2" => Call(() => _ec2.Answer(action, parameters, requestId), error => Ec2Api.Fail(error, requestId)),
            _ => Call(() => throw Ec2Errors.InvalidAction(action, version), error => Ec2Api.Fail(error, requestId)),
        };

        ServiceCall Call(Func<WireReply> work, Func<AwsException, WireReply> fail) =>
            new(service, action, requestId, accessKey, flat, work, fail);
    }

    private ServiceCall RecogniseJson(WireRequest request, string target, string requestId, string? accessKey)
    {
        var action = target[(target.IndexOf('.') + 1)..];
        var api = _jsonApis.FirstOrDefault(api => target.StartsWith(api.TargetPrefix + ".", StringComparison.Ordinal));
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
        {
            if (!name.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase))
                flat[name] = value;
        }

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
