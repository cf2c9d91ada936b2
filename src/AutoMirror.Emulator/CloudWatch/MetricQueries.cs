using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// The queries of GetMetricData and of alarms on expressions: each has an id and is a metric with a statistic, or an expression of the
/// others' ids. Periods are counted from the start of the time that is asked for.
/// </summary>
internal sealed class MetricQueries(Metrics metrics, IReadOnlyList<JsonObject> queries, DateTimeOffset start, DateTimeOffset end)
{
    private readonly Dictionary<string, MetricValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _computing = new(StringComparer.Ordinal);

    /// <summary>Whether a query's start is rounded down to its period. An alarm's periods end at the moment of its evaluation.</summary>
    public bool RoundsStartDown { get; init; }

    /// <summary>Refuses queries that could not be answered, whatever was measured.</summary>
    public static void Check(IReadOnlyList<JsonObject> queries)
    {
        if (queries.Select(query => query.Required("Id")).Distinct().Count() < queries.Count)
            throw CloudWatchErrors.Invalid("The values for the parameter Id must be unique.");
        foreach (var query in queries)
        {
            if (query["MetricStat"] is null == query["Expression"] is null)
                throw CloudWatchErrors.Invalid("A query must have either MetricStat or Expression.");
            if (query["MetricStat"] is not JsonObject stat)
                continue;
            stat["Metric"]!.AsObject().Metric();
            stat.Period();
            Statistic.Check(stat.Required("Stat"));
        }
    }

    /// <summary>The value of the query with an id.</summary>
    public MetricValue Of(string id)
    {
        if (_values.TryGetValue(id, out var known))
            return known;
        var query = queries.FirstOrDefault(each => each.Required("Id") == id)
            ?? throw CloudWatchErrors.Invalid($"Error in expression: no metric or expression has the id '{id}'.");
        if (!_computing.Add(id))
            throw CloudWatchErrors.Invalid($"Error in expression: '{id}' depends on itself.");
        return _values[id] = query["MetricStat"] is JsonObject stat
            ? new MetricValue.Series(metrics.Series(
                stat["Metric"]!.AsObject().Metric(), stat.Required("Stat"), StartFor(stat.Period()), end, stat.Period(),
                stat.Text("Unit")))
            : MetricExpression.Evaluate(query.Required("Expression"), Times(PeriodOf(query)), Of);
    }

    /// <summary>The time at which the first period of a query begins.</summary>
    public DateTimeOffset StartOf(JsonObject query) => StartFor(PeriodOf(query));

    private DateTimeOffset StartFor(TimeSpan period) => RoundsStartDown ? start.RoundedDown(period) : start;

    /// <summary>A metric's own period, or an expression's, or the shortest of the metrics.</summary>
    private TimeSpan PeriodOf(JsonObject query)
    {
        if (query["MetricStat"] is JsonObject stat)
            return stat.Period();
        if (query["Period"] is not null)
            return query.Period();
        var periods = queries.Select(each => each["MetricStat"]).OfType<JsonObject>().Select(each => each.Period()).ToList();
        return periods.Count == 0 ? TimeSpan.FromMinutes(1) : periods.Min();
    }

    private List<DateTimeOffset> Times(TimeSpan period)
    {
        List<DateTimeOffset> times = [];
        for (var time = StartFor(period); time < end; time += period)
            times.Add(time);
        return times;
    }
}
