using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// What state an alarm's last periods ask for ("Evaluating an alarm", "Configuring how CloudWatch alarms treat missing data"). The periods
/// end at the moment of the evaluation.
/// </summary>
internal static class AlarmEvaluation
{
    /// <summary>The state and the reason; null for an alarm whose state stays, for want of data.</summary>
    public static (string State, string Reason)? Evaluate(Metrics metrics, MetricAlarm alarm, DateTimeOffset now)
    {
        var settings = alarm.Settings;
        var periods = settings.Integer("EvaluationPeriods") ?? 1;
        var needed = settings.Integer("DatapointsToAlarm") ?? periods;
        var (threshold, comparison) = (settings.Number("Threshold") ?? 0, settings.Required("ComparisonOperator"));
        var points = Points(metrics, settings, periods, now);
        var breaching = points.Count(point => point is { } value && Breaches(value, comparison, threshold));
        var missing = points.Count(point => point is null);
        var treatment = settings.Text("TreatMissingData") ?? "missing";
        if (breaching + (treatment == "breaching" ? missing : 0) >= needed)
            return ("ALARM", Reason(points, breaching, settings, "OK -> ALARM"));
        if (missing == periods && treatment == "missing")
            return ("INSUFFICIENT_DATA", $"Insufficient Data: {periods} datapoint{(periods == 1 ? " was" : "s were")} unknown.");
        if (treatment == "ignore" && (missing == periods || breaching + missing >= needed))
            return null;
        return ("OK", Reason(points, breaching, settings, "ALARM -> OK"));
    }

    /// <summary>The value of each period, the newest first; null for a period without data.</summary>
    private static List<double?> Points(Metrics metrics, JsonObject settings, int periods, DateTimeOffset now)
    {
        var queries = settings.Objects("Metrics");
        var period = queries.Count == 0 ? settings.Period() : queries.Select(query => query["MetricStat"]).OfType<JsonObject>()
            .Select(stat => stat.Period()).DefaultIfEmpty(TimeSpan.FromMinutes(5)).Max();
        return [.. Enumerable.Range(0, periods)
            .Select(i => ValueOf(metrics, settings, queries, now - (period * (i + 1)), now - (period * i), period))];
    }

    /// <summary>A period has its end, since what is measured now belongs to it, and not its beginning.</summary>
    private static double? ValueOf(
        Metrics metrics, JsonObject settings, List<JsonObject> queries, DateTimeOffset start, DateTimeOffset end, TimeSpan period)
    {
        (start, end) = (start.AddTicks(1), end.AddTicks(1));
        if (queries.Count == 0)
        {
            var statistic = settings.Text("Statistic") ?? settings.Required("ExtendedStatistic");
            return Last(metrics.Series(settings.Metric(), statistic, start, end, period, settings.Text("Unit")));
        }

        var result = queries.FirstOrDefault(query => query["ReturnData"]?.GetValue<bool>() ?? true) ?? queries[0];
        return new MetricQueries(metrics, queries, start, end).Of(result.Required("Id")) switch
        {
            MetricValue.Scalar scalar => scalar.Value,
            MetricValue.Series series => Last(series.Points),
            _ => null,
        };
    }

    private static double? Last(SortedDictionary<DateTimeOffset, double> series) => series.Count == 0 ? null : series.Last().Value;

    private static bool Breaches(double value, string comparison, double threshold) => comparison switch
    {
        "GreaterThanThreshold" => value > threshold,
        "GreaterThanOrEqualToThreshold" => value >= threshold,
        "LessThanThreshold" => value < threshold,
        _ => value <= threshold,
    };

    private static string Reason(List<double?> points, int breaching, JsonObject settings, string transition)
    {
        var known = points.OfType<double>().ToList();
        var (threshold, needed) = (Decimal(settings.Number("Threshold") ?? 0), settings.Integer("DatapointsToAlarm") ?? points.Count);
        var treatment = settings.Text("TreatMissingData") == "breaching" ? "Breaching" : "NonBreaching";
        if (known.Count == 0)
        {
            return $"Threshold Crossed: no datapoints were received for {points.Count} period{(points.Count == 1 ? "" : "s")} and "
                + $"{points.Count} missing datapoint{(points.Count == 1 ? " was" : "s were")} treated as [{treatment}].";
        }

        var words = settings.Required("ComparisonOperator") switch
        {
            "GreaterThanThreshold" => "greater than",
            "GreaterThanOrEqualToThreshold" => "greater than or equal to",
            "LessThanThreshold" => "less than",
            _ => "less than or equal to",
        };
        var verb = transition.StartsWith("OK", StringComparison.Ordinal) ? "was" : "was not";
        return $"Threshold Crossed: {Math.Max(breaching, 1)} out of the last {points.Count} datapoints "
            + $"[{string.Join(", ", known.Select(Decimal))}] {verb} {words} the threshold ({threshold}) (minimum {needed} "
            + $"datapoint{(needed == 1 ? "" : "s")} for {transition} transition).";
    }

    private static string Decimal(double value) => value.ToString("0.0###", CultureInfo.InvariantCulture);
}
