using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>IAM's wildcards: <c>*</c> stands for any text and <c>?</c> for one character. A backslash is a character like others.</summary>
internal static class Glob
{
    public static bool Matches(string pattern, string value) => MatchesEscaped(PolicyVariables.Escape(pattern), value);

    /// <summary>Matches a pattern in which a backslash makes the character after it literal.</summary>
    public static bool MatchesEscaped(string pattern, string value) => Wildcard.Matches(pattern, value);
}
