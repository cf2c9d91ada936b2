using System.Security;
using System.Text;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sts;

/// <summary>STS's Query API: GetCallerIdentity and AssumeRole. It remembers which key id belongs to which role session.</summary>
internal sealed class StsApi(Cloud cloud)
{
    public const string Version = "2011-06-15";
    private const string Namespace = $"https://sts.amazonaws.com/doc/{Version}/";

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
            + $"<Message>{SecurityElement.Escape(error.Message)}</Message></Error><RequestId>{requestId}</RequestId></ErrorResponse>");

    private void AssumeRole(Parameters parameters, XmlBody body)
    {
        var (role, session) = (Required(parameters, "RoleArn"), Required(parameters, "RoleSessionName"));
        if (role.Split(':') is not ["arn", _, "iam", "", _, var path] || !path.StartsWith("role/", StringComparison.Ordinal))
            throw new AwsException("ValidationError", $"{role} is invalid");
        var seconds = parameters.Integer("DurationSeconds") ?? 3600;
        var caller = cloud.Callers.Assume(path[(path.LastIndexOf('/') + 1)..], session);
        body.Structure("Credentials", () => body
                .Text("AccessKeyId", caller.AccessKeyId).Text("SecretAccessKey", "secret-of-an-emulated-role")
                .Text("SessionToken", "token-of-an-emulated-role")
                .Text("Expiration", cloud.Now.AddSeconds(seconds)
                .UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)))
            .Structure("AssumedRoleUser", () => body.Text("AssumedRoleId", caller.UserId).Text("Arn", caller.Arn));
    }

    private static string Required(Parameters parameters, string name) => parameters.Text(name) is { Length: > 0 } text
        ? text
        : throw new AwsException(
            "ValidationError", $"1 validation error detected: Value null at '{char.ToLowerInvariant(name[0])}{name[1..]}' failed "
                + $"to satisfy constraint: Member must not be null");

    private static WireReply Xml(int status, string body) => new(status, "text/xml", Encoding.UTF8.GetBytes(body));
}
