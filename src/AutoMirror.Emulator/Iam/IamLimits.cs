using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>The limits that IAM's service model sets for the members of its requests.</summary>
internal static class IamLimits
{
    private const string NamePattern = @"[\w+=,.@-]+";
    private const string DocumentPattern = @"[\u0009\u000A\u000D\u0020-\u00FF]+";
    private const string DescriptionPattern = @"[\u0009\u000A\u000D\u0020-\u007E\u00A1-\u00FF]*";
    private const int LongestDocument = 131_072;

    private static readonly Limit RoleName = Limit.Needed("RoleName", 1, 64) with { Pattern = NamePattern };
    private static readonly Limit PolicyName = Limit.Needed("PolicyName", 1, 128) with { Pattern = NamePattern };
    private static readonly Limit PolicyArn = Limit.Needed("PolicyArn", 20, 2048);
    private static readonly Limit VersionId = Limit.Needed("VersionId") with { Pattern = @"v[1-9][0-9]*(\.[A-Za-z0-9-]*)?" };
    private static readonly Limit MaxSessionDuration = Limit.Of("MaxSessionDuration", 3600, 43_200);
    private static readonly Limit Description = Limit.Of("Description", 0, 1000) with { Pattern = DescriptionPattern };

    private static readonly Limit[] Page =
    [
        Limit.Of("MaxItems", 1, 1000), Limit.Of("Marker", 1, 320), Limit.Of("PathPrefix", 1, 512) with { Pattern = "/[\u0021-\u007F]*" },
    ];

    private static readonly Limit[] Tags =
    [
        Limit.Of("Tags", 0, 50), Limit.Needed("Tags[].Key", 1, 128) with { Pattern = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+" },
        Limit.Needed("Tags[].Value", 0, 256) with { Pattern = @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*" },
    ];

    public static IEnumerable<Limit> Of(string action) => action switch
    {
        "CreateRole" =>
        [
            Limit.Of("Path", 1, 512) with { Pattern = @"(\u002F)|(\u002F[\u0021-\u007E]+\u002F)" }, RoleName,
            Document("AssumeRolePolicyDocument"), Description, MaxSessionDuration, Limit.Of("PermissionsBoundary", 20, 2048), .. Tags,
        ],
        "UpdateRole" => [RoleName, Description, MaxSessionDuration],
        "UpdateAssumeRolePolicy" => [RoleName, Document("PolicyDocument")],
        "PutRolePermissionsBoundary" => [RoleName, Limit.Needed("PermissionsBoundary", 20, 2048)],
        "TagRole" => [RoleName, Limit.Needed("Tags"), .. Tags],
        "UntagRole" => [RoleName, Limit.Needed("TagKeys", 0, 50), Limit.Of("TagKeys[]", 1, 128)],
        "PutRolePolicy" => [RoleName, PolicyName, Document("PolicyDocument")],
        "GetRolePolicy" or "DeleteRolePolicy" => [RoleName, PolicyName],
        "AttachRolePolicy" or "DetachRolePolicy" => [RoleName, PolicyArn],
        "CreatePolicy" =>
        [
            PolicyName, Limit.Of("Path", 1, 512) with { Pattern = @"((/[A-Za-z0-9\.,\+@=_-]+)*)/" }, Document("PolicyDocument"),
            Limit.Of("Description", 0, 1000), .. Tags,
        ],
        "CreatePolicyVersion" => [PolicyArn, Document("PolicyDocument")],
        "GetPolicyVersion" or "DeletePolicyVersion" or "SetDefaultPolicyVersion" => [PolicyArn, VersionId],
        "GetPolicy" or "DeletePolicy" => [PolicyArn],
        "ListPolicyVersions" or "ListEntitiesForPolicy" => [PolicyArn, .. Page],
        "TagPolicy" => [PolicyArn, Limit.Needed("Tags"), .. Tags],
        "UntagPolicy" => [PolicyArn, Limit.Needed("TagKeys", 0, 50), Limit.Of("TagKeys[]", 1, 128)],
        "ListRoles" => Page,
        "ListPolicies" => [Limit.OneOf("Scope", "All", "AWS", "Local"), .. Page],
        "ListRolePolicies" or "ListAttachedRolePolicies" or "ListInstanceProfilesForRole" or "ListRoleTags" => [RoleName, .. Page],
        _ => [RoleName],
    };

    private static Limit Document(string name) => Limit.Needed(name, 1, LongestDocument) with { Pattern = DocumentPattern };
}
