using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>
/// What already runs when a stack is made is looked at without a person: the policy's parameter comes last, and its event starts the
/// function. No resource waits for what comes of that, so it can roll nothing back. (The module is applied in
/// <see cref="PlatformDeploymentTests"/> and <see cref="MinimalDeploymentTests"/>.)
/// </summary>
public sealed class FirstSyncTests
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly (string, string) Target = ("DefaultTarget", "tmt-0b71de94af3c20586");

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_templates_last_parameter_comes_after_all_that_the_function_needs_to_be_started_by_it()
    {
        var needed = await NeededByAsync("PolicyParameter");

        Assert.Superset(
            new HashSet<string>
            {
                "Function", "Role", "FilterParameter", "DefaultTargetParameter", "ParameterRule", "InvokePermission", "EventSource",
                "EventQueue", "EventQueuePolicy", "FailureQueue",
            },
            needed);
        foreach (var other in Resources(await TemplateAsync()).Select(each => each.Key).Where(name => name != "PolicyParameter"))
            Assert.DoesNotContain("PolicyParameter", await NeededByAsync(other));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_event_of_the_last_parameter_is_one_that_the_rule_takes()
    {
        var stack = await SamTemplate.DeployAsync(Target, ("Prefix", "/mirror/production"));
        var made = new JsonObject
        {
            ["source"] = "aws.ssm", ["detail-type"] = "Parameter Store Change",
            ["detail"] = new JsonObject
            {
                ["operation"] = "Create", ["name"] = stack.Resources["PolicyParameter"]["Name"]!.ToString(), ["type"] = "String",
            },
        };

        Assert.Equal("parameters", Assert.Single(EventRules.Of(stack), rule => rule.IsOn && rule.Takes(made)).Name);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Nothing_in_the_template_waits_for_an_answer_of_the_function() => Assert.All(
        Resources(await TemplateAsync()), each =>
        {
            Assert.StartsWith("AWS::", each.Value!["Type"]!.ToString(), StringComparison.Ordinal);
            Assert.False(each.Value["Type"]!.ToString().StartsWith("AWS::CloudFormation::", StringComparison.Ordinal), each.Key);
            Assert.Null(each.Value["CreationPolicy"]);
        });

    private static async Task<JsonNode> TemplateAsync() => JsonNode.Parse(await SamTemplate.JsonAsync())!;

    private static JsonObject Resources(JsonNode template) => template["Resources"]!.AsObject();

    /// <summary>The resources that a resource waits for, by name or by use, and those that these wait for.</summary>
    private static async Task<HashSet<string>> NeededByAsync(string name)
    {
        var resources = Resources(await TemplateAsync());
        HashSet<string> needed = [];
        Visit(name);
        return needed;

        void Visit(string resource)
        {
            var text = resources[resource]!.ToJsonString(Plain);
            foreach (var other in resources.Select(each => each.Key).Where(other => other != resource && IsUsed(text, other)))
            {
                if (needed.Add(other))
                    Visit(other);
            }
        }
    }

    private static bool IsUsed(string text, string name) => Regex.IsMatch(
        text, $$"""
        "Ref":"{{name}}"|"Fn::GetAtt":\["{{name}}"|"Fn::GetAtt":"{{name}}\.|\$\{{{name}}[.}]|"DependsOn":(?:"{{name}}"|\[[^]]*"{{name}}")
        """);
}
