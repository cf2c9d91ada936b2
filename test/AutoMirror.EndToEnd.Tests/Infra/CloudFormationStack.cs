using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// A template's resources as CloudFormation would make them in account 123456789012 in us-east-1: parameters checked, conditions decided,
/// functions evaluated (CloudFormation guide, "Intrinsic function reference"). A function it doesn't know is an error.
/// </summary>
internal sealed partial class CloudFormationStack
{
    /// <summary>The account that everything lies in.</summary>
    public const string Account = "123456789012";

    /// <summary>The Region that everything lies in.</summary>
    public const string Region = "us-east-1";

    private static readonly Dictionary<string, string> PseudoParameters = new()
    {
        ["AWS::AccountId"] = Account, ["AWS::Region"] = Region, ["AWS::Partition"] = "aws",
    };

    private readonly JsonObject _template;
    private readonly Dictionary<string, string> _parameters = [];

    public CloudFormationStack(JsonObject template, IReadOnlyDictionary<string, string> given)
    {
        _template = template;
        foreach (var name in given.Keys.Where(name => template["Parameters"]![name] is null))
            throw new ArgumentException($"The template has no parameter {name}.");
        foreach (var (name, parameter) in template["Parameters"]!.AsObject())
        {
            var value = given.GetValueOrDefault(name) ?? parameter!["Default"]?.ToString()
                ?? throw new ArgumentException($"The parameter {name} has no value.");
            if (Objection(parameter!.AsObject(), value) is { } objection)
                throw new ArgumentException($"The parameter {name} is '{value}': {objection}.");
            _parameters[name] = value;
        }

        foreach (var assertion in (template["Rules"]?.AsObject() ?? [])
                 .Where(rule => rule.Value!["RuleCondition"] is not { } condition || IsTrue(condition))
                 .SelectMany(rule => rule.Value!["Assertions"]!.AsArray()))
        {
            if (!IsTrue(assertion!["Assert"]!))
                throw new ArgumentException(assertion["AssertDescription"]!.ToString());
        }

        foreach (var (name, resource) in template[nameof(Resources)]!.AsObject())
        {
            if (resource!["Condition"] is not { } condition || IsTrue(Condition(condition.ToString())))
                Types[name] = resource["Type"]!.ToString();
        }

        foreach (var name in Types.Keys)
            Resources[name] = Evaluate(template[nameof(Resources)]![name]!["Properties"])!.AsObject();
        foreach (var (name, output) in template[nameof(Outputs)]!.AsObject())
        {
            if (output!["Condition"] is not { } condition || IsTrue(Condition(condition.ToString())))
                Outputs[name] = Evaluate(output["Value"])!.ToString();
        }
    }

    /// <summary>The type of each resource that is made, by its logical name.</summary>
    public Dictionary<string, string> Types { get; } = [];

    /// <summary>The properties of each resource that is made, by its logical name.</summary>
    public Dictionary<string, JsonObject> Resources { get; } = [];

    public Dictionary<string, string> Outputs { get; } = [];

    /// <summary>The properties of all resources of a type.</summary>
    public IEnumerable<JsonObject> OfType(string type) => Resources.Where(r => Types[r.Key] == type).Select(r => r.Value);

    private static string? Objection(JsonObject parameter, string value)
    {
        if (parameter["AllowedPattern"]?.ToString() is { } pattern && !Regex.IsMatch(value, $@"\A(?:{pattern})\z"))
            return $"not of the pattern {pattern}";
        if (parameter["AllowedValues"]?.AsArray() is { } allowed && !allowed.Any(v => v!.ToString() == value))
            return $"none of {string.Join(", ", allowed)}";
        if (parameter["MinValue"] is { } least && double.Parse(value) < double.Parse(least.ToString()))
            return $"less than {least}";
        return parameter["MaxValue"] is { } most && double.Parse(value) > double.Parse(most.ToString()) ? $"more than {most}" : null;
    }

    private JsonNode Condition(string name) =>
        _template["Conditions"]![name] ?? throw new InvalidOperationException($"The template has no condition {name}.");

    private bool IsTrue(JsonNode condition)
    {
        var (function, argument) = condition.AsObject().Single();
        return function switch
        {
            "Condition" => IsTrue(Condition(argument!.ToString())),
            "Fn::Equals" => Text(argument![0]) == Text(argument[1]),
            "Fn::Not" => !IsTrue(argument![0]!),
            "Fn::And" => argument!.AsArray().All(part => IsTrue(part!)),
            "Fn::Or" => argument!.AsArray().Any(part => IsTrue(part!)),
            _ => throw new NotSupportedException($"The condition {function}"),
        };
    }

    /// <summary>A copy with all functions evaluated; null for AWS::NoValue, which takes the property or the element with it.</summary>
    private JsonNode? Evaluate(JsonNode? node)
    {
        if (node is JsonArray array)
            return new JsonArray([.. array.Select(Evaluate).Where(element => element is not null)]);
        if (node is not JsonObject map)
            return node?.DeepClone();
        if (map.Count == 1 && map.Single() is var (function, argument)
            && (function is "Ref" || function.StartsWith("Fn::", StringComparison.Ordinal)))
        {
            return Call(function, argument!);
        }

        return new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Evaluate(p.Value))).Where(p => p.Value is not null));
    }

    private JsonNode? Call(string function, JsonNode argument)
    {
        switch (function)
        {
            case "Ref":
                return argument.ToString() == "AWS::NoValue" ? null : JsonValue.Create(Ref(argument.ToString()));
            case "Fn::GetAtt":
                var path = argument is JsonArray parts ? [.. parts.Select(part => part!.ToString())] : argument.ToString().Split('.', 2);
                return JsonValue.Create(Attribute(path[0], path[1]));
            case "Fn::If":
                return Evaluate(IsTrue(Condition(argument[0]!.ToString())) ? argument[1] : argument[2]);
            case "Fn::Sub":
                var own = argument is JsonArray ? argument[1]!.AsObject() : [];
                return JsonValue.Create(Placeholder().Replace((argument is JsonArray ? argument[0]! : argument).ToString(), match =>
                    match.Groups[1].Value is var name && own[name] is { } value ? Text(value)
                    : name.Split('.', 2) is [var resource, var attribute] ? Attribute(resource, attribute) : Ref(name)));
            case "Fn::Join":
                // Only texts: what a join makes of AWS::NoValue is not documented.
                return JsonValue.Create(string.Join(argument[0]!.ToString(), argument[1] is JsonArray texts
                    ? texts.Select(Text) : Evaluate(argument[1])!.AsArray().Select(text => text!.ToString())));
            case "Fn::Split":
                return new JsonArray([.. Text(argument[1]).Split(argument[0]!.ToString()).Select(part => JsonValue.Create(part))]);
            case "Fn::Select":
                return Evaluate(argument[1])![int.Parse(argument[0]!.ToString())]!.DeepClone();
            default:
                throw new NotSupportedException($"The function {function}");
        }
    }

    private string Text(JsonNode? node) =>
        Evaluate(node)?.ToString() ?? throw new InvalidOperationException($"AWS::NoValue where a text is needed: {node}");

    private string Ref(string name) =>
        PseudoParameters.GetValueOrDefault(name) ?? _parameters.GetValueOrDefault(name) ?? Made(name) switch
        {
            "AWS::SQS::Queue" => $"https://sqs.{Region}.amazonaws.com/{Account}/{Property(name, "QueueName")}",
            "AWS::Lambda::Function" => Property(name, "FunctionName"),
            "AWS::Lambda::Permission" => $"stack-{name}-0123456789AB",
            "AWS::Lambda::EventSourceMapping" => "91eaeb7e-c976-1234-9451-8709db01f137",
            "AWS::IAM::Role" => Property(name, "RoleName"),
            "AWS::Logs::LogGroup" => Property(name, "LogGroupName"),
            "AWS::CloudWatch::Dashboard" => Property(name, "DashboardName"),
            "AWS::EC2::TrafficMirrorFilter" => "tmf-0123456789abcdef0",
            "AWS::EC2::TrafficMirrorTarget" => $"tmt-0123456789abcdef{name[^1]}",
            var type => throw new NotSupportedException($"Ref of {name}, a {type}"),
        };

    private string Attribute(string name, string attribute) => (Made(name), attribute) switch
    {
        ("AWS::SQS::Queue", "Arn") => $"arn:aws:sqs:{Region}:{Account}:{Property(name, "QueueName")}",
        ("AWS::SQS::Queue", "QueueName") => Property(name, "QueueName"),
        ("AWS::Lambda::Function", "Arn") => $"arn:aws:lambda:{Region}:{Account}:function:{Property(name, "FunctionName")}",
        ("AWS::IAM::Role", "Arn") => $"arn:aws:iam::{Account}:role{Property(name, "Path")}{Property(name, "RoleName")}",
        ("AWS::Logs::LogGroup", "Arn") => $"arn:aws:logs:{Region}:{Account}:log-group:{Property(name, "LogGroupName")}:*",
        ("AWS::SSM::Parameter", "Value") => Property(name, "Value"),
        var (type, _) => throw new NotSupportedException($"{attribute} of {name}, a {type}"),
    };

    private string Made(string name) =>
        Types.GetValueOrDefault(name) ?? throw new InvalidOperationException($"{name} is used, but not made under these conditions.");

    private string Property(string name, string property) => Text(_template[nameof(Resources)]![name]!["Properties"]![property]);

    [GeneratedRegex(@"\$\{([^}!]+)\}")]
    private static partial Regex Placeholder();
}
