using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// CloudWatch over the wire. It speaks CBOR (<see cref="CloudWatchCbor"/>), AWS JSON 1.0 and AWS Query, whichever a client prefers.
/// </summary>
internal sealed class CloudWatchApi(Cloud cloud) : JsonApi("monitoring", CloudWatchApi.Target, "1.0")
{
    /// <summary>What headers and paths call it.</summary>
    public const string Target = "GraniteServiceVersion20100801";

    /// <summary>"Up to 500 results are returned for any one call."</summary>
    private const int MostListed = 500;

    private readonly AlarmActions _alarms = new(cloud);
    private readonly MetricActions _metrics = new(cloud);
    private readonly DashboardActions _dashboards = new(cloud);

    /// <summary>The same in AWS Query, version 2010-08-01.</summary>
    public static QueryWire Query(Cloud cloud) => new(
        new CloudWatchApi(cloud), "2010-08-01", "http://monitoring.amazonaws.com/doc/2010-08-01/",
        new()
        {
            Numbers =
            [
                "Period", "EvaluationPeriods", "DatapointsToAlarm", "Threshold", "Metrics.Period", "Metrics.MetricStat.Period",
                "MetricDataQueries.Period", "MetricDataQueries.MetricStat.Period", "MaxRecords", "MaxDatapoints", "MetricData.Value",
                "MetricData.Values", "MetricData.Counts", "MetricData.StorageResolution", "MetricData.StatisticValues.SampleCount",
                "MetricData.StatisticValues.Sum", "MetricData.StatisticValues.Minimum", "MetricData.StatisticValues.Maximum",
            ],
            Flags =
            [
                "ActionsEnabled", "Metrics.ReturnData", "MetricDataQueries.ReturnData", "IncludeLinkedAccounts", "StrictEntityValidation",
            ],
            Times = ["StartTime", "EndTime", "StartDate", "EndDate", "MetricData.Timestamp"],
        });

    protected override IEnumerable<Limit> LimitsOf(string action) => ModelLimits.CloudWatch.Of(action);

    protected override string LimitCode => "ValidationError";

    protected override AwsException InvalidNextToken() => CloudWatchErrors.InvalidNextToken();

    protected override Handler? Find(string action) => action switch
    {
        "PutMetricAlarm" => Do(_alarms.Put),
        "DescribeAlarms" => DescribeAlarms,
        "DescribeAlarmsForMetric" => _alarms.ForMetric,
        "DescribeAlarmHistory" => _alarms.History,
        "DeleteAlarms" => Do(input => input.Texts("AlarmNames").ForEach(cloud.CloudWatch.Alarms.Delete)),
        "SetAlarmState" => Do(_alarms.SetState),
        "EnableAlarmActions" => Do(input => _alarms.SetActions(input, true)),
        "DisableAlarmActions" => Do(input => _alarms.SetActions(input, false)),
        "TagResource" => Do(_alarms.Tag),
        "UntagResource" => Do(_alarms.Untag),
        "ListTagsForResource" => _alarms.ListTags,
        "PutMetricData" => Do(_metrics.Put),
        "GetMetricData" => _metrics.GetData,
        "GetMetricStatistics" => _metrics.GetStatistics,
        "ListMetrics" => ListMetrics,
        "PutDashboard" => _dashboards.Put,
        "GetDashboard" => _dashboards.Get,
        "ListDashboards" => _dashboards.List,
        "DeleteDashboards" => _dashboards.Delete,
        _ => null,
    };

    private static Handler Do(Action<JsonObject> work) => input =>
    {
        work(input);
        return [];
    };

    private JsonObject ListMetrics(JsonObject input) => Page(
        nameof(Metrics), _metrics.Matching(input), metric => metric.Key, input, MostListed, MetricMembers.Write);

    private JsonObject DescribeAlarms(JsonObject input)
    {
        var page = Page(
            "MetricAlarms", _alarms.Matching(input), alarm => alarm.Name, input, input.Integer("MaxRecords") ?? 50, _alarms.Write);
        page.Insert(0, "CompositeAlarms", new JsonArray());
        return page;
    }
}
