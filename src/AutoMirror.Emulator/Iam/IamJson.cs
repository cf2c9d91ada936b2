using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>Roles and policies as IAM writes them. Policies are encoded as in URLs (RFC 3986).</summary>
internal static class IamJson
{
    public static JsonObject Write(Role role, bool withDetails = true)
    {
        var node = new JsonObject
        {
            ["Path"] = role.Path, ["RoleName"] = role.Name, ["RoleId"] = role.Id, ["Arn"] = role.Arn,
            ["CreateDate"] = JsonTimes.Of(role.Created), ["AssumeRolePolicyDocument"] = Uri.EscapeDataString(role.TrustPolicy),
        }.WithAny("Description", role.Description);
        node["MaxSessionDuration"] = role.MaxSessionDuration;
        // "ListRoles does not return PermissionsBoundary, RoleLastUsed and Tags."
        if (!withDetails)
            return node;
        if (role.PermissionsBoundary is { } boundary)
        {
            node["PermissionsBoundary"] =
                new JsonObject { ["PermissionsBoundaryType"] = "Policy", ["PermissionsBoundaryArn"] = boundary };
        }

        if (role.Tags.Count > 0)
            node["Tags"] = Write(role.Tags);
        node["RoleLastUsed"] = role.LastUsed is { } used ? new JsonObject { ["LastUsedDate"] = JsonTimes.Of(used) } : new JsonObject();
        return node;
    }

    public static JsonObject Write(ManagedPolicies policies, ManagedPolicy policy) => new JsonObject
    {
        ["PolicyName"] = policy.Name, ["PolicyId"] = policy.Id, ["Arn"] = policy.Arn, ["Path"] = policy.Path,
        ["DefaultVersionId"] = policy.DefaultVersionId, ["AttachmentCount"] = policies.AttachmentsOf(policy.Arn),
        ["PermissionsBoundaryUsageCount"] = policies.BoundariesOf(policy.Arn), ["IsAttachable"] = true,
        ["CreateDate"] = JsonTimes.Of(policy.Created), ["UpdateDate"] = JsonTimes.Of(policy.Updated),
    }.WithAny("Description", policy.Description).WithAny("Tags", policy.Tags.Count == 0 ? null : Write(policy.Tags));

    public static JsonObject Write(ManagedPolicy policy, PolicyVersion version, bool withDocument)
    {
        var node = new JsonObject
        {
            ["VersionId"] = version.Id, ["IsDefaultVersion"] = version.Id == policy.DefaultVersionId,
            ["CreateDate"] = JsonTimes.Of(version.Created),
        };
        if (withDocument)
            node["Document"] = Uri.EscapeDataString(version.Document);
        return node;
    }

    public static JsonArray Write(IEnumerable<KeyValuePair<string, string>> tags) =>
        tags.Select(tag => new JsonObject { ["Key"] = tag.Key, ["Value"] = tag.Value }).ToJsonArray();
}
