using System.Collections.Concurrent;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core;

/// <summary>What a warm process remembers between invocations. Nothing correct rests on
/// it: a cold process only asks and waits a little more.</summary>
internal sealed class WarmState(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RateLimiter> _limiters = new(StringComparer.Ordinal);

    public ConfigurationCache Configuration { get; } = new(time);

    /// <summary>The rate at which EC2 takes changes.</summary>
    public RateLimiter ChangeLimiter { get; } = new(time);

    /// <summary>The rate at which an action that reads is answered. Each has a token bucket of its own.</summary>
    public RateLimiter LimiterOf(string action) => _limiters.GetOrAdd(action, _ => new RateLimiter(time, RateLimiter.DescribesASecond));

    public EquipmentMemory Equipment { get; } = new(time);

    public RefusedFamilies RefusedFamilies { get; } = new();

    public FullSyncs FullSyncs { get; } = new(time);

    /// <summary>Whether something has to be read before an event's scope is known for certain.</summary>
    public bool IsCold(DateTimeOffset now) => Configuration.At(now) is null || Equipment.Hosts is null;
}
