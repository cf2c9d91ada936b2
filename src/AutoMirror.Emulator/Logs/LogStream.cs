namespace AutoMirror.Emulator.Logs;

/// <summary>A log stream: the events of one source, such as a sandbox of a function.</summary>
public sealed class LogStream
{
    private readonly List<LogEvent> _events = [];

    internal LogStream(string name, DateTimeOffset created)
    {
        Name = name;
        Created = created;
    }

    public string Name { get; }

    public DateTimeOffset Created { get; }

    /// <summary>The events by their time; those of the same time in the order of their arrival.</summary>
    internal IReadOnlyList<LogEvent> Events => _events;

    internal DateTimeOffset? FirstEvent => _events.Count == 0 ? null : _events[0].Time;

    internal DateTimeOffset? LastEvent => _events.Count == 0 ? null : _events[^1].Time;

    internal DateTimeOffset? LastIngestion { get; private set; }

    internal void Add(LogEvent entry)
    {
        LastIngestion = entry.Ingested;
        var at = _events.Count;
        while (at > 0 && _events[at - 1].Time > entry.Time)
            at--;
        _events.Insert(at, entry);
    }

    internal void DropBefore(DateTimeOffset oldest) => _events.RemoveAll(entry => entry.Time < oldest);
}
