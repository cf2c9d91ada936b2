using System.CommandLine;
using System.Text;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Pages;

/// <summary>The options that write what <c>status</c> sees into files, and compare it with what it once saw.</summary>
internal sealed class PageOptions
{
    private readonly Option<string?> _html = new("--html")
    {
        Description = "Write one page with everything in it: to open, search and print, without a network.", HelpName = "FILE",
    };

    private readonly Option<string?> _evidence = new("--evidence")
    {
        Description = "Write the page, the same as JSON and CSV, and their SHA-256 sums into a folder.", HelpName = "DIR",
    };

    private readonly Option<string?> _since = new("--since")
    {
        Description = $"Also say who became mirrored and who stopped since earlier evidence: its {Evidence.JsonFile}.", HelpName = "FILE",
    };

    /// <summary>Gives a verb these options.</summary>
    public void AddTo(Command verb)
    {
        verb.Add(_html);
        verb.Add(_evidence);
        verb.Add(_since);
    }

    /// <summary>Whether any of them was given.</summary>
    public bool AreGiven(ParseResult parsed) =>
        parsed.GetValue(_html) is not null || parsed.GetValue(_evidence) is not null || parsed.GetValue(_since) is not null;

    /// <summary>Writes the files that were asked for.</summary>
    public async Task<WrittenPages> WriteAsync(ParseResult parsed, Look look, StatusDocument status, CancellationToken cancellationToken)
    {
        DeploymentSettings settings = look.Source.Settings;
        var earlier = parsed.GetValue(_since) is { } file ? await EarlierCoverage.ReadAsync(file, settings, cancellationToken) : null;
        var coverage = await CoverageDocument.OfAsync(look, status, earlier, TimeProvider.System, cancellationToken);
        List<string> files = [];
        if (parsed.GetValue(_html) is { } page)
        {
            await WrittenFile.WriteAsync(page, Encoding.UTF8.GetBytes(CoveragePage.Of(coverage)), cancellationToken);
            files.Add(page);
        }

        if (parsed.GetValue(_evidence) is { } folder)
            files.AddRange(await Evidence.WriteAsync(folder, coverage, cancellationToken));
        return new WrittenPages(files, coverage.Difference);
    }
}

/// <summary>What was written, and the difference that was asked for.</summary>
internal sealed record WrittenPages(IReadOnlyList<string> Files, Difference? Difference);
