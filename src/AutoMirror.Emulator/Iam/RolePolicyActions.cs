using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>Inline policies of roles over the wire.</summary>
internal sealed class RolePolicyActions(Cloud cloud)
{
    public void Put(JsonObject input) =>
        cloud.Iam.Roles.PutPolicy(input.Required("RoleName"), input.Required("PolicyName"), input.Required("PolicyDocument"));

    public JsonObject Get(JsonObject input)
    {
        var (role, name) = (cloud.Iam.Roles.Get(input.Required("RoleName")), input.Required("PolicyName"));
        return role.InlinePolicies.TryGetValue(name, out var document)
            ? new()
            {
                ["RoleName"] = role.Name, ["PolicyName"] = name, ["PolicyDocument"] = Uri.EscapeDataString(document),
            }
            : throw IamErrors.RolePolicyNotFound(name);
    }
}
