using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>Reads policies, and refuses what IAM refuses in the words that it uses (seen, but where a comment says otherwise).</summary>
internal static class PolicyReader
{
    private static readonly string[] DocumentFields = ["Version", "Id", "Statement"];

    private static readonly string[] StatementFields =
    [
        "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
    ];

    public static PolicyDocument Read(string text)
    {
        var document = Parse(text);
        if (document.Any(field => !DocumentFields.Contains(field.Key)))
            throw SyntaxErrors();
        var version = Text(document["Version"]) ?? "2008-10-17";
        if (version is not ("2012-10-17" or "2008-10-17"))
            throw IamErrors.Malformed("The policy must contain a valid version string");
        var statements = document["Statement"] switch
        {
            JsonObject single => [single],
            JsonArray several => several.Select(each => each as JsonObject ?? throw SyntaxErrors()).ToList(),
            _ => throw SyntaxErrors(),
        };
        if (statements.Count == 0)
            throw SyntaxErrors();
        return new(version, [.. statements.Select(ReadStatement)]);
    }

    /// <summary>Checks an identity policy, which has resources and no principals.</summary>
    public static void CheckIdentityPolicy(string text)
    {
        var document = Read(text);
        // "Policy document must be version 2012-10-17 or greater."
        if (document.Version != "2012-10-17")
            throw IamErrors.Malformed("Policy document must be version 2012-10-17 or greater.");
        foreach (var statement in document.Statements)
        {
            if (statement.Principals is not null || statement.NotPrincipals is not null)
                throw IamErrors.Malformed("Policy document should not specify a principal.");
            if (statement.Resources is null && statement.NotResources is null)
                throw IamErrors.Malformed("Policy statement must contain resources.");
            foreach (var resource in statement.Resources ?? statement.NotResources ?? [])
                CheckResource(resource);
        }

        CheckSids(document);
    }

    /// <summary>Checks a role's trust policy, which has principals and no resources.</summary>
    public static void CheckTrustPolicy(string text)
    {
        var document = Read(text);
        foreach (var statement in document.Statements)
        {
            if (statement.Resources is not null || statement.NotResources is not null)
                throw IamErrors.Malformed("Has prohibited field Resource");
            if (statement.Principals is null && statement.NotPrincipals is null)
                throw IamErrors.Malformed("Missing required field Principal");
            if ((statement.Actions ?? statement.NotActions ?? []).Any(action => !IsOfSts(action)))
                throw IamErrors.Malformed("AssumeRole policy may only specify STS AssumeRole actions.");
        }

        CheckSids(document);
    }

    private static bool IsOfSts(string action) => action == "*" || action.StartsWith("sts:", StringComparison.OrdinalIgnoreCase);

    private static void CheckResource(string resource)
    {
        if (resource == "*" || resource.StartsWith("${", StringComparison.Ordinal))
            return;
        if (!resource.StartsWith("arn:", StringComparison.Ordinal))
            throw IamErrors.Malformed($"Resource {resource} must be in ARN format or \"*\".");
        if (resource.Split(':') is [_, var partition, ..] && partition is not ("aws" or "*")
            && !partition.StartsWith("aws-", StringComparison.Ordinal))
        {
            throw IamErrors.Malformed($"Partition \"{partition}\" is not valid for resource \"{resource}\".");
        }
    }

    private static void CheckSids(PolicyDocument document)
    {
        var sids = document.Statements.Select(statement => statement.Sid).OfType<string>().Where(sid => sid.Length > 0).ToList();
        if (sids.Distinct(StringComparer.Ordinal).Count() < sids.Count)
            throw IamErrors.Malformed("Statement IDs (SID) in a single policy must be unique.");
    }

    private static PolicyStatement ReadStatement(JsonObject statement)
    {
        if (statement.Any(field => !StatementFields.Contains(field.Key)) || Text(statement["Effect"]) is not ("Allow" or "Deny"))
            throw SyntaxErrors();
        foreach (var name in (string[])["Action", "Resource", "Principal"])
        {
            if (statement.ContainsKey(name) && statement.ContainsKey($"Not{name}"))
                throw SyntaxErrors();
        }

        if (!statement.ContainsKey("Action") && !statement.ContainsKey("NotAction"))
            throw IamErrors.Malformed("Policy statement must contain actions.");
        var read = new PolicyStatement
        {
            Sid = Text(statement["Sid"]),
            Allows = Text(statement["Effect"]) == "Allow",
            Actions = Texts(statement["Action"]),
            NotActions = Texts(statement["NotAction"]),
            Resources = Texts(statement["Resource"]),
            NotResources = Texts(statement["NotResource"]),
            Principals = Principals(statement["Principal"]),
            NotPrincipals = Principals(statement["NotPrincipal"]),
            Conditions = ConditionReader.Read(statement["Condition"]),
        };
        foreach (var action in read.Actions ?? read.NotActions!)
            CheckAction(action);
        return read;
    }

    private static void CheckAction(string action)
    {
        if (action == "*")
            return;
        if (action.Split(':') is not [var vendor, var name] || name.Length == 0)
            throw IamErrors.Malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
        if (vendor.Length == 0 || !vendor.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '*'))
            throw IamErrors.Malformed($"Vendor {vendor} is not valid");
    }

    private static PolicyPrincipals? Principals(JsonNode? node) => node switch
    {
        null => null,
        JsonObject kinds => new(false, kinds.ToDictionary(kind => kind.Key, kind => Texts(kind.Value)!)),
        _ when Text(node) == "*" => new(true, new Dictionary<string, IReadOnlyList<string>>()),
        _ => throw SyntaxErrors(),
    };

    internal static IReadOnlyList<string>? Texts(JsonNode? node) => node switch
    {
        null => null,
        JsonArray several => [.. several.Select(each => Text(each) ?? throw SyntaxErrors())],
        _ => [Text(node) ?? throw SyntaxErrors()],
    };

    internal static AwsException SyntaxErrors() => IamErrors.Malformed("Syntax errors in policy.");

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static JsonObject Parse(string text)
    {
        if (text.Length > 0 && text[0] != '{')
            throw IamErrors.Malformed("JSON strings must not have leading spaces");
        try
        {
            return JsonNode.Parse(text) as JsonObject ?? throw SyntaxErrors();
        }
        catch (JsonException)
        {
            throw IamErrors.Malformed("This policy contains invalid Json");
        }
        catch (ArgumentException)
        {
            // The same field twice.
            throw SyntaxErrors();
        }
    }
}
