namespace AutoMirror.Emulator.Iam.Policies;

/// <summary>
/// What is known of a request by the names of condition keys. "Context key names are not case-sensitive", tags' keys included. A key may
/// have several values; a key that is absent is one of which nothing is known.
/// </summary>
internal sealed class RequestContext
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    public RequestContext()
    {
    }

    public RequestContext(RequestContext from) => _values = new(from._values, StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of a key; null when it is absent.</summary>
    public IReadOnlyList<string>? this[string key] => _values.GetValueOrDefault(key);

    /// <summary>All keys with their values, in the order of the keys.</summary>
    public IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> All => _values.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    /// <summary>The value of a key that has one; null when it has none or several.</summary>
    public string? Single(string key) => this[key] is [var value] ? value : null;

    /// <summary>Sets a key, unless the value is null.</summary>
    public RequestContext With(string key, string? value)
    {
        if (value is not null)
            _values[key] = [value];
        return this;
    }

    /// <summary>Sets a key that may have several values. With none it is absent.</summary>
    public RequestContext With(string key, IEnumerable<string> values)
    {
        if (values.ToList() is { Count: > 0 } some)
            _values[key] = some;
        return this;
    }

    /// <summary>Sets a key for each tag: <c>aws:ResourceTag/team</c>.</summary>
    public RequestContext WithTags(string prefix, IEnumerable<KeyValuePair<string, string>> tags)
    {
        foreach (var (key, value) in tags)
            _values[$"{prefix}/{key}"] = [value];
        return this;
    }
}
