using AutoMirror.Core.Model;
using AutoMirror.Core.Reporting;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>A file with a world on the left and, right of the bar, its plan.</summary>
internal sealed class Scenario
{
    private const string Bar = "|";
    private const int LongestLine = 180;

    /// <summary>The file's text, with the right side as the planner has it.</summary>
    public static string Rewrite(string text)
    {
        var reader = new WorldText();
        var heading = new List<string>();
        var blocks = new List<(Id<NetworkInterface> Id, List<string> Left)>();
        foreach (var line in text.TrimEnd().Split('\n').Where(line => !line.StartsWith('!') && !line.StartsWith('·')))
        {
            var left = line.Split(Bar)[0].TrimEnd();
            if (reader.Add(left) is { } id)
                blocks.Add((id, [left]));
            else if (blocks.Count == 0)
                heading.Add(left);
            else if (left.Length > 0)
                blocks[^1].Left.Add(left);
        }

        var plan = reader.World.Plan();
        var width = blocks.Count == 0 ? 0 : blocks.Max(block => block.Left.Max(line => line.Length)) + 1;
        var lines = new List<string>(heading);
        foreach (var (id, left) in blocks)
        {
            var right = plan.Lines(id).ToList();
            for (var row = 0; row < Math.Max(left.Count, right.Count); row++)
            {
                var world = left.ElementAtOrDefault(row)?.PadRight(width) ?? new string(' ', width);
                lines.Add($"{world}{Bar} {right.ElementAtOrDefault(row)}".TrimEnd());
            }
        }

        var shown = blocks.Select(block => block.Id).ToHashSet();
        lines.AddRange(
            plan.Verdicts.Where(verdict => verdict.NetworkInterfaceId is not { } id || !shown.Contains(id))
                .Select(verdict => PlanText.Line(verdict, VerdictProblems.CountWaiting(plan.Verdicts))));
        lines.AddRange(reader.World.ProblemsOf(plan).Select(problem => $"! {problem.Kind}"));
        return string.Join('\n', lines) + "\n";
    }

    public static IEnumerable<string> Faults(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        if (lines.Length > 40)
            yield return $"has {lines.Length} lines: 40 is the most";
        foreach (var line in lines.Where(line => line.Length > LongestLine))
            yield return $"is wider than {LongestLine}: {line}";
        if (lines[0] is not ['#', ' ', ..])
            yield return "does not begin with a sentence on what it shows";
    }
}
