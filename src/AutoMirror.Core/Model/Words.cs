using System.Globalization;

namespace AutoMirror.Core.Model;

/// <summary>Text that came from outside, made fit for a message or a log line.</summary>
internal static class Words
{
    private const int LongestQuoted = 80;

    /// <summary>A value for a message: quoted, on one line, at most 80 characters.</summary>
    public static string Quote(string value) =>
        $"'{string.Concat(Shorten(value, LongestQuoted).Select(each => IsShown(each) ? each : ' '))}'";

    /// <summary>The first <paramref name="longest"/> characters, never half of a
    /// surrogate pair, and an ellipsis where something was cut.</summary>
    public static string Shorten(string text, int longest) =>
        text.Length <= longest ? text : $"{text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)]}…";

    // A line break of any kind would end the line. Format characters, such as right-to-left marks, turn the words around.
    private static bool IsShown(char each) => char.GetUnicodeCategory(each) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
