using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>GetMetricData, GetMetricStatistics and ListMetrics over what EC2 publishes, without metric math and percentiles.</summary>
internal sealed class MetricReads(Cloud cloud)
{
    private const string Namespace = "AWS/EC2";
    private const string Dimension = "InstanceId";
    private const int MostQueries = 500;
    private const int MostListed = 500;
    private const int MostPoints = 1440;

    /// <summary>"The default is TimestampDescending."</summary>
    private const string NewestFirst = "TimestampDescending";

    private static readonly string[] Units =
    [
        "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes", "Bits", "Kilobits",
        "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second", "Kilobytes/Second", "Megabytes/Second",
        "Gigabytes/Second", "Terabytes/Second", "Bits/Second", "Kilobits/Second", "Megabits/Second", "Gigabits/Second",
        "Terabits/Second", "Count/Second", "None",
    ];

    private static readonly string[] Statistics = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

    public JsonObject GetMetricData(JsonObject input)
    {
        var queries = input.AllObjects("MetricDataQueries");
        if (queries.Count is 0 or > MostQueries)
            throw CloudWatchErrors.Validation($"The parameter MetricDataQueries must have between 1 and {MostQueries} queries.");
        var (start, end) = Range(input);
        var order = input.AnyText("ScanBy") ?? NewestFirst;
        if (order is not (NewestFirst or "TimestampAscending"))
            throw CloudWatchErrors.Validation("The parameter ScanBy must be TimestampDescending or TimestampAscending.");
        if (queries.GroupBy(query => query.NeededText("Id")).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw CloudWatchErrors.Validation($"The values for parameter id in MetricDataQueries are not unique: {twice}.");
        var results = queries.Select(query => (Query: query, Points: Read(query, start, end)))
            .Where(each => each.Query.Flag("ReturnData", otherwise: true)).ToList();
        return new()
        {
            ["MetricDataResults"] = results.Select(each => Write(each.Query, each.Points, order == NewestFirst)).ToJsonArray(),
            ["Messages"] = new JsonArray(),
        };
    }

    public JsonObject GetMetricStatistics(JsonObject input)
    {
        var (start, end) = Range(input);
        var period = Period(input);
        var statistics = input.AllTexts("Statistics");
        if (statistics.Count == 0 || statistics.Except(Statistics).Any())
            throw CloudWatchErrors.NotEmulated("Anything but SampleCount, Average, Sum, Minimum and Maximum");
        if (input["ExtendedStatistics"] is not null)
            throw CloudWatchErrors.NotEmulated("ExtendedStatistics");
        var name = input.NeededName("MetricName");
        List<(DateTimeOffset At, List<double> Samples)> series =
            IsIn(input, name) ? Points(input.NeededName("Namespace"), name, input, start, end, period) : [];
        if (series.Count > MostPoints)
            throw CloudWatchErrors.TooManyPoints(series.Count, MostPoints);
        return new()
        {
            ["Label"] = name,
            ["Datapoints"] = series.Select(point =>
            {
                var output = new JsonObject { ["Timestamp"] = JsonValue.Create(point.At), ["Unit"] = InstanceMetrics.UnitOf(name) };
                foreach (var statistic in statistics)
                    output[statistic] = Value(statistic, point.Samples);
                return output;
            }).ToJsonArray(),
        };
    }

    public JsonObject ListMetrics(JsonObject input)
    {
        var (space, name) = (input.AnyName("Namespace"), input.AnyName("MetricName"));
        if (input.Flag("IncludeLinkedAccounts", otherwise: false) || input["OwningAccount"] is not null)
            throw CloudWatchErrors.NotEmulated("A monitoring account");
        if (input.AnyText("RecentlyActive") is { } recently && recently != "PT3H")
            throw CloudWatchErrors.Validation("The parameter RecentlyActive must be PT3H.");
        var since = input["RecentlyActive"] is null ? DateTimeOffset.MinValue : cloud.Now.AddHours(-3);
        var dimensions = input.AllObjects("Dimensions");
        var after = Paging.Read("metrics", input.AnyText("NextToken"), CloudWatchErrors.InvalidNextToken);
        var found = cloud.Metrics.Series.Where(series => (space is null or Namespace) && (name is null || series.Name == name)
            && cloud.Metrics.Points(series.Name, series.InstanceId).Any(point => point.Key >= since)
            && dimensions.All(each => each.NeededText("Name") == Dimension && IsOf(each.AnyText("Value"), series.InstanceId)));
        var page = Paging.Take("metrics", found.OrderBy(Key, StringComparer.Ordinal), Key, after, MostListed);
        return new JsonObject
        {
            ["Metrics"] = page.Items.Select(series => new JsonObject
            {
                ["Namespace"] = Namespace, ["MetricName"] = series.Name,
                ["Dimensions"] = new JsonArray(new JsonObject { ["Name"] = Dimension, ["Value"] = series.InstanceId }),
            }).ToJsonArray(),
        }.WithAny("NextToken", page.NextToken);

        static bool IsOf(string? wanted, string instanceId) => wanted is null || wanted == instanceId;
        static string Key((string Name, string InstanceId) series) => $"{series.Name} {series.InstanceId}";
    }

    private static (DateTimeOffset Start, DateTimeOffset End) Range(JsonObject input)
    {
        var (start, end) = (input.NeededTime("StartTime"), input.NeededTime("EndTime"));
        return start < end ? (start, end) : throw CloudWatchErrors.StartBeforeEnd();
    }

    /// <summary>"A period can be as short as one minute (60 seconds) and must be a multiple of 60."</summary>
    private static TimeSpan Period(JsonObject from) => from.AnyInteger("Period") is { } seconds
        ? seconds > 0 && seconds % 60 == 0
            ? TimeSpan.FromSeconds(seconds)
            : throw CloudWatchErrors.Validation("The parameter Period must be a multiple of 60.")
        : throw CloudWatchErrors.Missing("Period");

    private List<(DateTimeOffset At, double Value)> Read(JsonObject query, DateTimeOffset start, DateTimeOffset end)
    {
        if (query["Expression"] is not null)
            throw CloudWatchErrors.NotEmulated("Metric math");
        var stat = query["MetricStat"] as JsonObject ?? throw CloudWatchErrors.Missing("MetricStat");
        var metric = stat["Metric"] as JsonObject ?? throw CloudWatchErrors.Missing("Metric");
        var (name, statistic) = (metric.NeededName("MetricName"), stat.NeededText("Stat"));
        if (!Statistics.Contains(statistic))
            throw CloudWatchErrors.NotEmulated($"The statistic {statistic}");
        var points = Points(metric.NeededName("Namespace"), name, metric, start, end, Period(stat));
        return IsIn(stat, name) ? [.. points.Select(point => (point.At, Value(statistic, point.Samples)))] : [];
    }

    /// <summary>Whether a metric is in the unit that a request asks for. One that asks for none takes any.</summary>
    private static bool IsIn(JsonObject from, string name) => from.AnyText("Unit") switch
    {
        null => true,
        var unit when Units.Contains(unit) => unit == InstanceMetrics.UnitOf(name),
        _ => throw CloudWatchErrors.Validation($"The parameter Unit must be one of {string.Join(", ", Units)}."),
    };

    /// <summary>The samples of each period, of a metric that has one dimension: the instance.</summary>
    private List<(DateTimeOffset At, List<double> Samples)> Points(
        string space, string name, JsonObject metric, DateTimeOffset start, DateTimeOffset end, TimeSpan period)
    {
        var dimensions = metric.AllObjects("Dimensions");
        if (space != Namespace || dimensions is not [var only] || only.NeededText("Name") != Dimension)
            return [];
        return
        [
            .. cloud.Metrics.Points(name, only.NeededText("Value"))
                .GroupBy(point => new DateTimeOffset(point.Key.UtcTicks / period.Ticks * period.Ticks, TimeSpan.Zero))
                .Where(point => point.Key >= Floor(start, period) && point.Key < end)
                .Select(point => (point.Key, point.Select(sample => sample.Value).ToList())),
        ];
    }

    /// <summary>"CloudWatch rounds the start time down" to the period.</summary>
    private static DateTimeOffset Floor(DateTimeOffset time, TimeSpan period) =>
        new(time.UtcTicks / period.Ticks * period.Ticks, TimeSpan.Zero);

    private static double Value(string statistic, List<double> samples) => statistic switch
    {
        "SampleCount" => samples.Count,
        "Average" => samples.Average(),
        "Minimum" => samples.Min(),
        "Maximum" => samples.Max(),
        _ => samples.Sum(),
    };

    private static JsonObject Write(JsonObject query, List<(DateTimeOffset At, double Value)> points, bool newestFirst)
    {
        var ordered = newestFirst ? points.OrderByDescending(point => point.At) : points.OrderBy(point => point.At);
        var metric = query["MetricStat"]!["Metric"]!.AsObject();
        return new()
        {
            ["Id"] = query.NeededText("Id"), ["Label"] = query.AnyText("Label") ?? metric.NeededText("MetricName"),
            ["Timestamps"] = ordered.Select(point => (JsonNode)JsonValue.Create(point.At)).ToJsonArray(),
            ["Values"] = ordered.Select(point => (JsonNode)JsonValue.Create(point.Value)).ToJsonArray(),
            ["StatusCode"] = "Complete",
        };
    }
}
