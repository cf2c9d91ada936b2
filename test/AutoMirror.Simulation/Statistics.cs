using System.Globalization;

namespace AutoMirror.Simulation;

/// <summary>How much was covered.</summary>
internal sealed class Statistics
{
    public long Histories { get; set; }

    /// <summary>How many of them had no sweep.</summary>
    public long Sweepless { get; set; }

    public long Steps { get; set; }

    public long Invocations { get; set; }

    public long Calls { get; set; }

    public long Changes { get; set; }

    /// <summary>Packets that were sent at the ends of histories.</summary>
    public long Packets { get; set; }

    public long Faults { get; set; }

    public long Kills { get; set; }

    public TimeSpan Simulated { get; set; }

    public void Add(Statistics other)
    {
        Histories += other.Histories;
        Sweepless += other.Sweepless;
        Steps += other.Steps;
        Invocations += other.Invocations;
        Calls += other.Calls;
        Changes += other.Changes;
        Packets += other.Packets;
        Faults += other.Faults;
        Kills += other.Kills;
        Simulated += other.Simulated;
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Histories:N0} histories ({Sweepless:N0} without sweeps), {Steps:N0} steps by people, {Invocations:N0} invocations, {Calls:N0} "
            + $"calls, {Changes:N0} changes of sessions, {Packets:N0} packets, "
        + $"{Faults:N0} faults, {Kills:N0} killed processes, {Simulated.TotalDays:N1} simulated days");
}
