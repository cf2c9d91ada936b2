using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Adopting;

/// <summary>Which sessions somebody means: those that have all that was named.</summary>
/// <param name="Targets">Any of these targets; empty for all.</param>
/// <param name="Filters">Any of these filters; empty for all.</param>
/// <param name="Description">The description, with * for any text; null for all.</param>
/// <param name="Tags">All of these tags; <c>*</c> is any value.</param>
internal sealed record Selection(
    IReadOnlyList<string> Targets, IReadOnlyList<string> Filters, string? Description, IReadOnlyList<KeyValuePair<string, string>> Tags)
{
    public bool IsEverything => Targets.Count == 0 && Filters.Count == 0 && Description is null && Tags.Count == 0;

    public bool Has(TrafficMirrorSession session) =>
        (Targets.Count == 0 || Targets.Contains(session.TargetId.Value))
        && (Filters.Count == 0 || Filters.Contains(session.FilterId.Value))
        && (Description is null || Matches(session.Description ?? "", Description))
        && Tags.All(tag => session.Tags[tag.Key] is { } value && (tag.Value == "*" || tag.Value == value));

    private static bool Matches(string text, string pattern)
    {
        var parts = pattern.Split('*');
        if (parts is [var whole])
            return text == whole;
        if (!text.StartsWith(parts[0], StringComparison.Ordinal))
            return false;
        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0)
                return false;
            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.Ordinal);
    }
}
