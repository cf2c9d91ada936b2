using System.Text;

namespace AutoMirror.Emulator.Protocol;

/// <summary>Page tokens: opaque to clients; in truth the kind of list and the last key of the page before.</summary>
internal static class Paging
{
    /// <summary>Without MaxResults, describes stop at a thousand results and give a token.</summary>
    public const int DefaultPage = 1000;

    private const int LongestToken = 1024;

    /// <summary>The key after which a page begins; null for the first page. A token of another kind of list is invalid.</summary>
    public static string? Read(string kind, string? token, Func<AwsException> invalid)
    {
        if (string.IsNullOrEmpty(token))
            return null;
        Span<byte> bytes = stackalloc byte[LongestToken];
        if (token.Length > LongestToken || !Convert.TryFromBase64String(token, bytes, out var written))
            throw invalid();
        var text = Encoding.UTF8.GetString(bytes[..written]);
        return text.StartsWith(kind + "|", StringComparison.Ordinal) ? text[(kind.Length + 1)..] : throw invalid();
    }

    /// <summary>One page of a list in the order of its keys, beginning behind the key <paramref name="after"/>.</summary>
    public static Page<T> Take<T>(string kind, IEnumerable<T> ordered, Func<T, string> key, string? after, int? most)
    {
        List<T> items = [];
        foreach (var item in ordered)
        {
            if (after is not null && string.CompareOrdinal(key(item), after) <= 0)
                continue;
            if (items.Count == (most ?? DefaultPage))
                return new(items, Token(kind, key(items[^1])));
            items.Add(item);
        }

        return new(items, null);
    }

    private static string Token(string kind, string last) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{kind}|{last}"));
}
