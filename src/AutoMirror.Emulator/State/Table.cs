namespace AutoMirror.Emulator.State;

/// <summary>
/// One kind of resource. Writes are judged by what is so now; describes read what is visible, which lags behind when the
/// cloud is set to be eventually consistent ("Ensuring idempotency" and "Eventual consistency" in the EC2 API Reference).
/// </summary>
internal sealed class Table<T> : ITable where T : Resource
{
    private readonly Cloud _cloud;
    private readonly View<T> _current;
    private readonly View<T> _visible;
    private readonly Dictionary<string, DateTimeOffset> _lastVisible = [];

    public Table(Cloud cloud, string kind, string prefix, params (string Filter, Func<T, IEnumerable<string>> Keys)[] indexes)
    {
        _cloud = cloud;
        Kind = kind;
        Prefix = prefix;
        var byName = indexes.ToDictionary(index => index.Filter, index => index.Keys);
        _current = new(byName);
        _visible = cloud.IsEventuallyConsistent ? new(byName) : _current;
    }

    public string Kind { get; }

    public string Prefix { get; }

    public View<T> Current => _current;

    public View<T> Shown => _visible;

    public int Count => _current.Count;

    public IEnumerable<Resource> Visible => _visible.Values;

    Resource? ITable.Find(string id) => Find(id);

    public T? Find(string id) => _current.Find(id);

    void ITable.Put(Resource resource) => Put((T)resource);

    public T Put(T value)
    {
        Set(value.Id, value);
        return value;
    }

    public void Remove(string id) => Set(id, null);

    /// <summary>All whose index holds the key, as things are now.</summary>
    public List<T> Where(string index, string key) => [.. _current.IdsWhere(index, key).Select(id => _current.Find(id)!)];

    private void Set(string id, T? value)
    {
        _current.Set(id, value);
        if (ReferenceEquals(_current, _visible))
            return;
        // A later write never shows before an earlier one of the same resource.
        var due = _cloud.Now + _cloud.VisibilityDelay();
        if (_lastVisible.TryGetValue(id, out var earlier) && earlier > due)
            due = earlier;
        _lastVisible[id] = due;
        _cloud.At(due, () => _visible.Set(id, value));
    }
}
