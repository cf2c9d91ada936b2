using System.Globalization;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The road of one event, as <c>src/README.md</c> lists it, is the code's.</summary>
public sealed partial class RoadTests
{
    private static string Page => File.ReadAllText(Repository.PathOf("src", "README.md"));

    [Fact]
    public void Every_stop_has_the_members_that_are_listed()
    {
        Assert.InRange(Stops().Count(), 15, 21);
        foreach (var (file, member) in Stops().SelectMany(stop => stop.Members.Select(member => (stop.File, member))))
            Assert.True(LinesOf(file, member) > 0, $"{file} has no member {member}");
    }

    [Fact]
    public void The_road_is_as_short_as_the_page_says()
    {
        var most = int.Parse(Most().Match(Page).Groups["lines"].Value, CultureInfo.InvariantCulture);
        Assert.InRange(Stops().Sum(stop => stop.Members.Sum(member => LinesOf(stop.File, member))), most - 40, most);
    }

    private static IEnumerable<(string File, IReadOnlyList<string> Members)> Stops() => Stop().Matches(Page).Select(match =>
        (
            match.Groups["file"].Value,
            (IReadOnlyList<string>)[.. Member().Matches(match.Groups["members"].Value).Select(name => name.Groups[1].Value)]));

    /// <summary>How many lines the methods of a name have in a file, from signature to last brace or semicolon.</summary>
    private static int LinesOf(string file, string member)
    {
        var lines = File.ReadAllLines(Repository.PathOf("src", file));
        var heads = lines.Index()
            .Where(line => Regex.IsMatch(line.Item, $@"^    (public|private|internal) [^=;]*\s{member}(<[\w, ]+>)?\("));
        return heads.Sum(head =>
        {
            var (depth, length) = (0, 0);
            foreach (var line in lines.Skip(head.Index))
            {
                length++;
                var code = Literal().Replace(line, "");
                depth += code.Count(character => character == '{') - code.Count(character => character == '}');
                if (depth == 0 && code.TrimEnd() is [.., ';' or '}'])
                    break;
            }

            return length;
        });
    }

    [GeneratedRegex(@"^\| \d+ \| \[\w+\]\((?<file>[^)]+)\)[^|]*\| (?<members>[^|]+)\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Stop();

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Member();

    [GeneratedRegex(@"no more than (?<lines>\d+) lines")]
    private static partial Regex Most();

    [GeneratedRegex(@"""(\\.|[^""\\])*""")]
    private static partial Regex Literal();
}
