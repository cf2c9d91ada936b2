using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>Metrics over the wire.</summary>
internal sealed class MetricActions(Cloud cloud)
{
    private const int MostDatapoints = 100_800;

    private Metrics Metrics => cloud.CloudWatch.Metrics;

    public void Put(JsonObject input)
    {
        var scope = input.Required("Namespace");
        if (scope.StartsWith("AWS/", StringComparison.Ordinal))
            throw CloudWatchErrors.Invalid("The value AWS/ for parameter Namespace is invalid.");
        foreach (var datum in input.Objects("MetricData"))
        {
            datum["Namespace"] = scope;
            var time = datum.TimeIfAny("Timestamp") ?? cloud.Now;
            foreach (var sample in Samples(datum, time, datum.Text("Unit") ?? "None"))
                Metrics.Put(datum.Metric(), sample);
        }
    }

    public JsonObject GetData(JsonObject input)
    {
        var (start, end) = (input.Time("StartTime"), input.Time("EndTime"));
        if (start >= end)
            throw CloudWatchErrors.StartBeforeEnd();
        var wanted = input.Objects("MetricDataQueries");
        var periods = wanted.Select(query => query["MetricStat"]).OfType<JsonObject>().Select(stat => stat.Period()).ToList();
        start = Floor(start, periods.Count == 0 ? TimeSpan.FromMinutes(1) : periods.Min());
        var queries = new MetricQueries(Metrics, wanted, start, end);
        var ascending = input.Text("ScanBy") == "TimestampAscending";
        return new()
        {
            ["MetricDataResults"] = wanted.Where(query => query["ReturnData"]?.GetValue<bool>() ?? true)
                .Select(query => Write(query, queries.Of(query.Required("Id")), start, ascending, input.Integer("MaxDatapoints")))
                    .ToJsonArray(),
            ["Messages"] = new JsonArray(),
        };
    }

    public JsonObject GetStatistics(JsonObject input)
    {
        var (start, end, period) = (input.Time("StartTime"), input.Time("EndTime"), input.Period());
        if (start >= end)
            throw CloudWatchErrors.StartBeforeEnd();
        start = Floor(start, period);
        var metric = input.Metric();
        var points = new SortedDictionary<DateTimeOffset, JsonObject>();
        foreach (var statistic in input.Texts("Statistics"))
        {
            foreach (var (time, value) in Metrics.Series(metric, statistic, start, end, period, input.Text("Unit")))
                Point(time)[statistic] = value;
        }

        foreach (var statistic in input.Texts("ExtendedStatistics"))
        {
            foreach (var (time, value) in Metrics.Series(metric, statistic, start, end, period, input.Text("Unit")))
            {
                Point(time).TryAdd("ExtendedStatistics", new JsonObject());
                Point(time)["ExtendedStatistics"]![statistic] = value;
            }
        }

        return new() { ["Label"] = metric.Name, ["Datapoints"] = points.Values.ToJsonArray() };

        JsonObject Point(DateTimeOffset time)
        {
            if (!points.TryGetValue(time, out var point))
            {
                var unit = Metrics.Of(metric)[0].Unit;
                points[time] = point = new() { ["Timestamp"] = JsonTimes.Of(time), ["Unit"] = unit };
            }

            return point;
        }
    }

    public JsonObject List(JsonObject input)
    {
        var filters = input.Objects("Dimensions");
        var found = Metrics.All.Where(metric =>
            (input.Text("Namespace") ?? metric.Namespace) == metric.Namespace && (input.Text("MetricName") ?? metric.Name) == metric.Name
                && filters.TrueForAll(filter => metric.Dimensions.TryGetValue(filter.Required("Name"), out var value)
                    && (filter.Text("Value") ?? value) == value));
        return new() { [nameof(Metrics)] = found.Select(MetricMembers.Write).ToJsonArray() };
    }

    /// <summary>"CloudWatch rounds the start time down" to the period.</summary>
    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan period) =>
        new(time.UtcTicks / period.Ticks * period.Ticks, TimeSpan.Zero);

    private static IEnumerable<Sample> Samples(JsonObject datum, DateTimeOffset time, string unit)
    {
        if (datum["StatisticValues"] is JsonObject set)
        {
            return
            [
                new(time, set.Number("Sum") ?? 0, set.Number("SampleCount") ?? 0, set.Number("Minimum") ?? 0,
                    set.Number("Maximum") ?? 0, unit),
            ];
        }

        if (datum["Values"] is JsonArray values)
        {
            var counts = datum["Counts"] as JsonArray;
            return values.Select((value, i) => Sample.Of(time, value!.GetValue<double>(), unit, counts?[i]!.GetValue<double>() ?? 1));
        }

        return [Sample.Of(time, datum.Number("Value") ?? throw CloudWatchErrors.Missing("The parameter Value is required."), unit)];
    }

    private static JsonObject Write(JsonObject query, MetricValue value, DateTimeOffset start, bool ascending, int? most)
    {
        var points = value switch
        {
            MetricValue.Scalar scalar => [KeyValuePair.Create(start, scalar.Value)],
            MetricValue.Series series => series.Points.ToList(),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (!ascending)
            points.Reverse();
        points = [.. points.Take(most ?? MostDatapoints)];
        return new()
        {
            ["Id"] = query.Required("Id"),
            ["Label"] = query.Text("Label") ?? query["MetricStat"]?["Metric"]?["MetricName"]?.GetValue<string>() ?? query.Required("Id"),
            ["Timestamps"] = points.Select(point => JsonTimes.Of(point.Key)).ToJsonArray(),
            ["Values"] = points.Select(point => (JsonNode?)point.Value).ToJsonArray(), ["StatusCode"] = "Complete",
        };
    }
}
