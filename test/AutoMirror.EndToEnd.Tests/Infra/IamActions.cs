using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// The one place that knows which actions the function's role permits and which the function needs; a log of requests can be held against
/// it with <see cref="Compare"/>.
/// </summary>
internal static class IamActions
{
    /// <summary>What the function's own code calls.</summary>
    public static IReadOnlySet<string> Called { get; } = new SortedSet<string>(StringComparer.Ordinal)
    {
        "ec2:DescribeInstances", "ec2:DescribeNetworkInterfaces", "ec2:DescribeTrafficMirrorSessions", "ec2:DescribeTrafficMirrorTargets",
        "ec2:DescribeTrafficMirrorFilters", "ec2:DescribeSubnets", "ec2:DescribeVpcs", "ec2:DescribeVpcEndpoints",
        "ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession", "ec2:DeleteTrafficMirrorSession",
        "ec2:CreateTags", "ec2:DeleteTags", "ssm:GetParametersByPath", "sqs:SendMessage",
    };

    /// <summary>What Lambda does in the role's name around it: the log, the batches, the failure queue.</summary>
    public static IReadOnlySet<string> CalledByLambda { get; } = new SortedSet<string>(StringComparer.Ordinal)
    {
        "logs:CreateLogStream", "logs:PutLogEvents", "sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:SendMessage",
    };

    /// <summary>The role's statements in the SAM template, with these parameters.</summary>
    public static async Task<IReadOnlyList<IamStatement>> OfSamAsync(params (string Name, string Value)[] parameters) =>
        [.. (await SamTemplate.DeployAsync(parameters)).Resources["Role"]["Policies"]!.AsArray()
            .SelectMany(policy => IamStatement.Read(policy!["PolicyDocument"]!))];

    /// <summary>The role's statements in the Terraform module, in one of its test runs.</summary>
    public static async Task<IReadOnlyList<IamStatement>> OfTerraformAsync(string run) =>
        [.. (await TerraformModule.TestRunAsync()).States[run].Where(resource => resource.Type == "aws_iam_role_policy")
            .SelectMany(policy => IamStatement.Read(JsonNode.Parse(policy["policy"])!))];

    /// <summary>The actions that statements allow.</summary>
    public static IReadOnlySet<string> Granted(IEnumerable<IamStatement> statements) =>
        new SortedSet<string>(statements.Where(s => s.Effect == "Allow").SelectMany(s => s.Actions), StringComparer.Ordinal);

    /// <summary>What is permitted and not needed, and what is needed and not permitted.</summary>
    public static (IReadOnlyList<string> Extra, IReadOnlyList<string> Missing) Compare(
        IEnumerable<string> granted, IEnumerable<string> needed) =>
        ([.. granted.Except(needed).Order()], [.. needed.Except(granted).Order()]);
}

/// <summary>A statement of a policy, in one form however it was written.</summary>
internal sealed record IamStatement(
    string Sid, string Effect, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, string Condition)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static IEnumerable<IamStatement> Read(JsonNode document) =>
        document["Statement"]!.AsArray().Select(statement => new IamStatement(
        statement![nameof(Sid)]!.ToString(),
        statement[nameof(Effect)]!.ToString(),
        List(statement["Action"]),
        List(statement["Resource"]),
        Canonical(statement[nameof(Condition)])?.ToJsonString() ?? ""));

    /// <summary>Readable, and equal for equal statements.</summary>
    public override string ToString() => JsonSerializer.Serialize(this, Indented);

    private static List<string> List(JsonNode? node) =>
        node is JsonArray array ? [.. array.Select(element => element!.ToString()).Order()] : [node!.ToString()];

    private static JsonNode? Canonical(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => KeyValuePair.Create(p.Key, Canonical(p.Value)))),
        JsonArray { Count: 1 } array => Canonical(array[0]),
        JsonArray array => new JsonArray([.. array.Select(Canonical)]),
        _ => node is null ? null : JsonValue.Create(node.ToString()),
    };
}
