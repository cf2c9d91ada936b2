namespace AutoMirror.Emulator.CloudWatch;

/// <summary>What an expression of metric math stands for: a number, or a time series.</summary>
internal abstract record MetricValue
{
    private MetricValue()
    {
    }

    /// <summary>One number for all times.</summary>
    internal sealed record Scalar(double Value) : MetricValue;

    /// <summary>A value for each period that has one.</summary>
    internal sealed record Series(SortedDictionary<DateTimeOffset, double> Points) : MetricValue;

    /// <summary>
    /// The value at a time; null where a series has none: "if a data point is missing in one of the metrics, the result has none there".
    /// </summary>
    public double? At(DateTimeOffset time) => this switch
    {
        Scalar scalar => scalar.Value,
        Series series => series.Points.TryGetValue(time, out var value) ? value : null,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static MetricValue Combine(MetricValue left, MetricValue right, Func<double, double, double> combine) => (left, right) switch
    {
        (Scalar first, Scalar second) => new Scalar(combine(first.Value, second.Value)),
        _ => Over(Times(left).Union(Times(right)), time => left.At(time) is { } first && right.At(time) is { } second
            ? combine(first, second)
            : null),
    };

    public MetricValue Select(Func<double, double> change) => this switch
    {
        Scalar scalar => new Scalar(change(scalar.Value)),
        Series series => Over(series.Points.Keys, time => change(series.Points[time])),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static MetricValue Over(IEnumerable<DateTimeOffset> times, Func<DateTimeOffset, double?> valueAt)
    {
        var points = new SortedDictionary<DateTimeOffset, double>();
        foreach (var time in times)
        {
            // "If an operation gives no number, such as a division by zero, the result has no data point."
            if (valueAt(time) is { } value && double.IsFinite(value))
                points[time] = value;
        }

        return new Series(points);
    }

    public static IEnumerable<DateTimeOffset> Times(MetricValue value) => value is Series series ? series.Points.Keys : [];
}
