using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>What the public host runs, as far as it can be held here.</summary>
public sealed partial class WorkflowTests
{
    private static readonly IReadOnlyList<string> Names =
        [.. Directory.GetFiles(Repository.PathOf(".github", "workflows")).Select(file => Path.GetFileName(file)).Order()];

    public static TheoryData<string> Workflows => [.. Names];

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Actions_are_pinned_by_commit_and_say_which_version_that_is(string workflow)
    {
        var uses = Lines(workflow).Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(@"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line));
    }

    /// <summary>One commit an action, so that a pin that somebody changed by hand in one place is seen.</summary>
    [Fact]
    public void An_action_has_one_commit_in_all_workflows() => Assert.All(
        Names.SelectMany(Lines).Select(line => Action().Match(line)).Where(match => match.Success)
            .Select(match => (Name: match.Groups["name"].Value, Pin: match.Groups["pin"].Value)).Distinct().GroupBy(each => each.Name),
        action => Assert.Single(action));

    [Theory]
    [MemberData(nameof(Workflows))]
    public void A_workflow_has_the_least_permissions(string workflow)
    {
        var text = string.Join('\n', Lines(workflow));
        var top = Regex.Match(text, @"^permissions:(?<all> \{\})?\n(?<list>(  [\w-]+: \w+\n)*)", RegexOptions.Multiline);

        Assert.True(top.Success, $"{workflow} says nothing about permissions, and gets those of the repository's settings");
        Assert.DoesNotContain("write", top.Groups["list"].Value, StringComparison.Ordinal);
        Assert.DoesNotContain("secrets.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request_target", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"run: .*\$\{\{ github\.(event|head_ref)", text);
    }

    [Theory]
    [MemberData(nameof(Workflows))]
    public void Every_script_that_a_workflow_runs_is_there(string workflow)
    {
        foreach (Match script in Script().Matches(string.Join('\n', Lines(workflow))))
        {
            var file = Repository.PathOf(script.Groups["path"].Value.Split('/'));
            Assert.True(File.Exists(file), $"{workflow} runs {script.Value}");
            if (!OperatingSystem.IsWindows() && !file.EndsWith(".py", StringComparison.Ordinal))
                Assert.True(File.GetUnixFileMode(file).HasFlag(UnixFileMode.UserExecute), $"{script.Value} can't be executed");
        }
    }

    [NeedsToolFact("bash")]
    public async Task Every_shell_script_can_be_parsed()
    {
        string[] folders = [".github", ".ci", "infra", "test"];
        var scripts = folders.SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*", SearchOption.AllDirectories))
            .Where(TidyTests.IsOurs)
            .Where(file => file.EndsWith(".sh", StringComparison.Ordinal) || file.EndsWith("/.ci/run", StringComparison.Ordinal)).ToList();

        var parsed = await Tool.RunAsync("bash", ["-c", "for each in \"$@\"; do bash -n \"$each\" || exit 1; done", "-", .. scripts]);

        Assert.True(scripts.Count > 5);
        Assert.True(parsed.ExitCode == 0, parsed.Error);
    }

    [NeedsToolFact("actionlint")]
    public async Task Actionlint_finds_nothing()
    {
        var linted = await Tool.RunAsync("actionlint", []);

        Assert.True(linted.ExitCode == 0, linted.Output);
    }

    /// <summary>A night's history that goes wrong becomes a text with the command that replays it.</summary>
    [NeedsToolFact("bash", "git")]
    public async Task What_the_simulation_finds_is_told_with_its_command()
    {
        var folder = Directory.CreateTempSubdirectory("automirror-night-").FullName;
        var dotnet = Path.Combine(folder, "dotnet");
        await File.WriteAllTextAsync(dotnet, "#!/bin/sh\necho \"$@\"\necho 'replay it: --seed 7 --keep 1,2'\nexit 1\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Path.Combine(folder, ".github"));
        File.Copy(Repository.PathOf(".github", "simulate.sh"), Path.Combine(folder, ".github", "simulate.sh"));

        var night = await Tool.RunAsync(
            "bash", [".github/simulate.sh", "3", "100000"], folder: folder,
            environment: new Dictionary<string, string?> { ["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}" });

        Assert.Equal(1, night.ExitCode);
        Assert.Contains("--from 300001 --seeds 100000", night.Output, StringComparison.Ordinal);
        Assert.Contains(
            "--seed 7 --keep 1,2", await File.ReadAllTextAsync(Path.Combine(folder, "artifacts", "simulation.md")),
            StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [NeedsToolFact("python3")]
    public async Task A_type_that_the_guide_adds_or_drops_is_named()
    {
        var folder = Directory.CreateTempSubdirectory("automirror-guide-").FullName;
        var (quotas, sources) = (Path.Combine(folder, "quotas.html"), Path.Combine(folder, "sources.html"));
        string Facts(string file, string list) => string.Join(
            " | ",
            JsonNode.Parse(File.ReadAllText(Repository.PathOf("src", "AutoMirror.Core", "Facts", file)))![list]!.AsArray()
                .Select(each => each!.ToString()));
        var hundred = Facts("target-capacity.json", "hundredSources");
        var families = Facts("source-support.json", "supported");
        async Task<ToolResult> Compare(string types, string kinds)
        {
            await File.WriteAllTextAsync(quotas, $"<p>1 These types support up to 100 sources per target.</p><li>{types}</li>");
            await File.WriteAllTextAsync(sources, $"<h2>Supported instance types</h2><p>{kinds}</p><h3>Bare metal</h3><p>m5</p>");
            return await Tool.RunAsync("python3", [".github/compare-guide.py", quotas, sources]);
        }

        var same = await Compare(hundred, families);
        var more = await Compare(hundred.Replace("m5.24xlarge", "m99.24xlarge", StringComparison.Ordinal), families + " | x99");
        var none = await Compare("", families);

        Assert.True(same.ExitCode == 0, same.Output);
        Assert.Equal((1, 1), (more.ExitCode, none.ExitCode));
        Assert.Equal(
            ["m5.24xlarge", "m99.24xlarge", "x99"],
            more.Output.Split('\n').Where(line => line.StartsWith("- ", StringComparison.Ordinal)).Select(line => line[2..].Split(':')[0])
                .Order(StringComparer.Ordinal));
        Assert.Contains("no list of the targets", none.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static string[] Lines(string workflow) => File.ReadAllLines(Repository.PathOf(".github", "workflows", workflow));

    [GeneratedRegex("uses: (?<name>[^@]+)@(?<pin>[0-9a-f]+)")]
    private static partial Regex Action();

    [GeneratedRegex(@"(?<![\w/.])(?<path>(\.github|\.ci|infra|test)/[\w./-]+(\.sh|\.py|run))\b")]
    private static partial Regex Script();
}
