using AutoMirror.Emulator.CloudWatch;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.Ssm;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// Finds the service and the action of a request. For JSON services a header names both. For Query services the signature names the
/// service, or without a signature the version does.
/// </summary>
internal sealed class Router(Cloud cloud)
{
    private readonly Ec2Api _ec2 = new(cloud);
    private readonly StsApi _sts = new(cloud);
    private readonly ElbApi _elb = new(cloud);
    private readonly CloudWatchApi _cloudWatch = new(cloud);
    private readonly JsonApi[] _jsonApis = [new SsmApi(cloud), new EventsApi(cloud), new SqsApi(cloud)];

    public ServiceCall Recognise(WireRequest request)
    {
        var requestId = cloud.InTurn(cloud.Seeded.Uuid);
        if (CloudWatchApi.CborAction(request.Path) is { } action)
            return RecogniseCbor(request, action, requestId);
        return request.Header("X-Amz-Target") is { } target
            ? RecogniseJson(request, target, requestId)
            : RecogniseQuery(request, requestId);
    }

    /// <summary>CloudWatch is the one service here that speaks CBOR. Its path names service and action.</summary>
    private ServiceCall RecogniseCbor(WireRequest request, string action, string requestId) => new(
        CloudWatchApi.Service, action, requestId, request.Credential.AccessKeyId, new Dictionary<string, string>(),
        () => _cloudWatch.AnswerCbor(action, request.Body, requestId), error => CloudWatchApi.FailCbor(error, requestId));

    private ServiceCall RecogniseQuery(WireRequest request, string requestId)
    {
        var (accessKeyId, scope) = request.Credential;
        var flat = QueryInput.Flatten(request);
        var parameters = Parameters.From(flat);
        var action = parameters.Text("Action") ?? "";
        var version = parameters.Text("Version") ?? "";
        var service = scope ?? version switch
        {
            StsApi.Version => "sts",
            ElbApi.Version => ElbApi.Service,
            CloudWatchApi.Version => CloudWatchApi.SigningName,
            _ => "ec2",
        };
        return service switch
        {
            "sts" => Call(() => _sts.Answer(action, parameters, requestId, accessKeyId), error => StsApi.Fail(error, requestId)),
            CloudWatchApi.SigningName => Call(
                () => _cloudWatch.AnswerQuery(action, parameters, requestId), error => CloudWatchApi.FailQuery(error, requestId)),
            ElbApi.Service => Call(() => _elb.Answer(action, parameters, requestId), error => ElbApi.Fail(error, requestId)),
            "ec2" => Call(() => _ec2.Answer(action, parameters, requestId), error => Ec2Api.Fail(error, requestId)),
            _ => Call(() => throw Ec2Errors.InvalidAction(action, version), error => Ec2Api.Fail(error, requestId)),
        };

        ServiceCall Call(Func<WireReply> work, Func<AwsException, WireReply> fail) =>
            new(service == CloudWatchApi.SigningName ? CloudWatchApi.Service : service, action, requestId, accessKeyId, flat, work, fail);
    }

    private ServiceCall RecogniseJson(WireRequest request, string target, string requestId)
    {
        var action = target[(target.IndexOf('.') + 1)..];
        if (target.StartsWith(CloudWatchApi.Target + ".", StringComparison.Ordinal))
        {
            return new(
                CloudWatchApi.Service, action, requestId, request.Credential.AccessKeyId, JsonInput.Flatten(request.Body),
                () => _cloudWatch.AnswerJson(action, request.Body, requestId), error => CloudWatchApi.FailJson(error, requestId));
        }

        var api = _jsonApis.FirstOrDefault(api => target.StartsWith(api.TargetPrefix + ".", StringComparison.Ordinal));
        return new(
            api?.Service ?? target.Split('.')[0], action, requestId, request.Credential.AccessKeyId, JsonInput.Flatten(request.Body),
            () => api?.Answer(action, request.Body, requestId) ?? throw JsonApi.UnknownOperation(),
            error => JsonApi.Fail(error, requestId, api?.Version ?? "1.1"));
    }
}
