using System.Security.Cryptography;
using System.Text;

namespace AutoMirror.Cli.Pages;

/// <summary>A folder for the auditor's file: the page, the same as JSON and CSV, and the SHA-256 sum of each.</summary>
internal static class Evidence
{
    public const string PageFile = "coverage.html", JsonFile = "coverage.json", TableFile = "interfaces.csv",
        DifferenceFile = "difference.csv", SumsFile = "SHA256SUMS";

    /// <summary>Writes the folder, and makes it where it is missing.</summary>
    /// <returns>The files, in the order in which they were written.</returns>
    /// <exception cref="CommandException">The folder holds evidence already, or can't be written.</exception>
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string folder, CoverageDocument coverage, CancellationToken cancellationToken)
    {
        // Evidence that is written over is none.
        if (File.Exists(Path.Combine(folder, SumsFile)))
            throw new CommandException($"{folder} holds evidence already: name another folder, such as {folder}-2");
        List<(string Name, byte[] Content)> files =
        [
            (PageFile, Encoding.UTF8.GetBytes(CoveragePage.Of(coverage))), (JsonFile, coverage.ToFile()),
            (TableFile, Encoding.UTF8.GetBytes(Csv.Of(coverage.Interfaces))),
        ];
        if (coverage.Difference is { } difference)
            files.Add((DifferenceFile, Encoding.UTF8.GetBytes(Csv.Of(difference))));
        files.Add((SumsFile, Encoding.UTF8.GetBytes(Sums(files))));
        foreach (var (name, content) in files)
            await WrittenFile.WriteAsync(Path.Combine(folder, name), content, cancellationToken);
        return [.. files.Select(file => Path.Combine(folder, file.Name))];
    }

    /// <summary>The form that <c>sha256sum --check</c> takes.</summary>
    private static string Sums(IEnumerable<(string Name, byte[] Content)> files) =>
        string.Concat(files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(file.Content))}  {file.Name}\n"));
}
