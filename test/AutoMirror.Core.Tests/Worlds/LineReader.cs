using System.Text;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>The words of a line, separated by blanks; quotes keep blanks together, and are dropped.</summary>
internal sealed class LineReader(string line)
{
    private readonly Queue<string> _left = new(Split(line));

    public bool IsEmpty => _left.Count == 0;

    public string Next(string what) =>
        _left.TryDequeue(out var word) ? word : throw new FormatException($"'{line}' ends where {what} is expected.");

    public bool Take(string word)
    {
        if (!_left.TryPeek(out var next) || next != word)
            return false;
        _left.Dequeue();
        return true;
    }

    public IEnumerable<string> Rest()
    {
        while (_left.TryDequeue(out var word))
            yield return word;
    }

    /// <summary>What is left, as <c>key=value</c>; a word without <c>=</c> has no value.</summary>
    public IEnumerable<(string Key, string? Value)> RestAsPairs() => Rest().Select(word =>
        word.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at ? (word[..at], word[(at + 1)..]) : (word, (string?)null));

    private static IEnumerable<string> Split(string line)
    {
        var word = new StringBuilder();
        var (isQuoted, isWord) = (false, false);
        foreach (var c in line.Append(' '))
        {
            if (c == '"')
            {
                (isQuoted, isWord) = (!isQuoted, true);
            }
            else if (c == ' ' && !isQuoted)
            {
                if (isWord)
                    yield return word.ToString();
                word.Clear();
                isWord = false;
            }
            else
            {
                word.Append(c);
                isWord = true;
            }
        }
    }
}
