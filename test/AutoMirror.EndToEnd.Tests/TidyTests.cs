using System.Text.RegularExpressions;
using System.Xml.Linq;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>What the repository promises about itself.</summary>
public sealed partial class TidyTests
{
    private const int LongestFile = 310;
    private const int LongestLine = 260;

    private static readonly Dictionary<string, string[]> AllowedReferences = new()
    {
        ["AutoMirror.Core"] = [],
        ["AutoMirror.Aws"] = ["AutoMirror.Core"],
        ["AutoMirror.Lambda"] = ["AutoMirror.Aws"],
        ["AutoMirror.Lambda.Managed"] = ["AutoMirror.Aws"],
        ["AutoMirror.Emulator"] = [],
        ["AutoMirror.Cli"] = ["AutoMirror.Aws", "AutoMirror.Emulator", "AutoMirror.Lambda"],
    };

    [Fact]
    public void Dependencies_go_one_way()
    {
        foreach (var project in Directory.GetFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference").Select(each => Path.GetFileNameWithoutExtension(each.Attribute("Include")!.Value));
            Assert.Equal(AllowedReferences[name].Order(), references.Order());
        }
    }

    [Fact]
    public void Core_takes_nothing_but_the_framework()
    {
        var packages = XDocument.Load(Repository.PathOf("src", "AutoMirror.Core", "AutoMirror.Core.csproj")).Descendants("PackageReference").ToList();

        Assert.All(packages, package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    [Fact]
    public void All_packages_have_their_version_in_one_place()
    {
        foreach (var project in Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs))
            Assert.All(XDocument.Load(project).Descendants("PackageReference"), package => Assert.Null(package.Attribute("Version")));
    }

    [Fact]
    public void A_file_can_be_read_in_a_sitting()
    {
        var tooLong = Sources().Where(file => File.ReadLines(file).Count() > LongestFile).Select(file => $"{file} is longer than {LongestFile} lines");
        var tooWide = Sources().SelectMany(file => File.ReadLines(file).Index().Where(line => line.Item.Length > LongestLine).Select(line => $"{file}:{line.Index + 1} is wider than {LongestLine}"));

        Assert.Empty(tooLong.Concat(tooWide));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var leftOver = new Regex("TO" + "DO|FIX" + "ME|NotImplemented" + "Exception|#pragma warning " + "disable|Thread" + @"\.Sleep");

        Assert.Empty(Sources().SelectMany(file => File.ReadLines(file).Index().Where(line => leftOver.IsMatch(line.Item)).Select(line => $"{file}:{line.Index + 1}: {line.Item}")));
    }

    [Fact]
    public void The_root_holds_what_it_should_and_nothing_else()
    {
        string[] expected = [".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore", "AutoMirror.sln", "LICENSE", "README.md", "aws-lambda-tools-defaults.json", "infra", "src", "test"];
        var ignored = (string[])[".git", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts"];

        Assert.Equal(expected.Order(StringComparer.Ordinal), Directory.GetFileSystemEntries(Repository.Root).Select(entry => Path.GetFileName(entry)!).Except(ignored).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("AutoMirror.sln"));

        Assert.All(Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs), project => Assert.Contains(Path.GetFileName(project), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_link_in_the_documentation_leads_somewhere()
    {
        foreach (var page in Directory.GetFiles(Repository.Root, "*.md", SearchOption.AllDirectories).Where(IsOurs))
        {
            foreach (Match link in Link().Matches(File.ReadAllText(page)))
            {
                var to = link.Groups["to"].Value.Split('#')[0];
                if (to.Length > 0 && !to.StartsWith("http", StringComparison.Ordinal))
                    Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, to)), $"{page} links to {to}, which is not there");
            }
        }
    }

    internal static bool IsOurs(string path) =>
        !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}.terraform{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static IEnumerable<string> Sources() =>
        ((string[])["src", "test"]).SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)).Where(IsOurs);

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
