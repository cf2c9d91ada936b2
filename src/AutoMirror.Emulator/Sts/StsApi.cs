using System.Text.Json.Nodes;
using AutoMirror.Emulator.Iam.Authorization;
using AutoMirror.Emulator.Iam.Policies;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sts;

/// <summary>
/// STS: who a caller is, and sessions of roles, whose access keys <see cref="Callers"/> remembers. The protocol is AWS Query, version
/// 2011-06-15. Who calls is not a member of the request: the router puts it there.
/// </summary>
internal sealed class StsApi(Cloud cloud) : ServiceApi("sts")
{
    /// <summary>Where the router puts the access key id of the request.</summary>
    public const string CallerMember = "$caller";

    public const string Version = "2011-06-15";

    private const string SessionNames = @"[\w+=,.@-]*";
    private const int UsualSeconds = 3600;

    /// <summary>"The maximum session duration limit for role chaining is one hour."</summary>
    private const int MostSecondsWhenChained = 3600;

    public static QueryWire Wire(Cloud cloud) => new(
        new StsApi(cloud), Version, $"https://sts.amazonaws.com/doc/{Version}/", new() { Numbers = ["DurationSeconds"] });

    protected override string LimitCode => "ValidationError";

    protected override AwsException InvalidNextToken() => new("ValidationError", "The token is not valid.");

    protected override IEnumerable<Limit> LimitsOf(string action) => action switch
    {
        "AssumeRole" =>
        [
            Limit.Needed("RoleArn", 20, 2048), Limit.Needed("RoleSessionName", 2, 64) with { Pattern = SessionNames },
            Limit.Of("DurationSeconds", 900, 43_200), Limit.Of("SourceIdentity", 2, 64) with { Pattern = SessionNames },
            Limit.Of("ExternalId", 2, 1224), Limit.Of("Tags", 0, 50), Limit.Needed("Tags[].Key", 1, 128),
            Limit.Needed("Tags[].Value", 0, 256),
        ],
        "DecodeAuthorizationMessage" => [Limit.Needed("EncodedMessage", 1)],
        _ => [],
    };

    protected override Handler? Find(string action) => action switch
    {
        "GetCallerIdentity" => Identity,
        "AssumeRole" => AssumeRole,
        "DecodeAuthorizationMessage" => input => new()
        {
            ["DecodedMessage"] = AccessErrors.Decode(input.Required("EncodedMessage"))
                ?? throw new AwsException("InvalidAuthorizationMessageException", "Error parsing parameters: 'Invalid base64 string'"),
        },
        _ => null,
    };

    private Caller CallerOf(JsonObject input) => cloud.Callers.Of(input.Text(CallerMember));

    private JsonObject Identity(JsonObject input)
    {
        var caller = CallerOf(input);
        return new() { ["Arn"] = caller.Arn, ["UserId"] = caller.UserId, ["Account"] = cloud.Options.AccountId };
    }

    /// <summary>
    /// The role's trust policy decides. A role that does not exist is refused in the same words, so that nobody learns which there are.
    /// </summary>
    private JsonObject AssumeRole(JsonObject input)
    {
        var (arn, session, caller) = (input.Required("RoleArn"), input.Required("RoleSessionName"), CallerOf(input));
        if (arn.Split(':') is not ["arn", _, "iam", "", _, var path] || !path.StartsWith("role/", StringComparison.Ordinal))
            throw new AwsException("ValidationError", $"{arn} is invalid");
        var tags = TagMembers.Read(input);
        var context = new Principals(cloud).ContextOf(caller, caller.Role is { } own ? cloud.Iam.Roles.Find(own) : null)
            .WithRequestTags([.. tags]).With("sts:ExternalId", input.Text("ExternalId")).With("sts:RoleSessionName", session)
            .With("sts:SourceIdentity", input.Text("SourceIdentity"));
        var request = new AccessRequest("sts:AssumeRole", arn, context);
        if (cloud.Iam.Roles.FindByArn(arn) is not { } role)
            throw Refused(caller, request, Decision.NotAllowed("identity-based policy", request.Action));
        if (cloud.Access.MayAssume(caller, role, context) is { IsAllowed: false } decision)
            throw Refused(caller, request, decision);
        var seconds = input.Integer("DurationSeconds") ?? UsualSeconds;
        if (seconds > (caller.Role is null ? role.MaxSessionDuration : MostSecondsWhenChained))
            throw new AwsException("ValidationError", "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
        var made = cloud.Callers.Assume(role.Name, session, TimeSpan.FromSeconds(seconds), each => each with
        {
            SessionPolicies = SessionPolicies(input),
            SessionTags = tags,
        });
        return new JsonObject
        {
            ["Credentials"] = new JsonObject
            {
                ["AccessKeyId"] = made.AccessKeyId, ["SecretAccessKey"] = "secret-of-an-emulated-role",
                ["SessionToken"] = "token-of-an-emulated-role", ["Expiration"] = JsonTimes.Of(made.Expires!.Value),
            },
            ["AssumedRoleUser"] = new JsonObject { ["AssumedRoleId"] = made.UserId, ["Arn"] = made.Arn },
        }.WithAny("SourceIdentity", input.Text("SourceIdentity"));
    }

    private List<string> SessionPolicies(JsonObject input)
    {
        var arns = input.Objects("PolicyArns").Select(each => cloud.Iam.Policies.Get(each.Required("arn")).Document).ToList();
        if (input.Text("Policy") is not { } policy)
            return arns;
        PolicyReader.CheckIdentityPolicy(policy);
        return [policy, .. arns];
    }

    private static AwsException Refused(Caller caller, AccessRequest request, Decision decision) =>
        new("AccessDenied", AccessErrors.Sentence(caller.Arn, request, decision), 403);
}
