using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
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
    private readonly JsonApi[] _jsonApis = [new SsmApi(cloud), new EventsApi(cloud), new SqsApi(cloud)];

    public ServiceCall Recognise(WireRequest request)
    {
        var requestId = cloud.InTurn(cloud.Seeded.Uuid);
        return request.Header("X-Amz-Target") is { } target
            ? RecogniseJson(request, target, requestId)
            : RecogniseQuery(request, requestId);
    }

    private ServiceCall RecogniseQuery(WireRequest request, string requestId)
    {
        var (accessKeyId, scope) = request.Credential;
        var flat = QueryInput.Flatten(request);
        var parameters = Parameters.From(flat);
        var action = parameters.Text("Action") ?? "";
        var version = parameters.Text("Version") ?? "";
        var service = scope ?? version switch { StsApi.Version => "sts", _ => "ec2" };
        return service switch
        {
            "sts" => Call(() => _sts.Answer(action, parameters, requestId, accessKeyId), error => StsApi.Fail(error, requestId)),
            "ec2" => Call(() => _ec2.Answer(action, parameters, requestId), error => Ec2Api.Fail(error, requestId)),
            _ => Call(() => throw Ec2Errors.InvalidAction(action, version), error => Ec2Api.Fail(error, requestId)),
        };

        ServiceCall Call(Func<WireReply> work, Func<AwsException, WireReply> fail) =>
            new(service, action, requestId, accessKeyId, flat, work, fail);
    }

    private ServiceCall RecogniseJson(WireRequest request, string target, string requestId)
    {
        var action = target[(target.IndexOf('.') + 1)..];
        var api = _jsonApis.FirstOrDefault(api => target.StartsWith(api.TargetPrefix + ".", StringComparison.Ordinal));
        return new(
            api?.Service ?? target.Split('.')[0], action, requestId, request.Credential.AccessKeyId, JsonInput.Flatten(request.Body),
            () => api?.Answer(action, request.Body, requestId) ?? throw JsonApi.UnknownOperation(),
            error => JsonApi.Fail(error, requestId, api?.Version ?? "1.1"));
    }
}
