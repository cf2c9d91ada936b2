using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.Sts;

namespace AutoMirror.Emulator.Events;

/// <summary>
/// "AWS API Call via CloudTrail": the events that EventBridge gets of EC2's write calls when a trail logs them (CloudTrail record
/// contents, version 1.10). A refused call has an event too, without response elements.
/// </summary>
internal sealed class ApiCallTrail(Cloud cloud)
{
    public void Record(ServiceCall call, string? userAgent, WireReply reply)
    {
        if (!TrailShape.IsTrailed(call.Action))
            return;
        var root = XDocument.Parse(Encoding.UTF8.GetString(reply.Body)).Root!;
        Emit(call, userAgent, TrailResponse.Write(call.Action, root), null);
    }

    public void Record(ServiceCall call, string? userAgent, AwsException error)
    {
        if (TrailShape.IsTrailed(call.Action))
            Emit(call, userAgent, null, error);
    }

    private void Emit(ServiceCall call, string? userAgent, JsonObject? response, AwsException? error)
    {
        using var turn = cloud.Enter();
        var detail = new JsonObject
        {
            ["eventVersion"] = "1.10",
            ["userIdentity"] = Identity(cloud.Callers.Of(call.AccessKeyId)),
            ["eventTime"] = Notation.Time(cloud.Now),
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

        detail["requestParameters"] = TrailRequest.Write(call.Action, Parameters.From(call.Parameters));
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

    private JsonObject Identity(Caller caller)
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
            identity["userName"] = caller.Session;
        else
            identity["sessionContext"] = SessionContext(caller, caller.Role);
        return identity;
    }

    private JsonObject SessionContext(Caller caller, string role) => new()
    {
        ["sessionIssuer"] = new JsonObject
        {
            ["type"] = "Role", ["principalId"] = caller.PrincipalId,
            ["arn"] = $"arn:aws:iam::{cloud.Options.AccountId}:role/{role}",
            ["accountId"] = cloud.Options.AccountId, ["userName"] = role,
        },
        ["attributes"] = new JsonObject { ["creationDate"] = Notation.Time(cloud.Now), ["mfaAuthenticated"] = "false" },
    };
}
