namespace AutoMirror.Emulator.Faults;

/// <summary>How long requests take: a log-normal distribution, given by its median and its 99th percentile.</summary>
public sealed record Latency(TimeSpan Median, TimeSpan Percentile99)
{
    internal TimeSpan Next(Random random)
    {
        // Box-Muller; the 99th percentile lies 2.326 standard deviations above the median.
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return Median * Math.Exp(normal * Math.Log(Percentile99 / Median) / 2.326);
    }
}
