using AutoMirror.Emulator.CloudWatch;

namespace AutoMirror.Emulator.Logs;

/// <summary>CloudWatch Logs: groups, streams, events, and the queries that people saved.</summary>
public sealed class LogsEngine
{
    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, LogGroup> _groups = new(StringComparer.Ordinal);
    private long _events;

    internal LogsEngine(Cloud cloud)
    {
        _cloud = cloud;
        Queries = new(cloud);
    }

    /// <summary>The groups in the order of their names.</summary>
    public IReadOnlyList<LogGroup> Groups => _cloud.InTurn(() => _groups.Values.ToList());

    internal QueryDefinitions Queries { get; }

    /// <summary>A group by name; ResourceNotFoundException when there is none.</summary>
    public LogGroup Get(string name) => Find(name) ?? throw LogsErrors.GroupNotFound();

    public LogGroup? Find(string name) => _cloud.InTurn(() => _groups.GetValueOrDefault(name));

    /// <summary>Creates a group; ResourceAlreadyExistsException when there is one.</summary>
    public LogGroup Create(string name, string logClass = "STANDARD")
    {
        using (_cloud.Enter())
        {
            if (_groups.ContainsKey(name))
                throw LogsErrors.GroupExists();
            return _groups[name] = new(_cloud, name) { Class = logClass };
        }
    }

    internal void Delete(string name)
    {
        using (_cloud.Enter())
            _groups.Remove(Get(name).Name);
    }

    /// <summary>
    /// Takes events. CloudWatch makes metrics of those in the embedded metric format, whoever sends them ("Embedding metrics within
    /// logs").
    /// </summary>
    internal void Put(LogGroup group, LogStream stream, IEnumerable<(DateTimeOffset Time, string Message)> events)
    {
        using (_cloud.Enter())
        {
            foreach (var (time, message) in events)
            {
                stream.Add(new(++_events, time, _cloud.Now, message));
                EmbeddedMetrics.Take(_cloud.CloudWatch.Metrics, message, time);
            }

            group.Expire();
        }
    }
}
