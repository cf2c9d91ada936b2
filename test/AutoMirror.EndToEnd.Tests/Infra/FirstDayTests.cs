using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>The page for the first day on a real account, against the beliefs of the emulator that nothing supports.</summary>
public sealed class FirstDayTests
{
    private static readonly List<string[]> Settled = Rows(Repository.PathOf("infra", "first-day.md"), "# The first day");

    [Fact]
    public void Every_belief_without_a_source_has_its_command_and_every_command_its_belief()
    {
        var doubted = Rows(Repository.PathOf("src", "AutoMirror.Emulator", "README.md"), "## How sure")
            .Where(row => Regex.IsMatch(row[1], @"\bC\b")).Select(row => row[0]);

        Assert.Equal(doubted.Order(StringComparer.Ordinal), Settled.Select(row => row[0]).Order(StringComparer.Ordinal));
        Assert.All(Settled, row => Assert.Matches("^`aws [a-z0-9]+ [a-z-]+ .*`$", row[2]));
        Assert.All(Settled, row => Assert.NotEmpty(row[3]));
    }

    /// <summary>Each entry: which belief, when, what the account answered, and whether the emulator does the same.</summary>
    [Fact]
    public void What_an_account_has_settled_is_recorded_with_its_date()
    {
        var entries = JsonNode.Parse(File.ReadAllText(Repository.PathOf("infra", "first-day.json")))!.AsArray();

        Assert.All(entries, entry =>
        {
            Assert.Contains(Settled, row => row[0] == entry!["belief"]!.ToString());
            DateOnly.ParseExact(entry!["date"]!.ToString(), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            Assert.NotEmpty(entry["answer"]!.ToString());
            entry["holds"]!.GetValue<bool>();
        });
    }

    /// <summary>The rows of the tables below a heading, up to the next one, without their heads.</summary>
    private static List<string[]> Rows(string page, string heading)
    {
        var text = File.ReadAllText(page);
        var section = text[text.IndexOf(heading, StringComparison.Ordinal)..].Split('\n').Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        return
        [
            .. section.Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
                .Where(cells => cells[0] != "belief" && !cells[0].StartsWith("---", StringComparison.Ordinal)),
        ];
    }
}
