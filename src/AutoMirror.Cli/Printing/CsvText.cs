namespace AutoMirror.Cli.Printing;

/// <summary>Comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>A value as a field: in quotes where it needs them.</summary>
    public static string Field(string value) => value.IndexOfAny([',', '"', '\n', '\r']) < 0
        ? value
        : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
