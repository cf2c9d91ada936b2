using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>Every page renders on the public host as it was meant.</summary>
public sealed partial class PagesTests
{
    /// <summary>A page with more headings than this lists them at its top.</summary>
    private const int HeadingsWithoutContents = 9;

    /// <summary>Places of the public host itself, relative to a page as it is shown there.</summary>
    private static readonly string[] OfTheHost = ["releases", "actions", "security"];

    private static readonly IReadOnlyList<string> Names =
    [
        .. Directory.GetFiles(Repository.Root, "*.md", SearchOption.AllDirectories).Where(TidyTests.IsOurs)
            .Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> Pages => [.. Names];

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_table_has_a_heading_over_its_columns_and_no_gap_in_it(string page)
    {
        var lines = Prose(page);
        foreach (var (index, line) in lines.Index().Where(each => Rule().IsMatch(each.Item)))
        {
            var heading = lines[index - 1];
            Assert.False(Regex.IsMatch(heading, @"\| *\|"), $"{page}: a column without a heading: {heading}");
            Assert.Equal(Cells(heading), Cells(line));
        }

        foreach (var (index, line) in lines.Index().Where(each => each.Item.StartsWith('|')))
        {
            var isHeading = index + 1 < lines.Count && Rule().IsMatch(lines[index + 1]);
            var isInTable = isHeading || (index > 0 && lines[index - 1].StartsWith('|'));
            Assert.True(isInTable, $"{page}: a row that belongs to no table: {line}");
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_block_of_code_has_its_language_and_no_end_of_a_command_out_of_sight(string page)
    {
        var opens = true;
        foreach (var line in Lines(page))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (opens)
                    Assert.True(line.Length > 3, $"{page} has a block without a language");
                opens = !opens;
            }
        }

        Assert.True(opens, $"{page}: a block does not end");
        Assert.DoesNotMatch(@"\n\n    \S", string.Join('\n', Prose(page)));
        foreach (Match block in Shell().Matches(string.Join('\n', Lines(page))))
            Assert.All(block.Groups["text"].Value.Split('\n'), line => Assert.True(line.Length <= 150, $"{page}: {line}"));
    }

    /// <summary>Nobody has to guess whether a command was ever tried: a test runs it, or a
    /// mark before its block says what it needs.</summary>
    [Theory]
    [MemberData(nameof(Pages))]
    public void A_command_is_run_by_a_test_or_says_what_it_needs(string page)
    {
        // RunbookTests run every block that has no mark.
        if (page == Path.Combine("infra", "runbook.md"))
            return;
        foreach (Match block in MarkedShell().Matches(string.Join('\n', Lines(page))))
        {
            var mark = Mark().Match(block.Groups["before"].Value);
            Assert.True(mark.Success, $"{page}: nothing says who runs {block.Groups["text"].Value.Split('\n')[0]}");
            if (mark.Groups["test"] is { Success: true, Value: var test })
                Assert.Contains(GetType().Assembly.GetTypes(), type => type.Name == test);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_long_page_lists_what_is_in_it(string page)
    {
        var headings = Prose(page).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
        var text = string.Join('\n', Lines(page));

        if (headings.Count > HeadingsWithoutContents)
            Assert.True(Regex.Count(text[..text.IndexOf("\n## ", StringComparison.Ordinal)], @"\]\(#") > 2, $"{page} has no contents list");
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void A_link_leads_to_a_page_a_file_or_a_heading(string page)
    {
        foreach (Match link in Link().Matches(string.Join('\n', Prose(page))))
        {
            var to = link.Groups["to"].Value;
            if (to.StartsWith("http", StringComparison.Ordinal) || IsOfTheHost(page, to))
                continue;
            var (path, anchor) = to.Split('#') is [var before, var after] ? (before, after) : (to, null);
            var target = path.Length == 0
                ? Repository.PathOf(page)
                : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Repository.PathOf(page))!, path));
            if (Directory.Exists(target))
                Assert.True(File.Exists(Path.Combine(target, "README.md")), $"{page} links to {to}, a folder without a page");
            else
                Assert.True(File.Exists(target), $"{page} links to {to}, which is not there");
            if (anchor is not null && target.EndsWith(".md", StringComparison.Ordinal))
                Assert.Contains(anchor, Anchors(target));
        }
    }

    /// <summary>Relative, so that nobody has to say where the project lives: <c>../../releases</c> from the page at the root.</summary>
    private static bool IsOfTheHost(string page, string to)
    {
        var up = string.Concat(Enumerable.Repeat("../", page.Split(Path.DirectorySeparatorChar).Length + 1));
        return OfTheHost.Any(place => to == up + place || to.StartsWith($"{up}{place}/", StringComparison.Ordinal));
    }

    private static HashSet<string> Anchors(string file) => [
        .. File.ReadLines(file).Where(line => line.StartsWith('#'))
            .Select(line => NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')),
    ];

    private static string[] Lines(string page) => File.ReadAllLines(Repository.PathOf(page));

    /// <summary>A page's lines, with those of its blocks of code left empty.</summary>
    private static List<string> Prose(string page)
    {
        var isCode = false;
        return [.. Lines(page).Select(line =>
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                isCode = !isCode;
                return "";
            }

            return isCode ? "" : line;
        })];
    }

    private static int Cells(string row) => Regex.Count(row.Replace("\\|", "", StringComparison.Ordinal), @"\|") - 1;

    [GeneratedRegex(@"^\|( *:?-+:? *\|)+$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"```(sh|bash)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Shell();

    [GeneratedRegex(@"(?<before>[^\n]*)\n```(sh|bash)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex MarkedShell();

    [GeneratedRegex(@"^<!-- (run by (?<test>\w+)[^>]*|(needs [^:>]+|takes minutes): [^>]+) -->$")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
