using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// "AWS API Call via CloudTrail": what EventBridge gets of EC2's write calls when a trail logs them (CloudTrail record contents,
/// version 1.10). Refused calls are told too, without response elements.
/// </summary>
internal sealed class ApiCallTrail(Cloud cloud)
{
    public void Record(ServiceCall call, string? userAgent, WireReply reply)
    {
        if (TrailShapes.Tells(call.Action))
        {
            Emit(call, userAgent, TrailShapes.Response(
                call.Action, XDocument.Parse(System.Text.Encoding.UTF8.GetString(reply.Body)).Root!), null);
        }
    }

    public void Record(ServiceCall call, string? userAgent, AwsException error)
    {
        if (TrailShapes.Tells(call.Action))
            Emit(call, userAgent, null, error);
    }

    private void Emit(ServiceCall call, string? userAgent, JsonObject? response, AwsException? error)
    {
        using var turn = cloud.Enter();
        var caller = cloud.Callers.Of(call.AccessKeyId);
        var now = Time(cloud.Now);
        var detail = new JsonObject
        {
            ["eventVersion"] = "1.10",
            ["userIdentity"] = Identity(caller),
            ["eventTime"] = now,
            ["eventSource"] = "ec2.amazonaws.com",
            ["eventName"] = call.Action,
            ["awsRegion"] = cloud.Options.Region,
            ["sourceIPAddress"] = "127.0.0.1",
            ["userAgent"] = userAgent ?? "unknown",
        };
        if (error is not null)
        {
            detail["errorCode"] = $"{(error.Status >= 500 ? "Server" : "Client")}.{error.Code}";
            detail["errorMessage"] = error.Message;
        }

        detail["requestParameters"] = TrailShapes.Request(call.Action, Parameters.From(call.Parameters));
        detail["responseElements"] = response;
        detail["requestID"] = call.RequestId;
        detail["eventID"] = cloud.Seeded.Uuid();
        detail["readOnly"] = false;
        detail["eventType"] = "AwsApiCall";
        detail["managementEvent"] = true;
        detail["recipientAccountId"] = cloud.Options.AccountId;
        detail["eventCategory"] = "Management";
        cloud.Events.Emit("aws.ec2", "AWS API Call via CloudTrail", detail);
    }

    private JsonObject Identity(Sts.Caller caller)
    {
        var identity = new JsonObject
        {
            ["type"] = caller.Role is null ? "IAMUser" : "AssumedRole",
            ["principalId"] = caller.UserId,
            ["arn"] = caller.Arn,
            ["accountId"] = cloud.Options.AccountId,
            ["accessKeyId"] = caller.AccessKeyId,
        };
        if (caller.Role is null)
        {
            identity["userName"] = caller.Session;
        }
        else
        {
            identity["sessionContext"] = new JsonObject
            {
                ["sessionIssuer"] = new JsonObject
                {
                    ["type"] = "Role", ["principalId"] = caller.PrincipalId,
                    ["arn"] = $"arn:aws:iam::{cloud.Options.AccountId}:role/{caller.Role}",
                    ["accountId"] = cloud.Options.AccountId, ["userName"] = caller.Role,
                },
                ["attributes"] = new JsonObject { ["creationDate"] = Time(cloud.Now), ["mfaAuthenticated"] = "false" },
            };
        }

        return identity;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
