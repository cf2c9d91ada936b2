namespace AutoMirror.Cli;

/// <summary>A table in plain text: columns as wide as they have to be, two spaces between them, nothing ever cut.</summary>
internal static class TextTable
{
    /// <summary>Writes it.</summary>
    /// <param name="rows">The rows, headings first.</param>
    /// <param name="isNumber">Which columns hold numbers, and stand to the right.</param>
    /// <param name="output">Where to.</param>
    public static void Write(IReadOnlyList<string[]> rows, Func<int, bool> isNumber, TextWriter output)
    {
        var widths = rows[0].Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            var cells = row.Select((cell, column) => isNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }
}
