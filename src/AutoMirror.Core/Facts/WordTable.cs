namespace AutoMirror.Core.Facts;

/// <summary>Values and the one word for each, matched exactly.</summary>
internal sealed class WordTable<T>(params (string Word, T Value)[] entries)
    where T : struct, Enum
{
    /// <summary>Every word, in the order of the table.</summary>
    public IEnumerable<string> Words => entries.Select(entry => entry.Word);

    /// <summary>The value of a word; null when the table has no such word.</summary>
    public T? Find(string? word) =>
        Array.FindIndex(entries, entry => entry.Word == word) is >= 0 and var index ? entries[index].Value : null;

    public string WordFor(T value) => Array.Find(entries, entry => EqualityComparer<T>.Default.Equals(entry.Value, value)).Word;
}
