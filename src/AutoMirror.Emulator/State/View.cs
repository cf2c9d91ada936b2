namespace AutoMirror.Emulator.State;

/// <summary>Values in the order of their ids, with indexes, so that looking something up needs no scan.</summary>
internal sealed class View<T>(IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> indexes) where T : class
{
    private readonly SortedDictionary<string, T> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Index, string Key), SortedSet<string>> _idsByKey = [];

    public int Count => _values.Count;

    public IEnumerable<T> Values => _values.Values;

    public T? Find(string id) => _values.GetValueOrDefault(id);

    public bool HasIndex(string name) => indexes.ContainsKey(name);

    public IReadOnlyCollection<string> IdsWhere(string index, string key) =>
        _idsByKey.TryGetValue((index, key), out var ids) ? ids : [];

    public void Set(string id, T? value)
    {
        if (_values.Remove(id, out var old))
            Unindex(id, old);
        if (value is null)
            return;
        _values.Add(id, value);
        foreach (var (index, keys) in indexes)
        {
            foreach (var key in keys(value))
            {
                if (!_idsByKey.TryGetValue((index, key), out var ids))
                    _idsByKey[(index, key)] = ids = new(StringComparer.Ordinal);
                ids.Add(id);
            }
        }
    }

    private void Unindex(string id, T old)
    {
        foreach (var (index, keys) in indexes)
        {
            foreach (var key in keys(old))
            {
                if (_idsByKey.TryGetValue((index, key), out var ids) && ids.Remove(id) && ids.Count == 0)
                    _idsByKey.Remove((index, key));
            }
        }
    }
}
