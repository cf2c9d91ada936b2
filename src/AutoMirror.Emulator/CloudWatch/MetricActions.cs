using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>Metrics over the wire.</summary>
internal sealed class MetricActions(Cloud cloud)
{
    private const int MostQueries = 500;
    private const int MostDatapoints = 100_800;
    private const int MostStatistics = 1440;

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
        var (start, end) = Range(input);
        var wanted = input.Objects("MetricDataQueries");
        if (wanted.Count is 0 or > MostQueries)
            throw CloudWatchErrors.Invalid($"The parameter MetricDataQueries must have between 1 and {MostQueries} queries.");
        MetricQueries.Check(wanted);
        var queries = new MetricQueries(Metrics, wanted, start, end) { RoundsStartDown = true };
        var ascending = input.Text("ScanBy") == "TimestampAscending";
        return new()
        {
            ["MetricDataResults"] = wanted.Where(query => query["ReturnData"]?.GetValue<bool>() ?? true)
                .Select(query => Write(query, queries, ascending, input.Integer("MaxDatapoints"))).ToJsonArray(),
            ["Messages"] = new JsonArray(),
        };
    }

    public JsonObject GetStatistics(JsonObject input)
    {
        var ((start, end), period) = (Range(input), input.Period());
        var (basic, extended) = (input.Texts("Statistics"), input.Texts("ExtendedStatistics"));
        CheckStatistics(basic, extended);
        start = start.RoundedDown(period);
        if (Math.Ceiling((end - start) / period) is > MostStatistics and var asked)
            throw CloudWatchErrors.TooManyDatapoints(asked, MostStatistics);
        var metric = input.Metric();
        var points = new SortedDictionary<DateTimeOffset, JsonObject>();
        foreach (var statistic in basic)
        {
            foreach (var (time, value) in Metrics.Series(metric, statistic, start, end, period, input.Text("Unit")))
                Point(time)[statistic] = value;
        }

        foreach (var statistic in extended)
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
                var unit = input.Text("Unit") ?? Metrics.Of(metric)[0].Unit;
                points[time] = point = new() { ["Timestamp"] = JsonTimes.Of(time), ["Unit"] = unit };
            }

            return point;
        }
    }

    /// <summary>The metrics that ListMetrics is asked for, in the order of their keys.</summary>
    public IEnumerable<Metric> Matching(JsonObject input)
    {
        if (input.Flag("IncludeLinkedAccounts") || input["OwningAccount"] is not null)
            throw CloudWatchErrors.NotEmulated("A monitoring account");
        var filters = input.Objects("Dimensions");
        // "RecentlyActive: metrics that have had data points published in the past three hours", for which it has one value, PT3H.
        var since = input["RecentlyActive"] is null ? DateTimeOffset.MinValue : cloud.Now.AddHours(-3);
        return Metrics.All.Where(metric =>
            (input.Text("Namespace") ?? metric.Namespace) == metric.Namespace && (input.Text("MetricName") ?? metric.Name) == metric.Name
                && filters.TrueForAll(filter => metric.Dimensions.TryGetValue(filter.Required("Name"), out var value)
                    && (filter.Text("Value") ?? value) == value)
                && Metrics.Of(metric).Any(sample => sample.Time >= since));
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Range(JsonObject input)
    {
        var (start, end) = (input.Time("StartTime"), input.Time("EndTime"));
        return start < end ? (start, end) : throw CloudWatchErrors.StartBeforeEnd();
    }

    /// <summary>"You must specify either Statistics or ExtendedStatistics, but not both."</summary>
    private static void CheckStatistics(List<string> basic, List<string> extended)
    {
        if (basic.Count + extended.Count == 0)
            throw CloudWatchErrors.Missing("The request must have either Statistics or ExtendedStatistics.");
        if (basic.Count > 0 && extended.Count > 0)
            throw CloudWatchErrors.InvalidCombination("Statistics and ExtendedStatistics cannot both be specified.");
        extended.ForEach(Statistic.Check);
    }

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

    private static JsonObject Write(JsonObject query, MetricQueries queries, bool ascending, int? most)
    {
        var points = queries.Of(query.Required("Id")) switch
        {
            MetricValue.Scalar scalar => [KeyValuePair.Create(queries.StartOf(query), scalar.Value)],
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
