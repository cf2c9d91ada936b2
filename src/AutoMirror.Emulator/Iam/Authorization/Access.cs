using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.Sqs;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// Whether callers may do what they ask. Sessions of roles that IAM holds are bound by their policies; every other caller is the
/// account's administrator.
/// </summary>
internal sealed class Access(Cloud cloud)
{
    private readonly AccessRequests _requests = new(cloud);
    private readonly Principals _principals = new(cloud);

    /// <summary>Refuses a call that its caller may not make, in the service's own words.</summary>
    public void Check(ServiceCall call, string? userAgent)
    {
        var caller = cloud.Callers.Of(call.AccessKeyId);
        if (caller.Role is not { } name || cloud.Iam.Roles.Find(name) is not { } role || !AccessRequests.NeedPermission(call))
            return;
        cloud.Iam.Roles.Change(name, used => used with { LastUsed = cloud.Now });
        var context = _principals.ContextOf(caller, role).With("aws:UserAgent", userAgent);
        foreach (var (request, resourcePolicy) in _requests.Of(call, context))
        {
            if (Decide(caller, role, request, resourcePolicy) is { IsAllowed: false } decision)
                throw AccessErrors.Refuse(call, caller, request, decision);
        }
    }

    /// <summary>Whether Lambda may do something in the name of a function's role.</summary>
    public bool MayRole(Role role, string action, string resource, string? resourcePolicy = null)
    {
        var caller = cloud.Callers.SessionOf(role, "lambda");
        var request = new AccessRequest(action, resource, _principals.ContextOf(caller, role).With("aws:ViaAWSService", "true"));
        return Decide(caller, role, request, resourcePolicy).IsAllowed;
    }

    /// <summary>Whether a role's trust policy lets a service assume it.</summary>
    public bool MayBeAssumedBy(Role role, string service) =>
        ServiceMay(role.TrustPolicy, service, new("sts:AssumeRole", role.Arn, Principals.ContextOfService(cloud, service, null)));

    /// <summary>Whether a queue's policy lets a service send to it for one of the account's resources.</summary>
    public bool MayService(string service, Queue queue, string sourceArn) =>
        ServiceMay(queue.Policy, service, new("sqs:SendMessage", queue.Arn, Principals.ContextOfService(cloud, service, sourceArn)));

    /// <summary>Whether a function's policy lets a service invoke it for one of the account's resources.</summary>
    public bool MayService(string service, Lambda.LambdaFunction function, string sourceArn) => ServiceMay(
        function.Policy.IsEmpty ? null : function.Policy.Text, service,
        new("lambda:InvokeFunction", function.Arn, Principals.ContextOfService(cloud, service, sourceArn)));

    /// <summary>Whether a caller may assume a role, by its trust policy and, unless that names the caller, by the caller's own
    /// policies.</summary>
    public Decision MayAssume(Caller caller, Role role, RequestContext context)
    {
        var request = new AccessRequest("sts:AssumeRole", role.Arn, context);
        var trust = role.Trust;
        var arns = Principals.ArnsOf(cloud, caller);
        var relevant = trust.Statements.Where(statement => statement.Applies(request, trust.HasVariables)).ToList();
        if (relevant.Find(statement => !statement.Allows && IsNamed(statement)) is { } denial)
            return Decision.Denied(denial, "resource-based policy");
        if (relevant.Find(statement => statement.Allows && statement.Principals?.HasOneOf(arns) == true) is { } direct)
            return Decision.Allowed(direct);
        var account = relevant.Find(statement => statement.Allows && statement.Principals?.HasAccount(cloud.Options.AccountId) == true);
        if (account is null)
            return Decision.NotAllowed("resource-based policy", request.Action);
        return caller.Role is { } name && cloud.Iam.Roles.Find(name) is { } own
            ? _principals.PoliciesOf(caller, own, null).Decide(request)
            : Decision.Allowed(account);

        bool IsNamed(PolicyStatement statement) =>
            statement.Principals is { } named && (named.HasOneOf(arns) || named.HasAccount(cloud.Options.AccountId));
    }

    private Decision Decide(Caller caller, Role role, AccessRequest request, string? resourcePolicy)
    {
        using var turn = cloud.Enter();
        var policies = _principals.PoliciesOf(caller, role, resourcePolicy);
        var decision = policies.Decide(request);
        cloud.Iam.Record(new(
            role.Name, request.Action, request.Resource, decision.IsAllowed,
            [.. policies.Allowing(request).Select(statement => statement.Sid ?? "").Distinct()]));
        return decision;
    }

    private static bool ServiceMay(string? policy, string service, AccessRequest request)
    {
        if (policy is null)
            return false;
        var document = PolicyDocument.Of(policy);
        var relevant = document.Statements.Where(statement =>
            statement.Principals?.HasService(service) == true && statement.Applies(request, document.HasVariables)).ToList();
        return relevant.Exists(statement => statement.Allows) && relevant.TrueForAll(statement => statement.Allows);
    }
}
