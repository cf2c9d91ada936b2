using System.Globalization;
using AutoMirror.Cli.Printing;
using Spectre.Console;

namespace AutoMirror.Cli.Demo;

/// <summary>What the demo shows while it plays. Nothing at all when a machine is to read the end only.</summary>
internal sealed class Screen
{
    private const int WidthWhenRedirected = 140;
    private const string Indent = "      ";

    private readonly IAnsiConsole _console;
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();

    public Screen(TextWriter output, bool isRedirected)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (isRedirected)
            _console.Profile.Width = WidthWhenRedirected;
    }

    /// <summary>A new part of the day.</summary>
    public void Part(string title) => _console.MarkupLine($"\n[bold]{Markup.Escape(title)}[/]");

    /// <summary>Something that happened, with the seconds since the start.</summary>
    public void Step(string text)
    {
        var seconds = TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        _console.MarkupLine($"[grey]{seconds,6} s[/]  {Markup.Escape(text)}");
    }

    /// <summary>Plain words.</summary>
    public void Say(string text) => _console.WriteLine(text);

    /// <summary>A result that is as it should be, or is not.</summary>
    public void Result(bool isGood, string text) =>
        _console.MarkupLine($"[{(isGood ? "green" : "red")}]{(isGood ? "✓" : "✗")}[/] {Markup.Escape(text)}");

    /// <summary>A table whose last column is text: it stands under its row, since no terminal is wide enough for it beside ids.</summary>
    public void Table(IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = headings.SkipLast(1)
            .Select((heading, column) => rows.Max(row => Math.Max(heading.Length, row[column].Length))).ToList();
        string Line(IReadOnlyList<string> cells) =>
            "  " + string.Join("  ", widths.Select((width, column) => cells[column].PadRight(width))).TrimEnd();
        _console.MarkupLine($"[bold]{Markup.Escape(Line(headings))}[/]");
        foreach (var row in rows)
        {
            _console.WriteLine(Line(row));
            foreach (var part in Page.Wrap(row[^1], _console.Profile.Width - Indent.Length))
                _console.WriteLine(Indent + part);
        }

        _console.WriteLine();
    }
}
