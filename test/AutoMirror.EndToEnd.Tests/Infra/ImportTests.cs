using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>What a person made by hand before there was a module, taken over by the import blocks of the module's page.</summary>
public sealed class ImportTests
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;
    private static readonly string Page = File.ReadAllText(Repository.PathOf("infra", "terraform", "README.md"));

    [NeedsDeploymentFact]
    public async Task What_exists_already_is_taken_over_and_not_replaced()
    {
        var minimal = await File.ReadAllTextAsync(Repository.PathOf("infra", "terraform", "examples", "minimal", "main.tf"));
        var blocks = Regex.Match(Page, "```hcl\n(import .*?)```", RegexOptions.Singleline).Groups[1].Value;
        await using var deployed = await DeployedExample.StartAsync("minimal", minimal);
        var sensor = deployed.LaunchSensor();
        var hands = await MakeByHandAsync(deployed, sensor);
        foreach (var (example, id) in hands)
        {
            Assert.Contains(example, blocks, StringComparison.Ordinal);
            blocks = blocks.Replace(example, id, StringComparison.Ordinal);
        }

        await deployed.WriteAsync("imports.tf", blocks);
        (string, string)[] variables =
            [("package", FunctionPackage.Write(Folder, "import")), ("capture_interface", sensor)];
        var changes = (await deployed.PlanAsync(variables))["resource_changes"]!.AsArray();
        var imported = changes.Where(change => change!["change"]!["importing"] is not null).ToList();

        Assert.Equal(Regex.Count(blocks, "^import ", RegexOptions.Multiline), imported.Count);
        Assert.All(changes, change => Assert.DoesNotContain(
            "delete", change!["change"]!["actions"]!.AsArray().Select(action => action!.ToString())));
        await deployed.ApplyAsync(variables);
        await deployed.PlanNothingAsync(variables);
        Assert.Equal(hands["tmf-0123456789abcdef0"], deployed.Cloud.Ssm.Find("/automirror/filter")!.Value);
        Assert.Equal(hands["tmt-0123456789abcdef0"], deployed.Cloud.Ssm.Find("/automirror/targets/default")!.Value);
        Assert.Single(deployed.Cloud.Ec2.Filters.Describe(AutoMirror.Emulator.Query.All).Items);
        Assert.Single(deployed.Cloud.Ec2.Targets.Describe(AutoMirror.Emulator.Query.All).Items);
    }

    /// <summary>With the aws CLI, as one does; the ids that the page's example has, with those that AWS gave.</summary>
    private static async Task<Dictionary<string, string>> MakeByHandAsync(DeployedExample deployed, string sensor)
    {
        var filter = await deployed.AwsAsync("ec2", "create-traffic-mirror-filter", "--description", "for the sensors",
            "--query", "TrafficMirrorFilter.TrafficMirrorFilterId", "--output", "text");
        await deployed.AwsAsync("ec2", "modify-traffic-mirror-filter-network-services", "--traffic-mirror-filter-id", filter,
            "--add-network-services", "amazon-dns");
        var ingress = await RuleAsync(deployed, filter, "ingress");
        var egress = await RuleAsync(deployed, filter, "egress");
        var target = await deployed.AwsAsync("ec2", "create-traffic-mirror-target", "--network-interface-id", sensor, "--description",
            "the sensor", "--query", "TrafficMirrorTarget.TrafficMirrorTargetId", "--output", "text");
        foreach (var (name, type, value) in (IEnumerable<(string, string, string)>)
            [("filter", "String", filter), ("targets/default", "StringList", target), ("policy", "String", """{"onStop":"keep"}""")])
        {
            await deployed.AwsAsync("ssm", "put-parameter", "--name", $"/automirror/{name}", "--type", type, "--value", value);
        }

        await deployed.AwsAsync("logs", "create-log-group", "--log-group-name", "/aws/lambda/automirror");
        return new()
        {
            ["tmf-0123456789abcdef0"] = filter, ["tmfr-0123456789abcdef0"] = ingress, ["tmfr-0123456789abcdef1"] = egress,
            ["tmt-0123456789abcdef0"] = target,
        };
    }

    private static Task<string> RuleAsync(DeployedExample deployed, string filter, string direction) => deployed.AwsAsync(
        "ec2", "create-traffic-mirror-filter-rule", "--traffic-mirror-filter-id", filter, "--traffic-direction", direction,
        "--rule-number", "100", "--rule-action", "accept", "--source-cidr-block", "0.0.0.0/0", "--destination-cidr-block", "0.0.0.0/0",
        "--query", "TrafficMirrorFilterRule.TrafficMirrorFilterRuleId", "--output", "text");
}
