using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>How requests and answers hold metrics, periods and times.</summary>
internal static class MetricMembers
{
    /// <summary>The metric that members of a request name: Namespace, MetricName, Dimensions.</summary>
    public static Metric Metric(this JsonObject input) => new(input.Required("Namespace"), input.Required("MetricName"))
    {
        Dimensions = Resource.NoTags.SetItems(
            input.Objects("Dimensions").Select(each => KeyValuePair.Create(each.Required("Name"), each.Required("Value")))),
    };

    public static TimeSpan Period(this JsonObject input, string name = "Period")
    {
        var seconds = input.Integer(name) ?? throw CloudWatchErrors.Missing($"The parameter {name} is required.");
        return seconds is 1 or 5 or 10 or 20 or 30 || (seconds > 0 && seconds % 60 == 0)
            ? TimeSpan.FromSeconds(seconds)
            : throw CloudWatchErrors.Invalid($"The parameter {name} must be 10, 30 or a multiple of 60.");
    }

    public static DateTimeOffset Time(this JsonObject input, string name) =>
        TimeIfAny(input, name) ?? throw CloudWatchErrors.Missing($"The parameter {name} is required.");

    public static DateTimeOffset? TimeIfAny(this JsonObject input, string name) => input.Number(name) switch
    {
        null => null,
        { } seconds when seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds() =>
            DateTimeOffset.UnixEpoch.AddSeconds(seconds),
        _ => throw CloudWatchErrors.Invalid($"The parameter {name} is not a time that CloudWatch knows."),
    };

    /// <summary>"CloudWatch rounds the start time down" to the period.</summary>
    public static DateTimeOffset RoundedDown(this DateTimeOffset time, TimeSpan period) =>
        new(time.UtcTicks / period.Ticks * period.Ticks, TimeSpan.Zero);

    public static double? Number(this JsonObject input, string name) => input[name]?.GetValue<double>();

    public static JsonObject Write(Metric metric) => new()
    {
        ["Namespace"] = metric.Namespace, ["MetricName"] = metric.Name, ["Dimensions"] = Write(metric.Dimensions),
    };

    public static JsonArray Write(IEnumerable<KeyValuePair<string, string>> dimensions) =>
        dimensions.Select(pair => new JsonObject { ["Name"] = pair.Key, ["Value"] = pair.Value }).ToJsonArray();
}
