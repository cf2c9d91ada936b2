using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Amazon.EC2.Model;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The templates on an emulated account, which was written apart from them.</summary>
public sealed class EmulatorTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] AllOn = ["StateEvents", "TagEvents", "ApiEvents", "ParameterEvents", "FindingEvents"];

    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_emulated_EventBridge_takes_each_sample_as_these_tests_matcher_does()
    {
        var rules = EventRules.Of(await SamTemplate.DeployAsync(("DefaultTarget", "tmt-0b71de94af3c20586")))
            .Where(rule => rule.Pattern is not null).ToList();
        var cloud = new Cloud(new EmulatorOptions());
        foreach (var rule in rules)
        {
            cloud.Events.PutRule(rule.Name, rule.Pattern!.ToJsonString());
            var queue = cloud.Sqs.Create(rule.Name);
            queue.Allow("events.amazonaws.com");
            cloud.Events.PutTarget(rule.Name, new("queue", queue.Arn));
        }

        foreach (var file in Directory.GetFiles(Repository.PathOf("infra", "events")).Order())
        {
            // What comes in an envelope, or from a person, is nothing that EventBridge sends.
            if (JsonNode.Parse(await File.ReadAllTextAsync(file)) is not JsonObject sample || sample["source"] is null)
                continue;
            cloud.Events.Emit(
                sample["source"]!.ToString(), sample["detail-type"]!.ToString(), sample["detail"]!.DeepClone().AsObject(),
                [.. sample["resources"]!.AsArray().Select(resource => resource!.ToString())]);

            Assert.Equal(
                $"{file}: {string.Join(' ', rules.Where(rule => rule.Takes(sample)).Select(rule => rule.Name))}",
                $"{file}: {string.Join(' ', rules.Select(rule => rule.Name).Where(name => cloud.Sqs.Get(name).Visible > 0))}");
            foreach (var rule in rules)
                cloud.Sqs.Get(rule.Name).Purge();
        }
    }

    /// <summary>A day on the template's own rules: a launch, a change of the policy, a tag, a foreign session, sweeps.</summary>
    [NeedsPythonModuleFact("samtranslator")]
    public async Task The_function_is_started_by_the_templates_rules_and_calls_nothing_that_its_role_does_not_permit()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var stack = await SamTemplate.DeployAsync(
            [("DefaultTarget", account.TargetId), ("Filter", account.FilterId), .. AllOn.Select(on => (on, "ENABLED"))]);
        account.Cloud.RegisterCaller("AKIATESTFUNCTION", stack.Outputs["RoleName"], stack.Outputs["FunctionName"]);
        foreach (var rule in EventRules.Of(stack).Where(rule => rule.Pattern is not null))
            account.Cloud.Events.Subscribe(rule.Name, rule.Pattern!.ToJsonString());
        var variables = stack.Resources["Function"]["Environment"]!["Variables"]!.AsObject()
            .Where(v => v.Key.StartsWith("AUTOMIRROR_", StringComparison.Ordinal))
                .ToDictionary(v => v.Key, v => (string?)v.Value!.ToString());
        using var function = Programs.StartFunction(account.Server, environment: variables);
        Task Idle() => account.Cloud.Function.WhenIdleAsync().WaitAsync(Patience);

        await account.PutAsync("policy", """{"tagLevels":["interface","instance","subnet","vpc"],"sensorTags":true,"packetLength":1500}""");
        var instance = await account.LaunchAsync(interfaces: 2);
        await Idle();
        Assert.Equal(2, (await account.SessionsAsync()).Count);

        await account.PutAsync("policy", """{"tagLevels":["interface","instance","subnet","vpc"]}""");
        await Idle();
        await account.NewForeignSessionAsync(instance.NetworkInterfaces[0].NetworkInterfaceId, 7);
        await account.Cloud.Function.InvokeAsync("{}").WaitAsync(Patience);
        await account.Ec2.CreateTagsAsync(new CreateTagsRequest { Resources = [instance.InstanceId], Tags = [new Tag("Mirror", "no")] });
        await Idle();
        await account.Cloud.Function.InvokeAsync("{}").WaitAsync(Patience);

        Assert.Equal(7, Assert.Single(await account.SessionsAsync()).SessionNumber);
        Assert.All(account.Cloud.Function.Results, result => Assert.False(result.IsError, result.Payload));
        var used = account.Cloud.Requests.Snapshot().Where(request => request.AccessKeyId == "AKIATESTFUNCTION")
            .Select(request => $"{request.Service}:{request.Action}").ToHashSet();
        var granted = IamActions.Granted(IamStatement.Read(stack.Resources["Role"]["Policies"]![0]!["PolicyDocument"]!));
        Assert.Superset(
            new HashSet<string>
            {
                "ec2:DescribeSubnets", "ec2:CreateTrafficMirrorSession", "ec2:DeleteTrafficMirrorSession", "ssm:GetParametersByPath",
            },
            used);
        Assert.Empty(IamActions.Compare(granted, used).Missing);
        await function.StopAsync();
    }

    [NeedsToolFact("aws", "bash")]
    public async Task The_commands_that_remove_what_the_stack_leaves_do_so()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var readme = await File.ReadAllTextAsync(Repository.PathOf("infra", "README.md"));
        var commands = Regex.Match(readme, "```sh\n(aws ec2 delete-traffic-mirror-target.*?)```", RegexOptions.Singleline).Groups[1].Value;

        var result = await Tool.RunAsync("bash", ["-euc", commands], account.Environment.Concat(new Dictionary<string, string?>
        {
            ["target"] = account.TargetId, ["filter"] = account.FilterId, ["AWS_PROFILE"] = null, ["AWS_CONFIG_FILE"] = "/nonexistent",
            ["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent", ["AWS_PAGER"] = "",
        }).ToDictionary());

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Empty(account.Cloud.Ec2.Filters.Describe(Query.All).Items);
        Assert.Empty(account.Cloud.Ec2.Targets.Describe(Query.All).Items);
    }
}
