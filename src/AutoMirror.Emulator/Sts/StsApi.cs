using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sts;

/// <summary>
/// STS's Query API: GetCallerIdentity and AssumeRole. <see cref="Callers"/> remembers the access keys that AssumeRole gives out.
/// </summary>
internal sealed class StsApi(Cloud cloud)
{
    public const string Version = "2011-06-15";

    private const string Namespace = $"https://sts.amazonaws.com/doc/{Version}/";
    private const string SessionNames = @"[\w+=,.@-]*";
    private const int UsualSeconds = 3600;

    /// <summary>The limits that the service model sets for AssumeRole. Policies, tags and MFA have no effect here.</summary>
    private static readonly Limit[] Limits =
    [
        Limit.Needed("RoleArn", 20, 2048), Limit.Needed("RoleSessionName", 2, 64) with { Pattern = SessionNames },
        Limit.Of("DurationSeconds", 900, 43200), Limit.Of("SourceIdentity", 2, 64) with { Pattern = SessionNames },
    ];

    public WireReply Answer(string action, Parameters parameters, string requestId, string? accessKeyId)
    {
        var body = new XmlBody();
        switch (action)
        {
            case "GetCallerIdentity":
                var caller = cloud.Callers.Of(accessKeyId);
                body.Text("Arn", caller.Arn).Text("UserId", caller.UserId).Text("Account", cloud.Options.AccountId);
                break;
            case "AssumeRole":
                AssumeRole(parameters, body);
                break;
            default:
                throw new AwsException("InvalidAction", $"Could not find operation {action} for version {Version}");
        }

        return Xml(
            200,
            $"<{action}Response xmlns=\"{Namespace}\"><{action}Result>{body}</{action}Result>"
                + $"<ResponseMetadata><RequestId>{requestId}</RequestId></ResponseMetadata></{action}Response>");
    }

    public static WireReply Fail(AwsException error, string requestId) => Xml(
        error.Status,
        $"<ErrorResponse xmlns=\"{Namespace}\"><Error><Type>Sender</Type><Code>{error.Code}</Code>"
            + $"{new XmlBody().Text("Message", error.Message)}</Error><RequestId>{requestId}</RequestId></ErrorResponse>");

    private void AssumeRole(Parameters parameters, XmlBody body)
    {
        var (role, session) = (parameters.Text("RoleArn") ?? "", parameters.Text("RoleSessionName") ?? "");
        var (duration, identity) = (parameters.Text("DurationSeconds"), parameters.Text("SourceIdentity"));
        Limit.Check(
            new JsonObject
            {
                ["RoleArn"] = parameters.Text("RoleArn"), ["RoleSessionName"] = parameters.Text("RoleSessionName"),
                ["DurationSeconds"] = long.TryParse(duration, CultureInfo.InvariantCulture, out var seconds) ? seconds : null,
                ["SourceIdentity"] = identity,
            },
            Limits, "ValidationError");
        if (role.Split(':') is not ["arn", _, "iam", "", _, var path] || !path.StartsWith("role/", StringComparison.Ordinal))
            throw new AwsException("ValidationError", $"{role} is invalid");
        if (duration is not null && seconds == 0)
            throw new AwsException("MalformedInput", $"{duration} is not an integer");
        var expiration = cloud.Now.AddSeconds(duration is null ? UsualSeconds : seconds);
        var caller = cloud.Callers.Assume(path[(path.LastIndexOf('/') + 1)..], session);
        body.Structure("Credentials", () => body
                .Text("AccessKeyId", caller.AccessKeyId).Text("SecretAccessKey", "secret-of-an-emulated-role")
                .Text("SessionToken", "token-of-an-emulated-role").Text("Expiration", Notation.Time(expiration)))
            .Structure("AssumedRoleUser", () => body.Text("AssumedRoleId", caller.UserId).Text("Arn", caller.Arn))
            .Text("SourceIdentity", identity);
    }

    private static WireReply Xml(int status, string body) => WireReply.Text(status, "text/xml", body);
}
