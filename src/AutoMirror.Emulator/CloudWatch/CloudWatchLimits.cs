using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>The limits that CloudWatch's service model sets for the members of its requests.</summary>
internal static class CloudWatchLimits
{
    private static readonly Limit AlarmName = Limit.Needed("AlarmName", 1, 255);
    private static readonly Limit[] AlarmNames = [Limit.Needed("AlarmNames", 0, 100), Limit.Of("AlarmNames[]", 1, 255)];
    private static readonly Limit Namespace = Limit.Of("Namespace", 1, 255) with { Pattern = "[^:].*" };
    private static readonly Limit Statistics = Limit.OneOf("Statistic", Statistic.Basic);

    private static readonly Limit[] Dimensions =
        [Limit.Of("Dimensions", 0, 30), Limit.Needed("Dimensions[].Name", 1, 255), Limit.Needed("Dimensions[].Value", 1, 1024)];

    private static readonly Limit[] Tags = [Limit.Needed("Tags[].Key", 1, 128), Limit.Needed("Tags[].Value", 0, 256)];

    public static IEnumerable<Limit> Of(string action) => action switch
    {
        "PutMetricAlarm" =>
        [
            AlarmName, Limit.Of("AlarmDescription", 0, 1024), Limit.Of("OKActions", 0, 5), Limit.Of("AlarmActions", 0, 5),
            Limit.Of("InsufficientDataActions", 0, 5), Limit.Of("MetricName", 1, 255), Namespace, Statistics, .. Dimensions,
            Limit.Of("Period", 1, long.MaxValue), Limit.Of("EvaluationPeriods", 1, long.MaxValue),
            Limit.Of("DatapointsToAlarm", 1, long.MaxValue), Limit.Needed("Metrics[].Id", 1, 255),
            Limit.Of("Metrics[].Expression", 1, 2048), Limit.Needed("ComparisonOperator"),
            Limit.OneOf(
                "ComparisonOperator", "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold",
                "LessThanOrEqualToThreshold"),
            Limit.OneOf("TreatMissingData", "breaching", "notBreaching", "ignore", "missing"), .. Tags,
        ],
        "DescribeAlarms" =>
        [
            Limit.Of("AlarmNames", 0, 100), Limit.Of("AlarmNamePrefix", 1, 255), Limit.Of("MaxRecords", 1, 100),
            Limit.OneOf("StateValue", "OK", "ALARM", "INSUFFICIENT_DATA"),
        ],
        "DeleteAlarms" or "EnableAlarmActions" or "DisableAlarmActions" => AlarmNames,
        "SetAlarmState" => [AlarmName, Limit.Needed("StateValue"), Limit.Needed("StateReason", 0, 1023)],
        "DescribeAlarmsForMetric" => [Required(Namespace), Limit.Needed("MetricName", 1, 255), .. Dimensions],
        "PutMetricData" =>
        [
            Required(Namespace), Limit.Needed("MetricData[].MetricName", 1, 255), Limit.Of("MetricData[].Dimensions", 0, 30),
        ],
        "GetMetricData" =>
            [Limit.Needed("MetricDataQueries"), Limit.Needed("StartTime"), Limit.Needed("EndTime"), Limit.Needed("MetricDataQueries[].Id", 1, 255)],
        "GetMetricStatistics" =>
        [
            Required(Namespace), Limit.Needed("MetricName", 1, 255), .. Dimensions, Limit.Needed("StartTime"), Limit.Needed("EndTime"),
            Limit.Needed("Period"), Limit.OneOf("Statistics[]", Statistic.Basic), Limit.Of("Statistics", 1, 5),
        ],
        "ListMetrics" => [Namespace, Limit.Of("MetricName", 1, 255)],
        "PutDashboard" => [Limit.Needed("DashboardName"), Limit.Needed("DashboardBody")],
        "GetDashboard" => [Limit.Needed("DashboardName")],
        "DeleteDashboards" => [Limit.Needed("DashboardNames")],
        "TagResource" => [Limit.Needed("ResourceARN", 1, 1024), Limit.Needed("Tags"), .. Tags],
        "UntagResource" => [Limit.Needed("ResourceARN", 1, 1024), Limit.Needed("TagKeys")],
        "ListTagsForResource" => [Limit.Needed("ResourceARN", 1, 1024)],
        _ => [],
    };

    private static Limit Required(Limit limit) => limit with { Required = true };
}
