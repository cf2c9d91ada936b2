using System.Text;

namespace AutoMirror.Cli.Printing;

/// <summary>What a verb prints for a person: headings, lines and tables, in colour on a terminal only.</summary>
internal sealed class Page(TextWriter output, int? width, bool hasColours)
{
    // A column of prose below this is hard to read; it then starts on a line of its own.
    private const int NarrowestProse = 30;
    private const int Indent = 2;

    /// <summary>The page for stdout. What goes into a pipe or a file is neither wrapped nor coloured.</summary>
    public static Page OfConsole() => new(
        Console.Out,
        Console.IsOutputRedirected ? null : Math.Max(40, Console.WindowWidth),
        !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));

    /// <summary>A line of prose, wrapped at words.</summary>
    public void Line(string text = "")
    {
        foreach (var line in Wrap(text, width ?? int.MaxValue))
            output.WriteLine(line);
    }

    /// <summary>A line of prose that belongs to the one above.</summary>
    public void Note(string text, int depth = 1)
    {
        var margin = new string(' ', Indent * depth);
        foreach (var line in Wrap(text, width is { } wide ? wide - margin.Length : int.MaxValue))
            output.WriteLine(margin + line);
    }

    /// <summary>What the following lines are about.</summary>
    public void Heading(string text) => output.WriteLine(hasColours ? $"\n\u001b[1m{text}\u001b[0m" : $"\n{text}");

    /// <summary>A line that is good news, or is not.</summary>
    public void Mark(bool isGood, string text)
    {
        var mark = isGood ? "✓" : "✗";
        Line(hasColours ? $"\u001b[{(isGood ? 32 : 31)}m{mark}\u001b[0m {text}" : $"{mark} {text}");
    }

    /// <summary>A table. Nothing in it is ever cut: only the last column wraps, at words, and where there is no room for it, it starts on a
    /// line of its own.</summary>
    /// <param name="limit">How many rows at the most; the rest is counted.</param>
    /// <param name="isNumber">Which columns hold numbers, and stand to the right; null for none. Not the last.</param>
    public void Table(
        IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows, int limit = int.MaxValue,
        Func<int, bool>? isNumber = null)
    {
        IReadOnlyList<IReadOnlyList<string>> shown = [headings, .. rows.Take(limit)];
        var widths = headings.Select((_, column) => shown.Max(row => row[column].Length)).ToArray();
        var prose = widths.Length - 1;
        var before = Indent + widths[..prose].Sum() + (2 * prose);
        var room = width is { } wide ? wide - before : int.MaxValue;
        var isBelow = room < Math.Min(NarrowestProse, widths[prose]);
        foreach (var (index, row) in shown.Index())
        {
            var left = new StringBuilder(new string(' ', Indent));
            for (var column = 0; column < prose; column++)
            {
                var cell = isNumber?.Invoke(column) is true ? row[column].PadLeft(widths[column]) : row[column].PadRight(widths[column]);
                left.Append(cell).Append("  ");
            }

            var lines = Wrap(row[prose], isBelow ? width!.Value - (3 * Indent) : room).ToList();
            if (isBelow)
            {
                output.WriteLine(left.ToString().TrimEnd());
                lines.ForEach(line => output.WriteLine($"{new string(' ', 3 * Indent)}{line}".TrimEnd()));
                continue;
            }

            var text = $"{left}{lines[0]}".TrimEnd();
            output.WriteLine(index == 0 && hasColours ? $"\u001b[2m{text}\u001b[0m" : text);
            lines.Skip(1).ToList().ForEach(line => output.WriteLine(new string(' ', before) + line));
        }

        if (rows.Count > limit)
            Note($"… and {rows.Count - limit} more: --limit shows more, --json all.");
    }

    /// <summary>Breaks a text at blanks. A word that is longer than a line, such as an id, stays whole.</summary>
    internal static IEnumerable<string> Wrap(string text, int width)
    {
        if (text.Length <= width)
        {
            yield return text;
            yield break;
        }

        var line = new StringBuilder();
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            if (line.Length > 0)
                line.Append(' ');
            line.Append(word);
        }

        yield return line.ToString();
    }
}
