using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>Each command of the runbook is run, in its order, in an account that the module was applied to, or says that it needs
/// AWS.</summary>
public sealed partial class RunbookTests
{
    private const string Log = "/aws/lambda/automirror";

    private static readonly string Page = File.ReadAllText(Repository.PathOf("infra", "runbook.md"));
    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;

    [Fact]
    public void A_command_that_needs_AWS_says_why() =>
        Assert.All(NeedsAws().Matches(Page), match => Assert.NotEmpty(match.Groups["why"].Value));

    [NeedsPythonModuleFact("samtranslator")]
    public async Task Every_alarm_has_its_heading()
    {
        var headings = Regex.Matches(Page, "^### (.*)$", RegexOptions.Multiline).SelectMany(match => match.Groups[1].Value.Split(", "));
        var alarms = (await SamTemplate.DeployAsync(("DefaultTarget", "tmt-0b71de94af3c20586"))).OfType("AWS::CloudWatch::Alarm")
            .Select(alarm => alarm["AlarmName"]!.ToString()["automirror-".Length..]).ToList();

        Assert.Equal(alarms.Order(), headings.Order());
        Assert.Equal(17, alarms.Count);
        Assert.Contains("seventeen alarms", Page, StringComparison.Ordinal);
    }

    [NeedsDeploymentFact]
    public async Task Its_commands_do_what_they_say()
    {
        await using var deployed = await DeployedExample.StartAsync("minimal");
        (string, string)[] variables =
            [("package", FunctionPackage.Write(Folder, "runbook")), ("capture_interface", deployed.LaunchSensor())];
        await deployed.ApplyAsync(variables);
        var instance = deployed.Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest
        {
            InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
        })[0].Id;
        await deployed.UntilAsync(Log, async () => (await deployed.SessionsAsync()).Count == 1);
        var commands = Block().Matches(NeedsAws().Replace(Page, "")).Select(match => match.Groups["commands"].Value).ToList();
        Assert.InRange(commands.Count, 10, 30);

        List<string> outputs = [];
        foreach (var command in commands.SkipLast(1))
            outputs.Add(await RunAsync(deployed, command, instance));

        // The last one asks. Without a terminal it shows what it would do, and says that nothing was done.
        outputs.Add(await RunAsync(deployed, commands[^1], instance, exitCode: 2));

        Assert.Contains("\"mirrored\":1", outputs[0], StringComparison.Ordinal);
        Assert.Contains("mirrored", outputs[1], StringComparison.Ordinal);
        Assert.Contains("session created", outputs[2], StringComparison.Ordinal);
        Assert.Contains("mode observe", outputs[3], StringComparison.Ordinal);
        Assert.Contains("mode off", outputs[3], StringComparison.Ordinal);
        Assert.Contains("mode sync", outputs[3], StringComparison.Ordinal);
        Assert.Contains("0 to delete, 0 to modify", string.Join('\n', outputs), StringComparison.Ordinal);
        Assert.Contains("Would be deleted", outputs[^1], StringComparison.Ordinal);
        Assert.Null(deployed.Cloud.Ssm.Find("/automirror/mode"));
        Assert.Single(await deployed.SessionsAsync());
        await APauseIsAnAlarmAsync(deployed, variables);
    }

    /// <summary>A pause raises its alarm, and no apply undoes it; after it AutoMirror says that it is over.</summary>
    private static async Task APauseIsAnAlarmAsync(DeployedExample deployed, (string, string)[] variables)
    {
        Task<bool> SaysAsync(int paused) => Task.FromResult(deployed.Cloud.Logs.Get(Log).Messages
            .Last(line => line.Contains("\"Paused\":", StringComparison.Ordinal))
            .Contains($"\"Paused\":{paused}", StringComparison.Ordinal));
        await deployed.AutomirrorAsync("pause", "--mode", "off");
        await deployed.UntilAsync(Log, () => SaysAsync(1));
        await deployed.UntilAsync(Log, () => Task.FromResult(deployed.Cloud.CloudWatch.Alarms.Find("automirror-paused")!.State == "ALARM"));
        await deployed.PlanNothingAsync(variables);
        await deployed.AutomirrorAsync("resume");
        await deployed.UntilAsync(Log, () => SaysAsync(0));
    }

    private static async Task<string> RunAsync(DeployedExample deployed, string command, string instance, int exitCode = 0)
    {
        // Version 1 of the aws CLI forgets the endpoint for SQS in us-east-1.
        var script = $$"""
            set -euo pipefail
            automirror() { dotnet '{{Path.Combine(Programs.CliFolder, "automirror.dll")}}' "$@"; }
            aws() { command aws --endpoint-url "$AWS_ENDPOINT_URL" "$@"; }
            instance={{instance}}
            {{command}}
            """;
        var result = await Tool.RunAsync("bash", ["-c", script], deployed.Account, folder: Repository.Root);
        Assert.True(result.ExitCode == exitCode, $"{command}\n{result.Output}\n{result.Error}");
        return result.Output + result.Error;
    }

    [GeneratedRegex("<!-- needs AWS: (?<why>[^>]*) -->\n```sh\n.*?```", RegexOptions.Singleline)]
    private static partial Regex NeedsAws();

    [GeneratedRegex("```sh\n(?<commands>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
