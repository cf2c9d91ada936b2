using AutoMirror.Core.Model;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>Every way to come by the sources gives a version, and none a warning.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("automirror-version-").FullName;

    [Fact]
    public async Task The_tool_says_which_build_it_is()
    {
        var result = await Programs.CliAsync(["--version"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Matches($@"^automirror {Build.Own.Version}(, commit {Build.Own.Commit})?(, not a release)?$", result.Output.Trim());
    }

    [NeedsHistoryFact]
    public async Task A_tag_is_the_version()
    {
        var commit = await CloneAsync();
        await GitAsync("tag", "v12.3.4");

        Assert.Equal($"12.3.4+{commit}", await VersionAsync());
    }

    [NeedsHistoryFact]
    public async Task A_clone_without_tags_says_so()
    {
        var commit = await CloneAsync("--no-tags");

        Assert.Matches($@"^0\.0\.0-alpha\.0(\.\d+)?\+{commit}$", await VersionAsync());
        Assert.False(Build.Parse(await VersionAsync()).IsRelease);
    }

    [NeedsHistoryFact]
    public async Task A_clone_without_history_builds()
    {
        var commit = await CloneAsync("--depth", "1", "--no-tags");

        Assert.Equal($"0.0.0-alpha.0+{commit}", await VersionAsync());
    }

    [NeedsHistoryFact("tar")]
    public async Task An_archive_of_a_tag_knows_its_version_and_its_commit()
    {
        var clone = Path.Combine(_folder, "clone");
        await Succeed("git", ["clone", "--quiet", "--shared", Repository.Root, clone], _folder);
        await Succeed("git", ["tag", "v12.3.4"], clone);
        var commit = (await Succeed("git", ["rev-parse", "HEAD"], clone)).Trim();
        await UnpackAsync(clone, "v12.3.4");

        Assert.Equal($"12.3.4+{commit}", await VersionAsync());
    }

    [NeedsHistoryFact("tar")]
    public async Task An_archive_that_git_wrote_nothing_into_builds()
    {
        await UnpackAsync(Repository.Root, "HEAD");
        File.Copy(Repository.PathOf("src", "Archive.props"), Path.Combine(Tree, "src", "Archive.props"), overwrite: true);

        Assert.Equal("0.0.0-archive", await VersionAsync());
    }

    public void Dispose()
    {
        foreach (var file in Directory.GetFiles(_folder, "*", SearchOption.AllDirectories))
            File.SetAttributes(file, FileAttributes.Normal);
        Directory.Delete(_folder, recursive: true);
    }

    private string Tree => Path.Combine(_folder, "tree");

    private async Task<string> CloneAsync(params string[] options)
    {
        await Succeed("git", ["clone", "--quiet", .. options, $"file://{Repository.Root}", Tree], _folder);
        return (await GitAsync("rev-parse", "HEAD")).Trim();
    }

    private async Task UnpackAsync(string clone, string commit)
    {
        Directory.CreateDirectory(Tree);
        var archive = Path.Combine(_folder, "archive.tar");
        await Succeed("git", ["archive", "--output", archive, commit], clone);
        await Succeed("tar", ["-xf", archive, "-C", Tree], _folder);
    }

    private Task<string> GitAsync(params string[] arguments) => Succeed("git", arguments, Tree);

    // What the compiler is given as the assembly's version: any warning on the way there is an error.
    private async Task<string> VersionAsync() => (await Succeed(
        "dotnet",
        [
            "build", "src/AutoMirror.Core", "-restore", "-warnaserror", "-t:GetAssemblyAttributes", "-getProperty:InformationalVersion",
        ],
        Tree)).Trim();

    private static async Task<string> Succeed(string command, string[] arguments, string folder)
    {
        var result = await Tool.RunAsync(command, arguments, folder: folder);
        Assert.True(result.ExitCode == 0, $"{command} {string.Join(' ', arguments)}\n{result.Output}\n{result.Error}");
        return result.Output;
    }
}
