using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>Roles over the wire.</summary>
internal sealed class RoleActions(Cloud cloud)
{
    public Role Of(JsonObject input) => cloud.Iam.Roles.Get(input.Required("RoleName"));

    public static JsonObject Wrapped(Role role) => new() { ["Role"] = IamJson.Write(role) };

    public JsonObject Create(JsonObject input)
    {
        using var turn = cloud.Enter();
        var boundary = input.Text("PermissionsBoundary") is { } arn ? cloud.Iam.Roles.CheckBoundary(arn) : null;
        var tags = IamTags.Read(input);
        var name = input.Required("RoleName");
        cloud.Iam.Roles.Create(name, input.Required("AssumeRolePolicyDocument"), input.Text("Path") ?? "/");
        return Wrapped(cloud.Iam.Roles.Change(name, role => role with
        {
            Description = input.Text("Description"),
            PermissionsBoundary = boundary,
            Tags = tags,
            MaxSessionDuration = input.Integer("MaxSessionDuration") ?? role.MaxSessionDuration,
        }));
    }

    public void Update(JsonObject input) => Change(input, role => role with
    {
        Description = input.Text("Description") ?? role.Description,
        MaxSessionDuration = input.Integer("MaxSessionDuration") ?? role.MaxSessionDuration,
    });

    public JsonObject UpdateDescription(JsonObject input) =>
        Wrapped(Change(input, role => role with { Description = input.Required("Description") }));

    public void PutBoundary(JsonObject input) =>
        cloud.Iam.Roles.SetBoundary(input.Required("RoleName"), input.Required("PermissionsBoundary"));

    public void DeleteBoundary(JsonObject input) => cloud.Iam.Roles.SetBoundary(input.Required("RoleName"), null);

    public void Tag(JsonObject input) => Change(input, role => role with { Tags = IamTags.Merge(role.Tags, input) });

    public void Untag(JsonObject input) => Change(input, role => role with { Tags = role.Tags.RemoveRange(input.Texts("TagKeys")) });

    private Role Change(JsonObject input, Func<Role, Role> change) => cloud.Iam.Roles.Change(input.Required("RoleName"), change);
}
