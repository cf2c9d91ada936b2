using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Lambda;

/// <summary>A function's policy over the wire.</summary>
internal sealed class PermissionActions(Cloud cloud)
{
    public JsonObject Add(JsonObject input)
    {
        using var turn = cloud.Enter();
        var function = cloud.Lambda.Get(input.Required("FunctionName"));
        var id = input.Required("StatementId");
        if (function.Policy.Has(id))
            throw LambdaErrors.StatementExists(id);
        var statement = Statement(function, input);
        function.Policy.Add(id, statement);
        return new() { ["Statement"] = statement.ToJsonString(JsonForm.Options) };
    }

    public JsonObject Get(JsonObject input)
    {
        var function = cloud.Lambda.Get(input.Required("FunctionName"));
        return function.Policy.IsEmpty
            ? throw LambdaErrors.NoPolicy()
            : new() { ["Policy"] = function.Policy.Text, ["RevisionId"] = function.RevisionId };
    }

    public void Remove(JsonObject input)
    {
        var function = cloud.Lambda.Get(input.Required("FunctionName"));
        var id = input.Required("StatementId");
        if (!function.Policy.Has(id))
            throw LambdaErrors.StatementNotFound(id);
        function.Policy.Remove(id);
    }

    private static JsonObject Statement(LambdaFunction function, JsonObject input)
    {
        var principal = input.Required("Principal");
        var conditions = new JsonObject();
        if (input.Text("SourceAccount") is { Length: > 0 } account)
            conditions["StringEquals"] = new JsonObject { ["AWS:SourceAccount"] = account };
        if (input.Text("SourceArn") is { } source)
            conditions["ArnLike"] = new JsonObject { ["AWS:SourceArn"] = source };
        var statement = new JsonObject
        {
            ["Sid"] = input.Required("StatementId"), ["Effect"] = "Allow", ["Principal"] = Principal(principal),
            ["Action"] = input.Required("Action"), ["Resource"] = function.Arn,
        };
        return statement.WithAny("Condition", conditions.Count == 0 ? null : conditions);
    }

    private static JsonNode Principal(string principal)
    {
        if (principal == "*")
            return principal;
        if (principal.EndsWith(".amazonaws.com", StringComparison.Ordinal))
            return new JsonObject { ["Service"] = principal };
        return new JsonObject { ["AWS"] = principal.All(char.IsAsciiDigit) ? $"arn:aws:iam::{principal}:root" : principal };
    }
}
