using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>Who asks, as policies and condition keys see them ("AWS global condition context keys").</summary>
internal sealed class Principals(Cloud cloud)
{
    /// <summary>The ARNs by which a policy can name a caller: those of the role and of the session, or that of the user.</summary>
    public static IReadOnlyList<string> ArnsOf(Cloud cloud, Caller caller) =>
        caller.Role is { } role && cloud.Iam.Roles.Find(role) is { } found ? [found.Arn, caller.Arn] : [caller.Arn];

    /// <summary>The keys that say who asks, when, and from where.</summary>
    public RequestContext ContextOf(Caller caller, Role? role)
    {
        var context = Common(cloud)
            .With("aws:PrincipalArn", role?.Arn ?? caller.Arn)
            .With("aws:PrincipalAccount", cloud.Options.AccountId)
            .With("aws:PrincipalType", role is null ? "User" : "AssumedRole")
            .With("aws:PrincipalIsAWSService", "false")
            .With("aws:ViaAWSService", "false")
            .With("aws:userid", caller.UserId)
            // The endpoint stands for AWS's, which speaks TLS, and is reached from this machine.
            .With("aws:SecureTransport", "true")
            .With("aws:SourceIp", "127.0.0.1");
        return role is null
            ? context.With("aws:username", caller.Session)
            : context.With("aws:MultiFactorAuthPresent", "false").With("sts:RoleSessionName", caller.Session)
                .WithTags("aws:PrincipalTag", role.Tags.SetItems(caller.SessionTags));
    }

    /// <summary>The keys of a request that a service makes for a resource.</summary>
    public static RequestContext ContextOfService(Cloud cloud, string service, string? sourceArn) => Common(cloud)
        .With("aws:PrincipalServiceName", service).With("aws:PrincipalIsAWSService", "true").With("aws:SecureTransport", "true")
        .With("aws:SourceArn", sourceArn).With("aws:SourceAccount", sourceArn is null ? null : cloud.Options.AccountId);

    /// <summary>The policies that bind a session of a role.</summary>
    public PolicySet PoliciesOf(Caller caller, Role role, string? resourcePolicy)
    {
        var arns = ArnsOf(cloud, caller);
        return new()
        {
            Identity =
            [
                .. role.InlinePolicies.Values.Select(PolicyDocument.Of),
                .. role.AttachedPolicies.Select(arn => PolicyDocument.Of(cloud.Iam.Policies.Get(arn).Document)),
            ],
            Boundary = role.PermissionsBoundary is { } boundary ? PolicyDocument.Of(cloud.Iam.Policies.Get(boundary).Document) : null,
            Session = [.. caller.SessionPolicies.Select(PolicyDocument.Of)],
            Resource = resourcePolicy is null ? null : PolicyDocument.Of(resourcePolicy),
            // A policy that names the account leaves it to the identity's own policies: it allows nothing by itself, and can deny.
            IsNamed = statement => statement.NotPrincipals is { } others
                ? !others.HasOneOf(arns) && !others.HasAccount(cloud.Options.AccountId)
                : statement.Principals is { } named
                    && (named.HasOneOf(arns) || (!statement.Allows && named.HasAccount(cloud.Options.AccountId))),
        };
    }

    private static RequestContext Common(Cloud cloud) => new RequestContext()
        .With("aws:CurrentTime", Notation.Time(cloud.Now))
        .With("aws:EpochTime", Notation.Number(cloud.Now.ToUnixTimeSeconds()))
        .With("aws:RequestedRegion", cloud.Options.Region);
}
