using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// What a call has to be allowed for: one question for each resource that it touches, by the Service Authorization Reference, "Actions,
/// resources, and condition keys" of each service.
/// </summary>
internal sealed class AccessRequests(Cloud cloud)
{
    private readonly Dictionary<string, IServiceAccess> _services = new(StringComparer.Ordinal)
    {
        ["ec2"] = new Ec2Access(cloud),
        ["ssm"] = new SsmAccess(cloud),
        ["sqs"] = new SqsAccess(cloud),
        ["logs"] = new LogsAccess(cloud),
        ["lambda"] = new LambdaAccess(cloud),
        ["iam"] = new IamAccess(cloud),
        ["events"] = new EventsAccess(cloud),
        ["monitoring"] = new CloudWatchAccess(cloud),
        ["sns"] = new SnsAccess(cloud),
        ["elasticloadbalancing"] = new LoadBalancingAccess(cloud),
    };

    /// <summary>
    /// "No permissions are required to perform GetCallerIdentity"; AssumeRole asks the role's trust policy itself.
    /// </summary>
    public static bool NeedPermission(ServiceCall call) => call is not { Service: "sts", Action: "GetCallerIdentity" or "AssumeRole" };

    /// <summary>The questions, each with the policy of its resource when that has one.</summary>
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context) =>
        _services.TryGetValue(call.Service, out var service)
            ? service.Of(call, context)
            : [(new($"{call.Service}:{call.Action}", "*", context), null)];
}

/// <summary>A service's actions, with their resources and condition keys.</summary>
internal interface IServiceAccess
{
    IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context);
}
