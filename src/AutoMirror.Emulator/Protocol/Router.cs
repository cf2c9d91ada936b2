using System.Text.Json.Nodes;
using AutoMirror.Emulator.CloudWatch;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Iam;
using AutoMirror.Emulator.Lambda;
using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Logs;
using AutoMirror.Emulator.Sns;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.Ssm;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// Finds the service and the action of a request. For JSON services a header names both, for REST services the path does. For Query
/// services the signature names the service, or without a signature the version does.
/// </summary>
internal sealed class Router(Cloud cloud)
{
    private readonly Ec2Api _ec2 = new(cloud);
    private readonly QueryWire[] _queryApis = [StsApi.Wire(cloud), IamApi.Wire(cloud), SnsApi.Wire(cloud), CloudWatchApi.Query(cloud)];
    private readonly ElbApi _elb = new(cloud);
    private readonly CloudWatchCbor _cloudWatch = new(cloud);
    private readonly RestWire _lambda = new(new LambdaApi(cloud), LambdaRoutes.All);
    private readonly InvokeAction _invoke = new(cloud);

    private readonly JsonApi[] _jsonApis =
        [new SsmApi(cloud), new EventsApi(cloud), new SqsApi(cloud), new LogsApi(cloud), new CloudWatchApi(cloud)];

    public ServiceCall Recognise(WireRequest request)
    {
        var requestId = cloud.InTurn(cloud.Seeded.Uuid);
        if (CloudWatchCbor.ActionIn(request.Path) is { } action)
            return RecogniseCbor(request, action, requestId);
        if (request.Header("X-Amz-Target") is { } target)
            return RecogniseJson(request, target, requestId);
        return request.Credential.Service == _lambda.Service || _lambda.Owns(request.Path)
            ? RecogniseRest(request, requestId)
            : RecogniseQuery(request, requestId);
    }

    /// <summary>CloudWatch is the one service here that speaks CBOR. Its path names service and action.</summary>
    private ServiceCall RecogniseCbor(WireRequest request, string action, string requestId) => new(
        _cloudWatch.Service, action, requestId, request.Credential.AccessKeyId, CloudWatchCbor.Flatten(request.Body),
        () => _cloudWatch.Answer(action, request.Body, requestId), error => CloudWatchCbor.Fail(error, requestId));

    private ServiceCall RecogniseQuery(WireRequest request, string requestId)
    {
        var (accessKeyId, scope) = request.Credential;
        var flat = QueryInput.Flatten(request);
        var parameters = Parameters.From(flat);
        var action = parameters.Text("Action") ?? "";
        var version = parameters.Text("Version") ?? "";
        var api = _queryApis.FirstOrDefault(each => scope is null ? each.Version == version : each.Service == scope);
        if (api is not null)
        {
            // STS answers by who calls, which is no parameter of the request.
            var input = api.Service == "sts" ? Parameters.From(flat.Append(new(StsApi.CallerMember, accessKeyId ?? ""))) : parameters;
            return Call(api.Service, () => api.Answer(action, input, requestId), error => api.Fail(error, requestId));
        }

        if (scope is ElbApi.Service || (scope is null && version == ElbApi.Version))
            return Call(ElbApi.Service, () => _elb.Answer(action, parameters, requestId), error => ElbApi.Fail(error, requestId));
        return scope is null or "ec2"
            ? Call("ec2", () => _ec2.Answer(action, parameters, requestId), error => Ec2Api.Fail(error, requestId))
            : Call(scope, () => throw Ec2Errors.InvalidAction(action, version), error => Ec2Api.Fail(error, requestId));

        ServiceCall Call(string service, Func<WireReply> work, Func<AwsException, WireReply> fail) =>
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

    private ServiceCall RecogniseRest(WireRequest request, string requestId)
    {
        if (_lambda.Find(request) is not var (route, members))
            return Call("", members: null, () => throw new AwsException("UnknownOperationException", "", 404));
        var input = ReadOrFail(out var malformed);
        return Call(route.Action, input, () => malformed is not null ? throw malformed
            : route.Action == "Invoke" ? _invoke.Answer(input, requestId)
            : _lambda.Answer(route, input, requestId));

        JsonObject ReadOrFail(out AwsException? error)
        {
            try
            {
                error = null;
                return RestWire.Read(route, members, request);
            }
            catch (AwsException reason)
            {
                error = reason;
                return [];
            }
        }

        ServiceCall Call(string action, JsonObject? members, Func<WireReply> work) => new(
            _lambda.Service, action, requestId, request.Credential.AccessKeyId, RestWire.Flatten(members), work,
            error => RestWire.Fail(error, requestId));
    }
}
