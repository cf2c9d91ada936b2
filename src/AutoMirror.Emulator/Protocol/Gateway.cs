using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Events;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Ssm;

namespace AutoMirror.Emulator.Protocol;

/// <summary>
/// All AWS APIs on one endpoint. Refuses a request that is throttled, faulty or not allowed, has every other one answered, and writes it
/// down.
/// </summary>
internal sealed class Gateway(Cloud cloud)
{
    private readonly Router _router = new(cloud);
    private readonly ApiCallTrail _trail = new(cloud);

    /// <summary>What will befall a request. It is decided before the answer, so that half of the latency can come before it, too.</summary>
    public Fate Draw(WireRequest request)
    {
        using (cloud.Enter())
        {
            return cloud.RequestFaults is null && cloud.Latency is null
                ? Fate.None
                : Fate.Draw(cloud, _router.Recognise(request).Name);
        }
    }

    /// <summary>Answers within one turn, so that all of an answer was so at one moment.</summary>
    public WireReply Answer(WireRequest request, Fate fate)
    {
        var startedAt = cloud.Options.Time.GetTimestamp();
        var call = _router.Recognise(request);
        using var turn = cloud.Enter();
        try
        {
            Check(call, fate);
            cloud.Access.Check(call, request.Header("User-Agent"));
            var reply = call.Work();
            Log(call, LoggedRequest.Ok, fate, startedAt);
            if (IsTrailed(call))
                _trail.Record(call, request.Header("User-Agent"), reply);
            return reply;
        }
        catch (AwsException error)
        {
            Log(call, error.Code, fate, startedAt);
            if (IsTrailed(call))
                _trail.Record(call, request.Header("User-Agent"), error);
            return call.Fail(error);
        }
    }

    private void Check(ServiceCall call, Fate fate)
    {
        if (fate.Kind == FateKind.InternalError)
            throw Ec2Errors.InternalError();
        if (fate.Kind == FateKind.Unavailable)
            throw Ec2Errors.Unavailable();
        if (fate.Kind == FateKind.Throttled || !cloud.TryTakeToken(call.Service, call.Action, call.IsUnfiltered, call.Resources))
            throw call.IsEc2 ? Ec2Errors.RequestLimitExceeded() : SsmErrors.Throttling();
        if (cloud.Allows is { } allows && !allows(call.AccessKeyId, call.Name))
        {
            throw call.IsEc2
                ? Ec2Errors.UnauthorizedOperation()
                : new AwsException("AccessDeniedException", $"User is not authorized to perform: {call.Name}");
        }
    }

    private bool IsTrailed(ServiceCall call) => cloud.Options.Trail && call.IsEc2;

    private void Log(ServiceCall call, string outcome, Fate fate, long startedAt) =>
        cloud.Requests.Add(new(cloud.Now, call.Service, call.Action, call.Parameters, call.AccessKeyId, outcome)
        {
            Latency = fate.Latency + cloud.Options.Time.GetElapsedTime(startedAt),
            Fault = fate.Kind == FateKind.Answered ? null : fate.Kind.ToString(),
        });
}
