using System.Text.RegularExpressions;
using System.Xml.Linq;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>What the repository promises about itself.</summary>
public sealed partial class TidyTests
{
    private const int LongestFile = 250;
    private const int LongestLine = 140;

    /// <summary>Core's folders, as its README draws them: each imports only those before it.</summary>
    private static readonly string[] Layers =
        ["Model", "Facts", "Ports", "Policies", "Events", "Observing", "Planning", "Applying", "Reporting", "Batching"];

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
            var references = XDocument.Load(project).Descendants("ProjectReference")
                .Select(each => Path.GetFileNameWithoutExtension(each.Attribute("Include")!.Value)).Distinct();
            Assert.Equal(AllowedReferences[name].Order(), references.Order());
        }
    }

    [Fact]
    public void Core_takes_nothing_but_the_framework()
    {
        var packages = XDocument.Load(Repository.PathOf("src", "AutoMirror.Core", "AutoMirror.Core.csproj")).Descendants("PackageReference")
            .ToList();

        Assert.All(packages, package => Assert.Equal("all", package.Attribute("PrivateAssets")?.Value));
    }

    [Fact]
    public void All_packages_have_their_version_in_one_place()
    {
        foreach (var project in Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs))
            Assert.All(XDocument.Load(project).Descendants("PackageReference"), package => Assert.Null(package.Attribute("Version")));
    }

    [Fact]
    public void Cores_folders_import_downwards_only()
    {
        var core = Repository.PathOf("src", "AutoMirror.Core");
        Assert.Equal(Layers.Order(), Directory.GetDirectories(core).Select(Path.GetFileName).Except(["bin", "obj"]).Order());
        foreach (var file in Directory.GetFiles(core, "*.cs", SearchOption.AllDirectories).Where(IsOurs))
        {
            var text = File.ReadAllText(file);
            var layer = Array.IndexOf(Layers, Path.GetRelativePath(core, file).Split(Path.DirectorySeparatorChar)[0]);

            // What lies beside the folders stands on all of them.
            var allowed = layer < 0 ? Layers.Length : layer;
            foreach (Match import in CoreFolder().Matches(text))
            {
                var folder = import.Groups["folder"].Value;
                Assert.True(Array.IndexOf(Layers, folder) <= allowed, $"{file} names {folder}, which does not lie below it");
                Assert.True(
                    import.Groups["using"].Success || import.Groups["namespace"].Success,
                    $"{file} names {folder} other than by a using");
            }

            foreach (Match named in ByFolder().Matches(text))
            {
                var (folder, type) = (named.Groups["folder"].Value, named.Groups["type"].Value);
                if (File.Exists(Path.Combine(core, folder, $"{type}.cs")))
                    Assert.True(Array.IndexOf(Layers, folder) <= allowed, $"{file} names {named.Value}, which does not lie below it");
            }

            Assert.DoesNotContain("global using", text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("<Using ", File.ReadAllText(Path.Combine(core, "AutoMirror.Core.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public void Cores_readme_draws_the_same_order() =>
        Assert.Contains(
            string.Join(" ← ", Layers), File.ReadAllText(Repository.PathOf("src", "AutoMirror.Core", "README.md")),
            StringComparison.Ordinal);

    [Fact]
    public void A_namespace_is_the_path_of_its_folder()
    {
        foreach (var file in Sources())
        {
            var top = Repository.PathOf(file.StartsWith(Repository.PathOf("src"), StringComparison.Ordinal) ? "src" : "test");
            var expected = Path.GetRelativePath(top, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            foreach (Match match in Namespace().Matches(File.ReadAllText(file)))
                Assert.True(expected == match.Groups["name"].Value, $"{file} has the namespace {match.Groups["name"].Value}");
        }
    }

    [Fact]
    public void A_file_can_be_read_in_a_sitting()
    {
        var tooLong = Sources().Where(file => File.ReadLines(file).Count() > LongestFile)
            .Select(file => $"{file} is longer than {LongestFile} lines");
        var tooWide = Sources().SelectMany(file => CodeLines(file).Where(line => line.Text.Length > LongestLine)
            .Select(line => $"{file}:{line.Number} is wider than {LongestLine}"));

        Assert.Empty(tooLong.Concat(tooWide));
    }

    [Fact]
    public void Nothing_is_left_for_later()
    {
        var leftOver = new Regex("TO" + "DO|FIX" + "ME|NotImplemented" + "Exception|#pragma warning " + "disable|Thread" + @"\.Sleep");

        Assert.Empty(
            Sources().SelectMany(
                file =>
                    File.ReadLines(file).Index().Where(line => leftOver.IsMatch(line.Item))
                        .Select(line => $"{file}:{line.Index + 1}: {line.Item}")));
    }

    /// <summary>What git keeps: an editor's folder or a note beside it is nobody's business.</summary>
    [NeedsToolFact("git")]
    public async Task The_root_holds_what_it_should_and_nothing_else()
    {
        string[] expected =
        [
            ".ci", ".editorconfig", ".gitattributes", ".github", ".gitignore", "AutoMirror.sln", "LICENSE", "README.md",
            "aws-lambda-tools-defaults.json", "global.json", "infra", "nuget.config", "src", "test",
        ];
        var listed = await Tool.RunAsync("git", ["ls-files"]);
        if (listed.ExitCode != 0)
            return; // An archive without .git.

        var kept = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(path => path.Split('/')[0]).Distinct();
        Assert.Equal(expected.Order(StringComparer.Ordinal), kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.PathOf("AutoMirror.sln"));

        Assert.All(
            Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Where(IsOurs),
            project => Assert.Contains(Path.GetFileName(project), solution, StringComparison.Ordinal));
    }

    internal static bool IsOurs(string path) =>
        !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}artifacts{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        && !path.Contains($"{Path.DirectorySeparatorChar}.terraform{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static IEnumerable<string> Sources() =>
        ((string[])["src", "test"]).SelectMany(folder => Directory.GetFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories))
            .Where(IsOurs);

    /// <summary>The lines of a file, numbered, without those that hold raw text: that is data, as wide as it is.</summary>
    private static IEnumerable<(int Number, string Text)> CodeLines(string file)
    {
        var isRaw = false;
        foreach (var (index, line) in File.ReadLines(file).Index())
        {
            var quotes = RawQuotes().Count(line);
            if (!isRaw && quotes == 0)
                yield return (index + 1, line);
            isRaw ^= quotes % 2 != 0;
        }
    }

    [GeneratedRegex("\"{3,}")]
    private static partial Regex RawQuotes();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"(?<using>^using )?(?<namespace>^namespace )?(global::)?AutoMirror\.Core\.(?<folder>\w+)", RegexOptions.Multiline)]
    private static partial Regex CoreFolder();

    // A folder's name before a type's, as in Events.Scope, gets round the usings.
    [GeneratedRegex(@"(?<![.\w])(?<folder>[A-Z]\w+)\.(?<type>[A-Z]\w+)")]
    private static partial Regex ByFolder();
}
