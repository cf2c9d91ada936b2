using System.Text.Json;
using System.Text.RegularExpressions;

namespace AutoMirror.Emulator.Logs;

/// <summary>
/// Filter patterns of FilterLogEvents ("Filter pattern syntax for metric filters, subscription filters, filter log events"): terms that
/// the message has to contain, and patterns in braces for messages that are JSON. Terms are case-sensitive.
/// </summary>
internal static partial class FilterPattern
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static Func<string, bool> Compile(string pattern)
    {
        var text = pattern.Trim();
        if (text.Length == 0)
            return _ => true;
        if (text[0] == '[')
            throw LogsErrors.PatternNotEmulated(pattern);
        if (text[0] == '{')
        {
            var matches = new JsonFilterReader(text).Read();
            return message => Parse(message) is { } json && matches(json);
        }

        return CompileTerms(text);
    }

    /// <summary>All plain terms have to be there, none that a minus precedes, and one of those that a question mark precedes.</summary>
    private static Func<string, bool> CompileTerms(string text)
    {
        List<Func<string, bool>> needed = [], optional = [];
        foreach (Match term in Term().Matches(text))
        {
            var matches = TermMatch(term.Groups["quoted"].Success ? term.Groups["quoted"].Value : term.Groups["plain"].Value, term);
            switch (term.Groups["sign"].Value)
            {
                case "-":
                    needed.Add(message => !matches(message));
                    break;
                case "?":
                    optional.Add(matches);
                    break;
                default:
                    needed.Add(matches);
                    break;
            }
        }

        // "CloudWatch Logs ignores optional terms beside others."
        return message => needed.TrueForAll(test => test(message))
            && (needed.Count > 0 || optional.Count == 0 || optional.Exists(test => test(message)));
    }

    private static Func<string, bool> TermMatch(string value, Match term)
    {
        if (!term.Groups["quoted"].Success && value is ['%', .. var expression, '%'])
            return message => Regex.IsMatch(message, expression, RegexOptions.None, Patience);
        return message => message.Contains(value, StringComparison.Ordinal);
    }

    private static JsonElement? Parse(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""(?<sign>[-?])?("(?<quoted>[^"]*)"|(?<plain>\S+))""")]
    private static partial Regex Term();
}
