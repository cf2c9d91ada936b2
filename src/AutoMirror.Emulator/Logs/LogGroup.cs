using System.Collections.Immutable;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Logs;

/// <summary>A log group with its streams.</summary>
public sealed class LogGroup
{
    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, LogStream> _streams = new(StringComparer.Ordinal);

    internal LogGroup(Cloud cloud, string name)
    {
        _cloud = cloud;
        Name = name;
        Created = cloud.Now;
    }

    public string Name { get; }

    /// <summary>The ARN without the <c>:*</c> that means its streams.</summary>
    public string Arn => _cloud.Arn("logs", $"log-group:{Name}");

    public DateTimeOffset Created { get; }

    /// <summary>How long events are kept; null for ever.</summary>
    public int? RetentionDays { get; internal set; }

    public ImmutableSortedDictionary<string, string> Tags { get; internal set; } = Resource.NoTags;

    /// <summary><c>STANDARD</c>, <c>INFREQUENT_ACCESS</c> or <c>DELIVERY</c>.</summary>
    internal string Class { get; init; } = "STANDARD";

    internal string? KmsKeyId { get; set; }

    /// <summary>The streams in the order of their names.</summary>
    internal IReadOnlyCollection<LogStream> Streams => _streams.Values;

    /// <summary>All messages by their time.</summary>
    public IReadOnlyList<string> Messages => _cloud.InTurn(() =>
        _streams.Values.SelectMany(stream => stream.Events).OrderBy(entry => entry.Time).ThenBy(entry => entry.Number)
            .Select(entry => entry.Message).ToList());

    internal LogStream? Find(string stream) => _streams.GetValueOrDefault(stream);

    internal LogStream Get(string stream) => Find(stream) ?? throw LogsErrors.StreamNotFound();

    internal LogStream AddStream(string name)
    {
        if (_streams.ContainsKey(name))
            throw LogsErrors.StreamExists();
        return _streams[name] = new(name, _cloud.Now);
    }

    internal void RemoveStream(string name) => _streams.Remove(Get(name).Name);

    /// <summary>Forgets the events that are older than the retention.</summary>
    internal void Expire()
    {
        if (RetentionDays is not { } days)
            return;
        foreach (var stream in _streams.Values)
            stream.DropBefore(_cloud.Now.AddDays(-days));
    }
}
