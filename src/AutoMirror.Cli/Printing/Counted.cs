namespace AutoMirror.Cli.Printing;

/// <summary>A number with its noun.</summary>
internal static class Counted
{
    /// <summary><c>1 session</c>, <c>2 sessions</c>.</summary>
    public static string Of(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";
}
