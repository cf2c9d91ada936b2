using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>IAM: roles and policies.</summary>
internal sealed class IamAccess(Cloud cloud) : IServiceAccess
{
    public IEnumerable<(AccessRequest Request, string? ResourcePolicy)> Of(ServiceCall call, RequestContext context)
    {
        var known = context.WithRequestTags(call.Tags("Tags"));
        if (call.Text("RoleName") is { } name)
        {
            var role = cloud.Iam.Roles.Find(name);
            known = known.WithResourceTags(role?.Tags ?? State.Resource.NoTags)
                .With("iam:PermissionsBoundary", call.Text("PermissionsBoundary") ?? role?.PermissionsBoundary)
                .With("iam:PolicyARN", call.Text("PolicyArn"));
            return [(new(call.Name, role?.Arn ?? Arn($"role{call.Text("Path") ?? "/"}{name}"), known), null)];
        }

        if (call.Text("PolicyArn") is { } policy)
            return [(new(call.Name, policy, known.WithResourceTags(cloud.Iam.Policies.Find(policy)?.Tags ?? State.Resource.NoTags)), null)];
        var made = call.Text("PolicyName") is { } policyName ? Arn($"policy{call.Text("Path") ?? "/"}{policyName}") : "*";
        return [(new(call.Name, made, known), null)];
    }

    private string Arn(string resource) => $"arn:aws:iam::{cloud.Options.AccountId}:{resource}";
}
