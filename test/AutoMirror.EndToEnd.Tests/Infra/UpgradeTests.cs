using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>An account that an earlier module was applied to.</summary>
public sealed class UpgradeTests
{
    /// <summary>The module before it had <c>create</c>, <c>retiring</c>, roles that exist, and alarms by kind, as it was then.</summary>
    private static readonly string Earlier =
        Repository.PathOf("test", "AutoMirror.EndToEnd.Tests", "Infra", "Earlier");

    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;

    [NeedsDeploymentFact]
    public async Task A_later_module_replaces_and_destroys_nothing()
    {
        await using var deployed = await DeployedExample.StartAsync("minimal", source: Earlier);
        (string, string)[] variables =
            [("package", FunctionPackage.Write(Folder, "upgrade")), ("capture_interface", deployed.LaunchSensor())];
        await deployed.ApplyAsync(variables);
        var before = await deployed.StateAsync();

        deployed.Replace(TerraformModule.Source);
        var plan = await deployed.PlanAsync(variables);
        var changes = plan["resource_changes"]!.AsArray()
            .Select(change => (Address: change!["address"]!.ToString(), Actions: string.Join(' ', change["change"]!["actions"]!.AsArray()),
                Before: change["previous_address"]?.ToString() ?? change["address"]!.ToString())).ToList();

        Assert.DoesNotContain(changes, change => change.Actions.Contains("delete", StringComparison.Ordinal));
        Assert.Contains(changes, change => change is { Address: "module.automirror.aws_iam_role.function[0]", Actions: "no-op" });
        // What was there goes on, under whichever name; all else is new.
        Assert.Empty(before.Except(changes.Where(change => change.Actions != "create").Select(change => change.Before)));
        await deployed.ApplyAsync(variables);
        await deployed.PlanNothingAsync(variables);
    }
}
