namespace AutoMirror.Emulator.CloudWatch;

/// <summary>All metrics with what was measured, whoever measured it: callers, services, and log events in the embedded format.</summary>
public sealed class Metrics
{
    /// <summary>"Data points with a period of less than 60 seconds are available for 3 hours", which is long enough here.</summary>
    private static readonly TimeSpan Retention = TimeSpan.FromDays(15);

    private readonly Cloud _cloud;
    private readonly SortedDictionary<string, (Metric Metric, List<Sample> Samples)> _metrics = new(StringComparer.Ordinal);

    internal Metrics(Cloud cloud) => _cloud = cloud;

    /// <summary>The metrics for which there is anything.</summary>
    public IReadOnlyList<Metric> All => _cloud.InTurn(() => _metrics.Values.Select(each => each.Metric).ToList());

    /// <summary>The sum of all values of a metric so far; 0 when there are none.</summary>
    public double SumOf(Metric metric) => _cloud.InTurn(() => Of(metric).Sum(sample => sample.Sum));

    internal void Put(Metric metric, double value, string unit = "Count") => Put(metric, Sample.Of(_cloud.Now, value, unit));

    internal void Put(Metric metric, Sample sample)
    {
        using (_cloud.Enter())
        {
            if (!_metrics.TryGetValue(metric.Key, out var entry))
                _metrics[metric.Key] = entry = (metric, []);
            entry.Samples.Add(sample);
            if (entry.Samples[0].Time < _cloud.Now - Retention)
                entry.Samples.RemoveAll(old => old.Time < _cloud.Now - Retention);
        }
    }

    /// <summary>Adds to what was measured in the period that begins at a time: services publish one value for each.</summary>
    internal void Add(Metric metric, DateTimeOffset begin, double amount, string unit)
    {
        using (_cloud.Enter())
        {
            var samples = _metrics.TryGetValue(metric.Key, out var entry) ? entry.Samples : [];
            var known = samples.FindLastIndex(sample => sample.Time == begin);
            if (known < 0)
                Put(metric, Sample.Of(begin, amount, unit));
            else
                samples[known] = Sample.Of(begin, samples[known].Sum + amount, unit);
        }
    }

    internal IReadOnlyList<Sample> Of(Metric metric) => _metrics.TryGetValue(metric.Key, out var entry) ? entry.Samples : [];

    /// <summary>The statistic for each period that has samples, by the time at which the period begins.</summary>
    internal SortedDictionary<DateTimeOffset, double> Series(
        Metric metric, string statistic, DateTimeOffset start, DateTimeOffset end, TimeSpan period, string? unit = null)
    {
        var series = new SortedDictionary<DateTimeOffset, double>();
        var samples = Of(metric).Where(sample => sample.Time >= start && sample.Time < end && (unit is null || sample.Unit == unit));
        foreach (var window in samples.GroupBy(sample => start + (period * Math.Floor((sample.Time - start) / period))))
            series[window.Key] = Statistic.Of(statistic, [.. window]);
        return series;
    }
}
