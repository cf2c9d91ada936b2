using System.IO.Compression;
using System.Xml.Linq;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>Packages come from the source called nuget.org, whatever address a machine gives it; the managed host takes any.</summary>
public sealed class PackageSourceTests : IDisposable
{
    private const string Package = "AutoMirror.Imagined";

    private readonly string _folder = Directory.CreateTempSubdirectory("automirror-sources-").FullName;

    [Fact]
    public void No_address_is_written_down()
    {
        foreach (var file in Directory.GetFiles(Repository.Root, "nuget.config", SearchOption.AllDirectories).Where(TidyTests.IsOurs))
            Assert.Empty(XDocument.Load(file).Descendants("packageSources"));
    }

    [Fact]
    public async Task A_mirror_under_the_name_is_taken()
    {
        var mirror = Feed("mirror");
        Configure(("nuget.org", mirror));
        Copy(Repository.PathOf("nuget.config"), "project");

        var restored = await RestoreAsync();

        Assert.True(restored.ExitCode == 0, restored.Output);
    }

    [Fact]
    public async Task Another_source_is_not()
    {
        Configure(("nuget.org", Empty("nothing")), ("other", Feed("other")));
        Copy(Repository.PathOf("nuget.config"), "project");

        var restored = await RestoreAsync();

        Assert.NotEqual(0, restored.ExitCode);
        Assert.Contains("not considered: other", restored.Output, StringComparison.Ordinal);
    }

    /// <summary>Where the feed of everything else lacks the host's packages, a second one is given on the command line.</summary>
    [Theory]
    [InlineData("src/AutoMirror.Lambda.Managed", true)]
    [InlineData("test/AutoMirror.Lambda.Managed.Tests", true)]
    [InlineData("src/AutoMirror.Lambda", false)]
    public async Task The_managed_host_takes_an_additional_source(string project, bool takes)
    {
        Configure(("nuget.org", Empty("nothing")));
        Copy(Repository.PathOf("nuget.config"), "");
        var own = Repository.PathOf([.. project.Split('/'), "nuget.config"]);
        Assert.Equal(takes, File.Exists(own));
        if (takes)
            Copy(own, "project");

        var restored = await RestoreAsync($"-p:RestoreAdditionalProjectSources={Feed("additional")}");

        Assert.Equal(takes, restored.ExitCode == 0);
    }

    [Fact]
    public void Every_project_of_the_solutions_build_has_its_lock_file_and_the_managed_host_has_none()
    {
        foreach (var project in Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(TidyTests.IsOurs))
        {
            var isManaged = Path.GetFileName(project).StartsWith("AutoMirror.Lambda.Managed", StringComparison.Ordinal);

            Assert.Equal(!isManaged, File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>What a machine's own configuration says, which the project's is laid over.</summary>
    private void Configure(params (string Name, string Place)[] sources)
    {
        var places = sources.Select(each => new XElement("add", new XAttribute("key", each.Name), new XAttribute("value", each.Place)));
        new XDocument(new XElement("configuration", new XElement("packageSources", new XElement("clear"), places)))
            .Save(Path.Combine(_folder, "nuget.config"));
        var project = Path.Combine(_folder, "tree", "project");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "project.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{Package}" Version="1.0.0" /></ItemGroup>
            </Project>
            """);
    }

    private void Copy(string file, string folder) => File.Copy(file, Path.Combine(_folder, "tree", folder, "nuget.config"));

    private string Empty(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private string Feed(string name)
    {
        var feed = Empty(name);
        using var archive = ZipFile.Open(Path.Combine(feed, $"{Package}.1.0.0.nupkg"), ZipArchiveMode.Create);
        using var writer = new StreamWriter(archive.CreateEntry($"{Package}.nuspec").Open());
        writer.Write($"""
            <package><metadata><id>{Package}</id><version>1.0.0</version><authors>nobody</authors><description>Nothing.</description>
            </metadata></package>
            """);
        return feed;
    }

    private Task<ToolResult> RestoreAsync(params string[] options) => Tool.RunAsync(
        "dotnet", ["restore", .. options], new Dictionary<string, string?> { ["NUGET_PACKAGES"] = Path.Combine(_folder, "packages") },
        folder: Path.Combine(_folder, "tree", "project"));
}
