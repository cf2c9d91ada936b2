using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>IAM's API: roles, their policies, and managed policies. The protocol is AWS Query, version 2010-05-08.</summary>
internal sealed class IamApi(Cloud cloud) : ServiceApi("iam")
{
    private readonly RoleActions _roles = new(cloud);
    private readonly RolePolicyActions _rolePolicies = new(cloud);
    private readonly PolicyActions _policies = new(cloud);
    private readonly Simulation _simulation = new(cloud);

    public static QueryWire Wire(Cloud cloud) => new(
        new IamApi(cloud), "2010-05-08", "https://iam.amazonaws.com/doc/2010-05-08/",
        new() { Numbers = ["MaxItems", "MaxSessionDuration"], Flags = ["SetAsDefault", "OnlyAttached"] });

    protected override IEnumerable<Limit> LimitsOf(string action) => ModelLimits.Iam.Of(action);

    protected override string LimitCode => "ValidationError";

    protected override AwsException InvalidNextToken() => IamErrors.InvalidMarker();

    protected override Handler? Find(string action) => action switch
    {
        "CreateRole" => _roles.Create,
        "GetRole" => input => RoleActions.Wrapped(_roles.Of(input)),
        "ListRoles" => ListRoles,
        "DeleteRole" => Do(input => cloud.Iam.Roles.Delete(Name(input))),
        "UpdateRole" => Do(_roles.Update),
        "UpdateRoleDescription" => _roles.UpdateDescription,
        "UpdateAssumeRolePolicy" => Do(input => cloud.Iam.Roles.UpdateTrust(Name(input), input.Required("PolicyDocument"))),
        "PutRolePermissionsBoundary" => Do(_roles.PutBoundary),
        "DeleteRolePermissionsBoundary" => Do(_roles.DeleteBoundary),
        "TagRole" => Do(_roles.Tag),
        "UntagRole" => Do(_roles.Untag),
        "ListRoleTags" => input => Page("Tags", _roles.Of(input).Tags, tag => tag.Key, input, tag => IamJson.Write([tag])[0]!.DeepClone()),
        "ListInstanceProfilesForRole" => ListInstanceProfiles,
        "PutRolePolicy" => Do(_rolePolicies.Put),
        "GetRolePolicy" => _rolePolicies.Get,
        "DeleteRolePolicy" => Do(input => cloud.Iam.Roles.DeletePolicy(Name(input), input.Required("PolicyName"))),
        "ListRolePolicies" => input => Page("PolicyNames", _roles.Of(input).InlinePolicies.Keys, name => name, input, name => name),
        "AttachRolePolicy" => Do(input => cloud.Iam.Roles.Attach(Name(input), input.Required("PolicyArn"))),
        "DetachRolePolicy" => Do(input => cloud.Iam.Roles.Detach(Name(input), input.Required("PolicyArn"))),
        "ListAttachedRolePolicies" => ListAttached,
        "CreatePolicy" => _policies.Create,
        "GetPolicy" => _policies.Get,
        "ListPolicies" => ListPolicies,
        "DeletePolicy" => Do(input => cloud.Iam.Policies.Delete(Arn(input))),
        "CreatePolicyVersion" => _policies.CreateVersion,
        "GetPolicyVersion" => _policies.GetVersion,
        "ListPolicyVersions" => ListVersions,
        "DeletePolicyVersion" => Do(input => cloud.Iam.Policies.DeleteVersion(Arn(input), input.Required("VersionId"))),
        "SetDefaultPolicyVersion" => Do(_policies.SetDefault),
        "TagPolicy" => Do(_policies.Tag),
        "UntagPolicy" => Do(_policies.Untag),
        "ListEntitiesForPolicy" => ListEntities,
        "SimulatePrincipalPolicy" => _simulation.Run,
        _ => null,
    };

    private static Handler Do(Action<JsonObject> work) => input =>
    {
        work(input);
        return [];
    };

    private static string Name(JsonObject input) => input.Required("RoleName");

    private static string Arn(JsonObject input) => input.Required("PolicyArn");

    private JsonObject ListRoles(JsonObject input)
    {
        var prefix = input.Text("PathPrefix") ?? "/";
        var roles = cloud.Iam.Roles.All.Where(role => role.Path.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(role => role.Name, StringComparer.Ordinal);
        return Page("Roles", roles, role => role.Name, input, role => IamJson.Write(role, withDetails: false));
    }

    private JsonObject ListAttached(JsonObject input)
    {
        var prefix = input.Text("PathPrefix") ?? "/";
        var attached = _roles.Of(input).AttachedPolicies.Select(cloud.Iam.Policies.Get)
            .Where(policy => policy.Path.StartsWith(prefix, StringComparison.Ordinal));
        return Page("AttachedPolicies", attached, policy => policy.Arn, input, PolicyActions.Attached);
    }

    private JsonObject ListPolicies(JsonObject input)
    {
        var (scope, prefix) = (input.Text("Scope") ?? "All", input.Text("PathPrefix") ?? "/");
        var policies = cloud.Iam.Policies.All.Where(policy =>
            (scope == "All" || (scope == "Local") == ManagedPolicies.IsOurs(policy.Arn))
                && policy.Path.StartsWith(prefix, StringComparison.Ordinal)
                && (!input.Flag("OnlyAttached") || cloud.Iam.Policies.AttachmentsOf(policy.Arn) > 0));
        return Page("Policies", policies, policy => policy.Arn, input, policy => IamJson.Write(cloud.Iam.Policies, policy));
    }

    private JsonObject ListVersions(JsonObject input)
    {
        var policy = cloud.Iam.Policies.Get(Arn(input));
        return Page("Versions", policy.Versions, version => version.Id, input,
            version => IamJson.Write(policy, version, withDocument: false));
    }

    /// <summary>There are no instance profiles, users or groups: the lists of them are empty.</summary>
    private JsonObject ListInstanceProfiles(JsonObject input)
    {
        _roles.Of(input);
        return new() { ["InstanceProfiles"] = new JsonArray(), ["IsTruncated"] = false };
    }

    private JsonObject ListEntities(JsonObject input)
    {
        var arn = cloud.Iam.Policies.Get(Arn(input)).Arn;
        var roles = cloud.Iam.Roles.All.Where(role => role.AttachedPolicies.Contains(arn));
        return new()
        {
            ["PolicyGroups"] = new JsonArray(), ["PolicyUsers"] = new JsonArray(),
            ["PolicyRoles"] = roles.Select(role => new JsonObject { ["RoleName"] = role.Name, ["RoleId"] = role.Id }).ToJsonArray(),
            ["IsTruncated"] = false,
        };
    }

    /// <summary>IAM's lists say whether they go on, and call the token a marker; a page has a hundred entries unless asked for.</summary>
    private JsonObject Page<T>(string name, IEnumerable<T> ordered, Func<T, string> key, JsonObject input, Func<T, JsonNode> write)
    {
        var page = Page(name, ordered, key, input, input.Integer("MaxItems") ?? 100, write, "Marker");
        page["IsTruncated"] = page.ContainsKey("Marker");
        return page;
    }
}
