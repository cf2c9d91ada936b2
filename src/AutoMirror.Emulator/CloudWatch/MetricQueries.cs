using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// The queries of GetMetricData and of alarms on expressions: each has an id and is a metric with a statistic, or an expression of the
/// others' ids. Periods are counted from the start of the time that is asked for.
/// </summary>
internal sealed class MetricQueries
{
    private readonly Metrics _metrics;
    private readonly IReadOnlyList<JsonObject> _queries;
    private readonly DateTimeOffset _start;
    private readonly DateTimeOffset _end;
    private readonly Dictionary<string, MetricValue> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _computing = new(StringComparer.Ordinal);

    public MetricQueries(Metrics metrics, IReadOnlyList<JsonObject> queries, DateTimeOffset start, DateTimeOffset end)
    {
        (_metrics, _queries, _start, _end) = (metrics, queries, start, end);
        if (queries.Select(query => query.Required("Id")).Distinct().Count() < queries.Count)
            throw CloudWatchErrors.Invalid("The values for the parameter Id must be unique.");
        foreach (var query in queries)
        {
            if (query["MetricStat"] is null == query["Expression"] is null)
                throw CloudWatchErrors.Invalid("A query must have either MetricStat or Expression.");
        }
    }

    /// <summary>The value of the query with an id.</summary>
    public MetricValue Of(string id)
    {
        if (_values.TryGetValue(id, out var known))
            return known;
        var query = _queries.FirstOrDefault(each => each.Required("Id") == id)
            ?? throw CloudWatchErrors.Invalid($"Error in expression: no metric or expression has the id '{id}'.");
        if (!_computing.Add(id))
            throw CloudWatchErrors.Invalid($"Error in expression: '{id}' depends on itself.");
        return _values[id] = query["MetricStat"] is JsonObject stat
            ? new MetricValue.Series(_metrics.Series(
                ((JsonObject)stat["Metric"]!).Metric(), stat.Required("Stat"), _start, _end, stat.Period(), stat.Text("Unit")))
            : MetricExpression.Evaluate(query.Required("Expression"), Times(PeriodOf(query)), Of);
    }

    /// <summary>An expression's own period, else the shortest of the metrics.</summary>
    private TimeSpan PeriodOf(JsonObject query)
    {
        if (query["Period"] is not null)
            return query.Period();
        var periods = _queries.Select(each => each["MetricStat"]).OfType<JsonObject>().Select(stat => stat.Period()).ToList();
        return periods.Count == 0 ? TimeSpan.FromMinutes(1) : periods.Min();
    }

    private List<DateTimeOffset> Times(TimeSpan period)
    {
        List<DateTimeOffset> times = [];
        for (var time = _start; time < _end; time += period)
            times.Add(time);
        return times;
    }
}
