using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using AutoMirror.EndToEnd.Tests.Infra;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>A release, as somebody takes it who has neither a clone nor .NET.</summary>
public sealed class ReleaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("automirror-taken-").FullName;

    private static string FileOf(string name) => Path.Combine(NeedsReleaseFactAttribute.Folder!, name);

    [NeedsReleaseFact]
    public void Every_file_has_its_checksum_and_Lambdas_digest_is_said()
    {
        var sums = File.ReadLines(FileOf("SHA256SUMS")).Select(line => line.Split("  ")).ToDictionary(each => each[1], each => each[0]);
        var digests = File.ReadLines(FileOf("CodeSha256.txt")).Select(line => line.Split("  "))
            .ToDictionary(each => each[1], each => each[0]);

        Assert.Equal(
            Directory.GetFiles(NeedsReleaseFactAttribute.Folder!).Select(file => Path.GetFileName(file)).Except(["SHA256SUMS", "notes.md"])
                .Order(StringComparer.Ordinal),
            sums.Keys.Order(StringComparer.Ordinal));
        Assert.All(sums, each => Assert.Equal(each.Value, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(FileOf(each.Key))))));
        Assert.Contains("automirror-x86_64.zip", digests.Keys);
        Assert.All(digests, each => Assert.Equal(each.Value, Convert.ToBase64String(Convert.FromHexString(sums[each.Key]))));
    }

    /// <summary>Two clones in two places make the same files: <c>AUTOMIRROR_RELEASE_AGAIN</c> names the second one's.</summary>
    [NeedsReleaseFact]
    public void The_same_commit_gives_the_same_bytes_elsewhere()
    {
        var again = Environment.GetEnvironmentVariable("AUTOMIRROR_RELEASE_AGAIN") is { Length: > 0 } folder
            ? folder
            : NeedsReleaseFactAttribute.Folder!;

        Assert.Equal(File.ReadLines(FileOf("SHA256SUMS")), File.ReadLines(Path.Combine(again, "SHA256SUMS")));
    }

    [NeedsReleaseFact]
    public async Task The_tool_is_one_file_that_needs_no_dotnet()
    {
        await UnpackToolAsync();

        var version = await AutomirrorAsync("--version");
        var demo = await AutomirrorAsync("demo");

        Assert.StartsWith("automirror ", version, StringComparison.Ordinal);
        Assert.Contains(Build(), version.Replace(", commit ", "+", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("✓ EC2 holds what the tags ask for", demo, StringComparison.Ordinal);
        Assert.Equal(["LICENSE", Program], Directory.GetFileSystemEntries(_folder).Select(file => Path.GetFileName(file)).Order());
    }

    [NeedsReleaseFact]
    public async Task The_tool_looks_at_an_account_and_changes_it()
    {
        await UnpackToolAsync();
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();

        await AutomirrorAsync(["sync"], account.Environment);
        var status = JsonNode.Parse(await AutomirrorAsync(["status", "--json"], account.Environment))!;

        Assert.Single(await account.SessionsAsync());
        Assert.NotNull(status);
    }

    [NeedsReleaseFact("bash", "curl")]
    public async Task The_tools_emulator_runs_the_function_that_it_carries()
    {
        await UnpackToolAsync();

        var ran = await Tool.RunAsync("bash", ["-euc", $"""
            PATH=/nonexistent {Path.Combine(_folder, Program)} emulator --with-function --port 0 >log 2>&1 &
            for _ in $(seq 100); do
              url=$(grep -om1 'http://127[0-9.:]*' log) && curl -sf "$url/_automirror/state" >state && break
              sleep 0.2
            done
            kill -TERM %1 && wait %1 || true
            cat log state
            """], folder: _folder);

        Assert.True(ran.ExitCode == 0, ran.Output + ran.Error);
        Assert.Contains("\"instances\"", ran.Output, StringComparison.OrdinalIgnoreCase);
    }

    [NeedsReleaseFact("dotnet")]
    public async Task The_package_for_dotnet_installs_and_plays_the_demo()
    {
        var package = Path.GetFileNameWithoutExtension(Directory.GetFiles(NeedsReleaseFactAttribute.Folder!, "*.nupkg").Single());
        await File.WriteAllTextAsync(Path.Combine(_folder, "nuget.config"), $"""
            <configuration><packageSources><clear/>
              <add key="release" value="{NeedsReleaseFactAttribute.Folder}"/>
            </packageSources></configuration>
            """);
        var installed = await Tool.RunAsync(
            "dotnet", ["tool", "install", "AutoMirror", "--version", package["AutoMirror.".Length..], "--tool-path", "tools"],
            new Dictionary<string, string?> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") }, folder: _folder);
        Assert.True(installed.ExitCode == 0, installed.Output + installed.Error);

        var demo = await Tool.RunAsync(Path.Combine(_folder, "tools", Program), ["demo"], folder: _folder);

        Assert.True(demo.ExitCode == 0, demo.Output + demo.Error);
    }

    [NeedsReleaseFact("cfn-lint")]
    public async Task The_packaged_template_names_no_file_of_a_clone_and_lints()
    {
        var template = FileOf("automirror-template.yaml");

        var linted = await Tool.RunAsync("cfn-lint", [template]);

        Assert.True(linted.ExitCode == 0, linted.Output + linted.Error);
        Assert.DoesNotContain("artifacts/", await File.ReadAllTextAsync(template), StringComparison.Ordinal);
        Assert.Contains($"Default: automirror/{Build().Split('+')[0]}/automirror-x86_64.zip", await File.ReadAllTextAsync(template),
            StringComparison.Ordinal);
    }

    [NeedsReleaseFact(Deploys = true)]
    public async Task The_module_of_the_archive_deploys_the_function_of_the_release()
    {
        await ZipFile.ExtractToDirectoryAsync(FileOf("automirror-terraform.zip"), _folder);
        await using var deployed = await DeployedExample.StartAsync("minimal", source: _folder);
        (string, string)[] variables =
            [("package", FileOf("automirror-x86_64.zip")), ("capture_interface", deployed.LaunchSensor())];

        await deployed.ApplyAsync(variables);
        deployed.Cloud.Ec2.RunInstances(new AutoMirror.Emulator.Ec2.Instances.LaunchRequest
        {
            InstanceType = "m5.large", Tags = new Dictionary<string, string> { ["Mirror"] = "true" },
        });

        await deployed.UntilAsync("/aws/lambda/automirror", async () => (await deployed.SessionsAsync()).Count == 1);
        await deployed.PlanNothingAsync(variables);
    }

    /// <summary>The pages name files and parameters of a release, and the commands are the same on both.</summary>
    [NeedsReleaseFact]
    public void The_deploy_commands_name_what_there_is()
    {
        string CommandsIn(string page) =>
            File.ReadAllText(Repository.PathOf(page.Split('/'))).Split("```sh\naws s3 cp ")[1].Split("```")[0];
        var commands = CommandsIn("infra/from-release.md");
        var template = File.ReadAllText(FileOf("automirror-template.yaml"));

        Assert.Equal(commands, CommandsIn("README.md"));
        Assert.All(
            Regex.Matches(commands, @"(?<!/)automirror-[\w]+\.(zip|yaml)").Select(match => match.Value),
            name => Assert.True(File.Exists(FileOf(name)), name));
        Assert.All(
            Regex.Matches(commands, @" (?<name>[A-Z]\w+)=").Select(match => match.Groups["name"].Value),
            name => Assert.Contains($"\n  {name}:\n", template, StringComparison.Ordinal));
    }

    [NeedsReleaseFact]
    public void The_bill_of_materials_has_every_package_that_the_tool_and_the_function_have()
    {
        var bill = JsonNode.Parse(File.ReadAllText(FileOf("automirror.cdx.json")))!;
        var listed = bill["components"]!.AsArray().Select(each => $"{each!["purl"]}").ToHashSet();
        var shipped = JsonNode.Parse(File.ReadAllText(Path.Combine(Programs.CliFolder, "automirror.deps.json")))!["libraries"]!.AsObject()
            .Where(each => $"{each.Value!["type"]}" == "package").Select(each => $"pkg:nuget/{each.Key.Replace('/', '@')}").ToList();

        Assert.Equal(("CycloneDX", "1.6"), ($"{bill["bomFormat"]}", $"{bill["specVersion"]}"));
        Assert.True(shipped.Count > 5);
        Assert.Empty(shipped.Except(listed));
        Assert.Contains(listed, each => each.StartsWith("pkg:nuget/Microsoft.NETCore.App.Runtime@10.", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Program => OperatingSystem.IsWindows() ? "automirror.exe" : "automirror";

    private static string Build() => JsonNode.Parse(File.ReadAllText(FileOf("automirror.cdx.json")))!["metadata"]!["component"]!
        ["properties"]![0]!["value"]!.ToString();

    private Task UnpackToolAsync() =>
        ZipFile.ExtractToDirectoryAsync(FileOf($"automirror-{RuntimeInformation.RuntimeIdentifier}.zip"), _folder);

    private Task<string> AutomirrorAsync(params string[] arguments) => AutomirrorAsync(arguments, new Dictionary<string, string?>());

    private async Task<string> AutomirrorAsync(string[] arguments, IReadOnlyDictionary<string, string?> environment)
    {
        var result = await Tool.RunAsync(
            Path.Combine(_folder, Program), arguments, Clean().Concat(environment).ToDictionary(), folder: _folder);
        Assert.True(result.ExitCode == 0, $"automirror {string.Join(' ', arguments)}\n{result.Output}\n{result.Error}");
        return result.Output;
    }

    /// <summary>No dotnet on the path, and none that a variable names.</summary>
    private static Dictionary<string, string?> Clean() => new()
    {
        ["DOTNET_ROOT"] = null, ["DOTNET_HOST_PATH"] = null, ["PATH"] = "/nonexistent",
    };
}
