using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>Managed policies over the wire.</summary>
internal sealed class PolicyActions(Cloud cloud)
{
    private ManagedPolicies Policies => cloud.Iam.Policies;

    public static JsonObject Attached(ManagedPolicy policy) => new() { ["PolicyName"] = policy.Name, ["PolicyArn"] = policy.Arn };

    public JsonObject Create(JsonObject input)
    {
        using var turn = cloud.Enter();
        var tags = IamTags.Read(input);
        var made = Policies.Create(input.Required("PolicyName"), input.Required("PolicyDocument"), input.Text("Path") ?? "/");
        return Wrapped(Policies.Change(made.Arn, policy => policy with { Description = input.Text("Description"), Tags = tags }));
    }

    public JsonObject Get(JsonObject input) => Wrapped(Policies.Get(input.Required("PolicyArn")));

    public JsonObject CreateVersion(JsonObject input)
    {
        var arn = input.Required("PolicyArn");
        var version = Policies.AddVersion(arn, input.Required("PolicyDocument"), input.Flag("SetAsDefault"));
        return new() { ["PolicyVersion"] = IamJson.Write(Policies.Get(arn), version, withDocument: false) };
    }

    public JsonObject GetVersion(JsonObject input)
    {
        var arn = input.Required("PolicyArn");
        var version = Policies.VersionOf(arn, input.Required("VersionId"));
        return new() { ["PolicyVersion"] = IamJson.Write(Policies.Get(arn), version, withDocument: true) };
    }

    public void SetDefault(JsonObject input)
    {
        var (arn, version) = (input.Required("PolicyArn"), input.Required("VersionId"));
        Policies.VersionOf(arn, version);
        Policies.Change(arn, policy => policy with { DefaultVersionId = version });
    }

    public void Tag(JsonObject input) =>
        Policies.Change(input.Required("PolicyArn"), policy => policy with { Tags = IamTags.Merge(policy.Tags, input) });

    public void Untag(JsonObject input) => Policies.Change(
        input.Required("PolicyArn"), policy => policy with { Tags = policy.Tags.RemoveRange(input.Texts("TagKeys")) });

    private JsonObject Wrapped(ManagedPolicy policy) => new() { ["Policy"] = IamJson.Write(Policies, policy) };
}
