using System.Text.Json.Nodes;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

public sealed class EventRuleTests
{
    private static readonly (string, string) Target = ("DefaultTarget", "tmt-0b71de94af3c20586");

    /// <summary>Which rule means which sample: none those that a person, a queue, a topic or a pipe sends.</summary>
    private static readonly Dictionary<string, string?> RuleOfSample = new()
    {
        ["state-pending"] = "state", ["state-running"] = "state", ["state-stopped"] = "state", ["state-terminated"] = "state",
        ["state-stopping"] = "state", ["state-shutting-down"] = "state",
        ["tags-instance-opted-in"] = "tags", ["tags-instance-tag-removed"] = "tags",
        ["tags-network-interface"] = "tags", ["tags-subnet"] = "tags",
        ["api-attach-network-interface"] = "api", ["api-detach-network-interface"] = "api", ["api-create-network-interface"] = "api",
        ["api-delete-session"] = "api", ["api-modify-session"] = "api",
        ["parameter-changed"] = "parameters", ["guardduty-finding"] = "findings", ["guardduty-attack-sequence"] = "findings",
        ["schedule"] = "schedule",
        ["resync"] = null, ["resync-empty"] = null, ["resync-dry-run"] = null, ["resync-instances"] = null, ["resync-vpcs"] = null,
        ["resync-allow-deletes"] = null, ["sqs-batch"] = null, ["sns"] = null, ["pipe"] = null,
    };

    [Fact]
    public void Every_sample_event_has_its_line_in_the_table() => Assert.Equal(
        RuleOfSample.Keys.Order(),
        Directory.GetFiles(Repository.PathOf("infra", "events")).Select(Path.GetFileNameWithoutExtension).Order());

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Each_sample_is_taken_by_exactly_the_rule_of_the_template_that_means_it() =>
        AssertTakenAsMeant(EventRules.Of(await SamTemplate.DeployAsync(Target)));

    [NeedsTerraformFact]
    public async Task Each_sample_is_taken_by_exactly_the_rule_of_the_module_that_means_it() =>
        AssertTakenAsMeant(EventRules.Of((await TerraformModule.TestRunAsync()).States["the_least"]));

    [NeedsSamAndTerraformFact]
    public async Task The_template_and_the_module_have_the_same_rules()
    {
        static string Form(EventRule rule) => $"{rule.Name} {Sorted(rule.Pattern)} {rule.Schedule} {rule.IsOn}";

        Assert.Equal(
            EventRules.Of(await SamTemplate.DeployAsync(Target)).Select(Form),
            EventRules.Of((await TerraformModule.TestRunAsync()).States["the_least"]).Select(Form));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Each_message_of_the_sample_batch_is_an_event_that_a_rule_put_there()
    {
        var rules = EventRules.Of(await SamTemplate.DeployAsync(Target));

        var taken = Sample("sqs-batch")["Records"]!.AsArray()
            .Select(record => JsonNode.Parse(record!["body"]!.ToString())!.AsObject())
            .Select(@event => rules.Single(rule => rule.Takes(@event)).Name);

        Assert.Equal(["state", "state", "tags"], taken);
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_functions_own_calls_and_failed_calls_are_not_delivered_but_those_of_a_user_with_keys_are()
    {
        var rule = EventRules.Of(await SamTemplate.DeployAsync(Target, ("RoleName", "network-mirror"))).Single(rule => rule.Name == "api");
        bool Takes(Action<JsonObject> change)
        {
            var @event = Sample("api-delete-session");
            change(@event["detail"]!.AsObject());
            return rule.Takes(@event);
        }

        Assert.True(Takes(_ => { }));
        Assert.False(Takes(detail =>
            detail["userIdentity"]!["sessionContext"]!["sessionIssuer"]!["arn"] = "arn:aws:iam::123456789012:role/network-mirror"));
        Assert.True(Takes(detail => detail["userIdentity"]!.AsObject().Remove("sessionContext")));
        Assert.False(Takes(detail => detail["errorCode"] = "Client.UnauthorizedOperation"));
        Assert.False(Takes(detail => detail["eventName"] = "DescribeTrafficMirrorSessions"));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Only_parameters_under_the_prefix_are_delivered()
    {
        var rule = EventRules.Of(await SamTemplate.DeployAsync(Target, ("Prefix", "/mirror"))).Single(rule => rule.Name == "parameters");
        bool Takes(string parameter)
        {
            var @event = Sample("parameter-changed");
            @event["detail"]!["name"] = parameter;
            return rule.Takes(@event);
        }

        Assert.True(Takes("/mirror/policy"));
        Assert.True(Takes("/mirror/targets/default"));
        Assert.False(Takes("/mirror-other/policy"));
        Assert.False(Takes("/automirror/policy"));
    }

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Each_trigger_can_be_switched()
    {
        string[] switches = ["StateEvents", "TagEvents", "ApiEvents", "ParameterEvents", "FindingEvents"];

        var on = EventRules.Of(await SamTemplate.DeployAsync([Target, .. switches.Select(s => (s, "ENABLED"))]));
        var off = EventRules.Of(await SamTemplate.DeployAsync([Target, ("Schedule", ""), .. switches.Select(s => (s, "DISABLED"))]));

        Assert.Equal(["api", "findings", "parameters", "schedule", "state", "tags"], on.Where(rule => rule.IsOn).Select(rule => rule.Name));
        Assert.DoesNotContain(off, rule => rule.IsOn);
    }

    private static void AssertTakenAsMeant(IReadOnlyList<EventRule> rules) => Assert.Equal(
        RuleOfSample.OrderBy(line => line.Key, StringComparer.Ordinal).Select(line => $"{line.Key}: {line.Value ?? "none"}"),
        RuleOfSample.Keys.Order().Select(sample =>
            Parsed(sample) is JsonObject @event
                && rules.Where(rule => rule.Takes(@event)).Select(rule => rule.Name).ToList() is { Count: > 0 } taken
                ? $"{sample}: {string.Join(" and ", taken)}" : $"{sample}: none"));

    private static JsonObject Sample(string name) => Parsed(name).AsObject();

    private static JsonNode Parsed(string name) =>
        JsonNode.Parse(File.ReadAllText(Repository.PathOf("infra", "events", $"{name}.json")))!;

    private static string Sorted(JsonNode? node) => node switch
    {
        JsonObject map =>
            $"{{{string.Join(',', map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}:{Sorted(p.Value)}"))}}}",
        JsonArray array => $"[{string.Join(',', array.Select(Sorted))}]",
        _ => node?.ToJsonString() ?? "",
    };
}
