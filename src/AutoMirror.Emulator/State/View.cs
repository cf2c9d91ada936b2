namespace AutoMirror.Emulator.State;

/// <summary>Values by id, in the order of their ids, with the indexes that keep look-ups from becoming scans.</summary>
internal sealed class View<T>(IReadOnlyDictionary<string, Func<T, IEnumerable<string>>> indexes) where T : class
{
    private readonly SortedDictionary<string, T> values = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Index, string Key), SortedSet<string>> idsByKey = [];

    public int Count => values.Count;

    public IEnumerable<T> Values => values.Values;

    public T? Find(string id) => values.GetValueOrDefault(id);

    public bool HasIndex(string name) => indexes.ContainsKey(name);

    public IReadOnlyCollection<string> IdsWhere(string index, string key) =>
        idsByKey.TryGetValue((index, key), out var ids) ? ids : [];

    public void Set(string id, T? value)
    {
        if (values.Remove(id, out var old))
            Unindex(id, old);
        if (value is null)
            return;
        values.Add(id, value);
        foreach (var (index, keys) in indexes)
            foreach (var key in keys(value))
            {
                if (!idsByKey.TryGetValue((index, key), out var ids))
                    idsByKey[(index, key)] = ids = new(StringComparer.Ordinal);
                ids.Add(id);
            }
    }

    private void Unindex(string id, T old)
    {
        foreach (var (index, keys) in indexes)
            foreach (var key in keys(old))
                if (idsByKey.TryGetValue((index, key), out var ids) && ids.Remove(id) && ids.Count == 0)
                    idsByKey.Remove((index, key));
    }
}
