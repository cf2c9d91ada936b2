namespace AutoMirror.Core.Model;

/// <summary>The tags of a resource. Keys are case-sensitive, as in EC2; equal when they hold the same pairs.</summary>
internal sealed class Tags : IEquatable<Tags>
{
    // At most fifty (EC2 User Guide, "Tag restrictions"), and there are many of these: an array is the smallest, and fast enough.
    private readonly KeyValuePair<string, string>[] _values;

    /// <summary>Takes the pairs; of a key given twice, the last value holds.</summary>
    public Tags(IEnumerable<KeyValuePair<string, string>> pairs) =>
        _values = [
            .. pairs.Reverse().DistinctBy(pair => pair.Key, StringComparer.Ordinal).OrderBy(pair => pair.Key, StringComparer.Ordinal)];

    public static Tags None { get; } = new([]);
    public IReadOnlyCollection<KeyValuePair<string, string>> Pairs => _values;

    /// <summary>The value of a tag, or null when the resource does not carry it.</summary>
    public string? this[string key] => Array.Find(_values, pair => pair.Key == key).Value;

    public bool Equals(Tags? other) => other is not null && _values.AsSpan().SequenceEqual(other._values);

    public override bool Equals(object? obj) => Equals(obj as Tags);

    public override int GetHashCode() => _values.Length;

    public override string ToString() => string.Join(", ", _values.Select(pair => $"{pair.Key}={pair.Value}"));
}
