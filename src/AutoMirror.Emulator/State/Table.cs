namespace AutoMirror.Emulator.State;

/// <summary>
/// All resources of one kind. Writes are judged by what is current. Describes read what is shown, which lags behind when the cloud is
/// eventually consistent ("Eventual consistency" in the EC2 API Reference).
/// </summary>
internal sealed class Table<T> : ITable where T : Resource
{
    private readonly Cloud _cloud;
    private readonly Dictionary<string, DateTimeOffset> _lastShown = [];

    public Table(Cloud cloud, string kind, string prefix, params (string Filter, Func<T, IEnumerable<string>> Keys)[] indexes)
    {
        _cloud = cloud;
        Kind = kind;
        Prefix = prefix;
        var byName = indexes.ToDictionary(index => index.Filter, index => index.Keys);
        Current = new(byName);
        Shown = cloud.LongestDelay(kind) > TimeSpan.Zero ? new(byName) : Current;
    }

    public string Kind { get; }

    public string Prefix { get; }

    public View<T> Current { get; }

    public View<T> Shown { get; }

    public int Count => Current.Count;

    IEnumerable<Resource> ITable.Shown => Shown.Values;

    /// <summary>Takes the cloud's lock, for readers that need several looks at one moment.</summary>
    public Turns.Turn Enter() => _cloud.Enter();

    public T? Find(string id) => Current.Find(id);

    Resource? ITable.Find(string id) => Find(id);

    public T Put(T value)
    {
        Set(value.Id, value);
        return value;
    }

    void ITable.Put(Resource resource) => Put((T)resource);

    public void Remove(string id) => Set(id, null);

    public void Clear()
    {
        foreach (var id in Current.Values.Select(value => value.Id).ToList())
            Remove(id);
    }

    /// <summary>All current resources that an index has under a key, in the order of their ids.</summary>
    public List<T> Where(string index, string key) => [.. Current.IdsWhere(index, key).Select(id => Current.Find(id)!)];

    private void Set(string id, T? value)
    {
        Current.Set(id, value);
        if (ReferenceEquals(Current, Shown))
            return;

        // A later write never shows before an earlier one of the same resource.
        var due = _cloud.Now + _cloud.VisibilityDelay(Kind);
        if (_lastShown.TryGetValue(id, out var earlier) && earlier > due)
            due = earlier;
        _lastShown[id] = due;
        _cloud.At(due, () => Shown.Set(id, value));
    }
}
