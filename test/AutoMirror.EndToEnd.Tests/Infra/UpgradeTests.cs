using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>An account that an earlier module was applied to.</summary>
public sealed class UpgradeTests
{
    /// <summary>The last commit of the module without <c>retiring</c>, roles that exist, and alarms by kind.</summary>
    private const string Earlier = "c0de4dace9632b719344393902d125e7ff643073";

    private static readonly string Folder = Directory.CreateTempSubdirectory("automirror-package-").FullName;

    [NeedsEarlierModuleFact(Earlier)]
    public async Task A_later_module_replaces_and_destroys_nothing()
    {
        var earlier = Path.Combine(Directory.CreateTempSubdirectory("automirror-earlier-").FullName, "module.tar");
        var archived = await Tool.RunAsync("git", ["archive", "--output", earlier, Earlier, "infra/terraform"]);
        Assert.True(archived.ExitCode == 0, archived.Error);
        var unpacked = await Tool.RunAsync("tar", ["-xf", earlier, "-C", Path.GetDirectoryName(earlier)!]);
        Assert.True(unpacked.ExitCode == 0, unpacked.Error);
        await using var deployed = await DeployedExample.StartAsync(
            "minimal", source: Path.Combine(Path.GetDirectoryName(earlier)!, "infra", "terraform"));
        (string, string)[] variables =
            [("package", FunctionPackage.Write(Folder, "upgrade")), ("capture_interface", deployed.LaunchSensor())];
        await deployed.ApplyAsync(variables);

        deployed.Replace(TerraformModule.Source);
        var changes = (await deployed.PlanAsync(variables))["resource_changes"]!.AsArray()
            .Select(change => (Address: change!["address"]!.ToString(), Actions: string.Join(' ', change["change"]!["actions"]!.AsArray())))
            .ToList();

        Assert.DoesNotContain(changes, change => change.Actions.Contains("delete", StringComparison.Ordinal));
        Assert.Contains(changes, change => change is { Address: "module.automirror.aws_iam_role.function[0]", Actions: "no-op" });
        await deployed.ApplyAsync(variables);
        await deployed.PlanNothingAsync(variables);
    }
}
