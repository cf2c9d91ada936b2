namespace AutoMirror.Emulator.CloudWatch;

/// <summary>The functions of metric math that the emulator computes. Every other one is refused by name.</summary>
internal static class MetricFunctions
{
    /// <summary>FILL's <c>REPEAT</c>: the value before a gap.</summary>
    public static readonly MetricValue Repeat = new MetricValue.Scalar(double.NaN);

    public static MetricValue Call(string name, List<MetricValue> arguments, IReadOnlyList<DateTimeOffset> times) =>
        (name, arguments) switch
        {
            ("ABS", [var of]) => of.Select(Math.Abs),
            ("CEIL", [var of]) => of.Select(Math.Ceiling),
            ("FLOOR", [var of]) => of.Select(Math.Floor),
            ("SUM", [MetricValue.Series of]) => new MetricValue.Scalar(of.Points.Values.Sum()),
            ("AVG", [MetricValue.Series of]) => Of(of, values => values.Average()),
            ("MIN", [MetricValue.Series of]) => Of(of, values => values.Min()),
            ("MAX", [MetricValue.Series of]) => Of(of, values => values.Max()),
            ("FILL", [MetricValue.Series of, var filler]) => Fill(of, filler, times),
            ("IF", [var condition, var then]) => If(condition, then, null),
            ("IF", [var condition, var then, var otherwise]) => If(condition, then, otherwise),
            ("TIME_SERIES", [MetricValue.Scalar of]) => MetricValue.Over(times, _ => of.Value),
            _ => throw CloudWatchErrors.NotEmulated($"The function {name} with {arguments.Count} arguments"),
        };

    private static MetricValue Of(MetricValue.Series series, Func<ICollection<double>, double> compute) =>
        series.Points.Count == 0 ? series : new MetricValue.Scalar(compute(series.Points.Values));

    private static MetricValue Fill(MetricValue.Series series, MetricValue filler, IReadOnlyList<DateTimeOffset> times)
    {
        double? before = null;
        return MetricValue.Over(times.Union(series.Points.Keys).Order(), time =>
            before = series.At(time) ?? (ReferenceEquals(filler, Repeat) ? before : filler.At(time)));
    }

    private static MetricValue If(MetricValue condition, MetricValue then, MetricValue? otherwise)
    {
        if (condition is MetricValue.Scalar scalar)
            return scalar.Value != 0 ? then : otherwise ?? MetricValue.Over([], _ => null);
        return MetricValue.Over(MetricValue.Times(condition), time =>
            condition.At(time) is not (null or 0) ? then.At(time) : otherwise?.At(time));
    }
}
