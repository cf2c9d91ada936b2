using AutoMirror.Emulator.Faults;

namespace AutoMirror.Emulator.Packets;

/// <summary>What instances and sensors have left: each a bucket that holds a second's worth and is filled by the clock.</summary>
internal sealed class PacketBudgets(PacketFaults faults, DateTimeOffset now)
{
    private const int BitsPerByte = 8;

    private readonly Dictionary<string, Level> _levels = [];

    /// <summary>Production traffic takes what it needs, as far as there is something.</summary>
    public void TakeProduction(string? instanceId, long bytes, DateTimeOffset at)
    {
        if (instanceId is not null && faults.InstanceBitsPerSecond.TryGetValue(instanceId, out var rate))
            Take(instanceId, rate, bytes * BitsPerByte, 1, at);
    }

    /// <summary>How many of these copies an instance has bandwidth for.</summary>
    public int TakeCopies(string? instanceId, long bytesEach, int count, DateTimeOffset at) =>
        instanceId is not null && faults.InstanceBitsPerSecond.TryGetValue(instanceId, out var rate)
            ? TakeWhole(instanceId, rate, bytesEach * BitsPerByte, count, at)
            : count;

    /// <summary>How many of these copies the sensor behind a target can take.</summary>
    public int TakeAtSensor(string targetId, int count, DateTimeOffset at) =>
        faults.TargetPacketsPerSecond.TryGetValue(targetId, out var rate) ? TakeWhole(targetId, rate, 1, count, at) : count;

    private int TakeWhole(string id, long rate, long each, int count, DateTimeOffset at)
    {
        var fit = (int)Math.Min(count, (long)(LevelOf(id, rate, at) / each));
        Take(id, rate, each, fit, at);
        return fit;
    }

    private void Take(string id, long rate, long each, int count, DateTimeOffset at) =>
        _levels[id] = new(Math.Max(0, LevelOf(id, rate, at) - ((double)each * count)), at);

    private double LevelOf(string id, long rate, DateTimeOffset at)
    {
        var level = _levels.GetValueOrDefault(id) ?? new(rate, now);
        return Math.Min(rate, level.Amount + (Math.Max(0, (at - level.At).TotalSeconds) * rate));
    }

    private sealed record Level(double Amount, DateTimeOffset At);
}
