using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>
/// <c>${aws:PrincipalTag/team}</c>, <c>${aws:username, 'nobody'}</c> and <c>${*}</c> ("IAM policy elements: Variables and tags"). A
/// variable without a value and without a default makes what it stands in match nothing.
/// </summary>
internal static partial class PolicyVariables
{
    /// <summary>The value with its variables replaced, for a comparison without wildcards; null when one has no value.</summary>
    public static string? ToText(string value, RequestContext context) => Replace(value, context, text => text, text => text);

    /// <summary>
    /// The pattern with its variables replaced, in which a backslash makes the next character literal: what a variable brings has no
    /// wildcards. A pattern that matches nothing when a variable has no value.
    /// </summary>
    public static string ToPattern(string value, RequestContext context) =>
        Replace(value, context, Escape, Literal) ?? "\\";

    /// <summary>The pattern as the glob reads it, which has an escape character; IAM has none.</summary>
    public static string Escape(string pattern) => pattern.Replace("\\", "\\\\", StringComparison.Ordinal);

    private static string Literal(string text) => Special().Replace(text, "\\$0");

    private static string? Replace(string value, RequestContext context, Func<string, string> plain, Func<string, string> literal)
    {
        var isMissing = false;
        var at = 0;
        var text = new System.Text.StringBuilder();
        foreach (Match variable in Variable().Matches(value))
        {
            text.Append(plain(value[at..variable.Index]));
            at = variable.Index + variable.Length;
            var name = variable.Groups["name"].Value.Trim();
            var replacement = name is "*" or "?" or "$"
                ? name
                : context.Single(name) ?? (variable.Groups["default"].Success ? variable.Groups["default"].Value : null);
            isMissing |= replacement is null;
            text.Append(literal(replacement ?? ""));
        }

        return isMissing ? null : text.Append(plain(value[at..])).ToString();
    }

    [GeneratedRegex(@"\$\{(?<name>[^,}]+)(,\s*'(?<default>[^']*)'\s*)?\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"[*?\\]")]
    private static partial Regex Special();
}
