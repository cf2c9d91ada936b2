using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>When and where a GuardDuty finding mirrors its instance.</summary>
internal sealed record GuardDutyRule
{
    /// <summary>The lowest severity that counts, 1–10.</summary>
    public double Severity { get; init; } = 7;

    public SensorName Sensor { get; init; } = SensorName.Default;

    /// <summary>For how long, 1–8760 hours from the finding's event.</summary>
    public int Hours { get; init; } = 24;
}
