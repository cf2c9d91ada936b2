using System.Text.Json.Nodes;
using AutoMirror.Emulator.Iam.Authorization;
using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam;

/// <summary>
/// SimulatePrincipalPolicy for a role: what its policies say to actions on resources, with the condition keys that the caller gives
/// ("IAM policy testing with the IAM policy simulator"). Policies that the request brings along are not emulated.
/// </summary>
internal sealed class Simulation(Cloud cloud)
{
    private readonly Principals _principals = new(cloud);

    public JsonObject Run(JsonObject input)
    {
        var arn = input.Required("PolicySourceArn");
        var role = cloud.Iam.Roles.All.FirstOrDefault(each => each.Arn == arn) ?? throw IamErrors.SourceNotFound(arn);
        var caller = cloud.Callers.SessionOf(role, "simulation");
        var context = new RequestContext();
        foreach (var entry in Structures(input, "ContextEntries"))
            context.With(entry.Required("ContextKeyName"), Texts(entry, "ContextKeyValues"));
        var policies = _principals.PoliciesOf(caller, role, null);
        var resources = Texts(input, "ResourceArns") is { Count: > 0 } named ? named : ["*"];
        var results = from action in Texts(input, "ActionNames")
                      from resource in resources
                      let decision = policies.Decide(new(action, resource, context))
                      select new JsonObject
                      {
                          ["EvalActionName"] = action, ["EvalResourceName"] = resource,
                          ["EvalDecision"] = decision.IsAllowed ? "allowed" : decision.Statement is null ? "implicitDeny" : "explicitDeny",
                          ["MatchedStatements"] = new JsonArray(), ["MissingContextValues"] = new JsonArray(),
                      };
        return new() { ["EvaluationResults"] = results.ToJsonArray(), ["IsTruncated"] = false };
    }

    private static IReadOnlyList<string> Texts(JsonObject input, string name) =>
        [.. (input[name] as JsonArray ?? []).Select(each => each!.GetValue<string>())];

    private static IEnumerable<JsonObject> Structures(JsonObject input, string name) =>
        (input[name] as JsonArray ?? []).Select(each => each!.AsObject());
}
