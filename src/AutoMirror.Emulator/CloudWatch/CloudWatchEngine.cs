namespace AutoMirror.Emulator.CloudWatch;

/// <summary>CloudWatch: metrics, alarms and dashboards.</summary>
public sealed class CloudWatchEngine
{
    internal CloudWatchEngine(Cloud cloud)
    {
        Metrics = new(cloud);
        Alarms = new(cloud);
    }

    public Metrics Metrics { get; }

    public Alarms Alarms { get; }

    /// <summary>The dashboards by their names.</summary>
    internal SortedDictionary<string, Dashboard> Dashboards { get; } = new(StringComparer.Ordinal);
}
