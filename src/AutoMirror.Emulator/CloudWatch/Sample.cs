namespace AutoMirror.Emulator.CloudWatch;

/// <summary>What was measured at one time: one value, or the statistics of several.</summary>
internal sealed record Sample(DateTimeOffset Time, double Sum, double Count, double Least, double Greatest, string Unit)
{
    public static Sample Of(DateTimeOffset time, double value, string unit, double count = 1) =>
        new(time, value * count, count, value, value, unit);
}
