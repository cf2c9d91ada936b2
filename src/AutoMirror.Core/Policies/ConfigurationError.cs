using System.Globalization;

namespace AutoMirror.Core.Policies;

/// <summary>One thing that is wrong in Parameter Store: where, what stands there, and what is allowed.</summary>
/// <param name="Parameter">The parameter's full name.</param>
/// <param name="Field">The field inside a JSON document, such as <c>limits.percent</c>; null when the whole value is meant.</param>
/// <param name="Found">What stands there, shortened.</param>
/// <param name="Allowed">What is allowed there.</param>
public sealed record ConfigurationError(string Parameter, string? Field, string Found, string Allowed)
{
    private const int LongestShown = 80;

    /// <inheritdoc/>
    public override string ToString() => Field is null
        ? $"parameter {Parameter}: {Found}; allowed: {Allowed}"
        : $"parameter {Parameter}, field {Field}: {Found}; allowed: {Allowed}";

    /// <summary>A value for an error text: quoted, on one line, not too long.</summary>
    public static string Quote(string value)
    {
        var line = string.Concat(value.Take(LongestShown).Select(c => IsShown(c) ? c : ' '));
        if (value.Length <= LongestShown)
            return $"'{line}'";
        return char.IsHighSurrogate(line[^1]) ? $"'{line[..^1]}…'" : $"'{line}…'";
    }

    // Line breaks of any kind would end the line, and format characters (right-to-left marks) turn its words around.
    private static bool IsShown(char c) => char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
