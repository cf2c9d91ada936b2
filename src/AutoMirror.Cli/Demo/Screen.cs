using System.Globalization;
using Spectre.Console;

namespace AutoMirror.Cli.Demo;

/// <summary>What the demo shows while it plays. Nothing at all when a machine is to read the end only.</summary>
internal sealed class Screen
{
    private const int WidthWhenRedirected = 140;

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

    /// <summary>A table.</summary>
    public void Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn($"[bold]{Markup.Escape(heading)}[/]"));
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(cell))]);
        _console.Write(table);
    }
}
