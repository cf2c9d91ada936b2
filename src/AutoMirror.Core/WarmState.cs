using System.Collections.Concurrent;
using AutoMirror.Core.Applying;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core;

/// <summary>What a warm process keeps between invocations. Nothing that correctness rests on: a cold one only asks and waits a little more.</summary>
/// <param name="time">The clock.</param>
public sealed class WarmState(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, RateBudget> _reads = new(StringComparer.Ordinal);

    /// <summary>The setup, for a short while.</summary>
    public SetupCache Setup { get; } = new();

    /// <summary>What was learnt of the rate at which EC2 takes changes.</summary>
    public RateBudget Budget { get; } = new(time);

    /// <summary>What was learnt of the rate at which an action that reads is answered: each has a bucket of its own.</summary>
    public RateBudget ReadBudgetOf(string action) => _reads.GetOrAdd(action, _ => new RateBudget(time, RateBudget.DescribesASecond));

    /// <summary>When the last look at everything began that saw everything.</summary>
    public DateTimeOffset? LastSweepAt { get; set; }

    /// <summary>When the look at everything is due that was arranged through the queue.</summary>
    public DateTimeOffset? NextSweepAt { get; set; }

    /// <summary>How many describe calls the last look at everything took.</summary>
    public int? SweepCalls { get; set; }
}
