using System.Text;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Iam.Authorization;

/// <summary>
/// Refusals in the words of the services: all name the caller, the action, the resource and the kind of policy that is to blame (IAM User
/// Guide, "Troubleshoot access denied error messages"). EC2 adds a message that DecodeAuthorizationMessage reads.
/// </summary>
internal static class AccessErrors
{
    public static AwsException Refuse(ServiceCall call, Caller caller, AccessRequest request, Decision decision)
    {
        var sentence = Sentence(caller.Arn, request, decision);
        if (call.IsEc2)
        {
            return new(
                "UnauthorizedOperation",
                $"You are not authorized to perform this operation. {sentence}. Encoded authorization failure message: "
                    + Encode(caller, request, decision),
                403);
        }

        return call.Service switch
        {
            "iam" or "sts" or "monitoring" or "elasticloadbalancing" => new("AccessDenied", sentence, 403),
            "sns" => new("AuthorizationError", sentence, 403),
            "lambda" => new("AccessDeniedException", sentence, 403),
            "sqs" => new("AccessDeniedException", sentence, 403) { QueryCode = "AccessDenied" },
            _ => new("AccessDeniedException", sentence),
        };
    }

    public static string Sentence(string caller, AccessRequest request, Decision decision) => request.Resource == "*"
        ? $"User: {caller} is not authorized to perform: {request.Action} {decision.Reason}"
        : $"User: {caller} is not authorized to perform: {request.Action} on resource: {request.Resource} {decision.Reason}";

    /// <summary>The message that EC2 encodes; null for a text that is none.</summary>
    public static string? Decode(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded.Replace('-', '+').Replace('_', '/'), bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    private static string Encode(Caller caller, AccessRequest request, Decision decision)
    {
        var message = new JsonObject
        {
            ["allowed"] = false, ["explicitDeny"] = decision.Statement is not null,
            ["matchedStatements"] = new JsonObject
            {
                ["items"] = decision.Statement is { } statement
                    ? new JsonArray(new JsonObject { ["statementId"] = statement.Sid ?? "", ["effect"] = "DENY" })
                    : new JsonArray(),
            },
            ["failures"] = new JsonObject { ["items"] = new JsonArray() },
            ["context"] = new JsonObject
            {
                ["principal"] = new JsonObject { ["id"] = caller.UserId, ["arn"] = caller.Arn },
                ["action"] = request.Action, ["resource"] = request.Resource,
                ["conditions"] = new JsonObject
                {
                    ["items"] = request.Context.All.Select(pair => new JsonObject
                    {
                        ["key"] = pair.Key,
                        ["values"] = new JsonObject
                        {
                            ["items"] = pair.Value.Select(value => new JsonObject { ["value"] = value }).ToJsonArray(),
                        },
                    }).ToJsonArray(),
                },
            },
        };
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(message.ToJsonString(JsonForm.Options)));
        return text.Replace('+', '-').Replace('/', '_');
    }
}
