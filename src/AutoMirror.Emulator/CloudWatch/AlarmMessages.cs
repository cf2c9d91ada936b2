using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>
/// What others hear of an alarm's new state: the message that SNS sends, and the event "CloudWatch Alarm State Change" ("Alarm events and
/// EventBridge").
/// </summary>
internal static class AlarmMessages
{
    public static string ArnOf(Cloud cloud, MetricAlarm alarm) => cloud.Arn("cloudwatch", $"alarm:{alarm.Name}");

    public static string Subject(Cloud cloud, MetricAlarm alarm) => $"{alarm.State}: \"{alarm.Name}\" in {cloud.Options.Region}";

    public static JsonObject Write(Cloud cloud, MetricAlarm before, MetricAlarm after)
    {
        var settings = after.Settings;
        return new()
        {
            ["AlarmName"] = after.Name, ["AlarmDescription"] = settings.Text("AlarmDescription"),
            ["AWSAccountId"] = cloud.Options.AccountId, ["NewStateValue"] = after.State, ["NewStateReason"] = after.StateReason,
            ["StateChangeTime"] = Time(after.StateUpdated), ["Region"] = cloud.Options.Region, ["AlarmArn"] = ArnOf(cloud, after),
            ["OldStateValue"] = before.State, ["OKActions"] = settings.Texts("OKActions").ToJsonArray(),
            ["AlarmActions"] = settings.Texts("AlarmActions").ToJsonArray(),
            ["InsufficientDataActions"] = settings.Texts("InsufficientDataActions").ToJsonArray(),
            ["Trigger"] = new JsonObject
            {
                ["MetricName"] = settings.Text("MetricName"), ["Namespace"] = settings.Text("Namespace"),
                ["Period"] = settings.Integer("Period"), ["EvaluationPeriods"] = settings.Integer("EvaluationPeriods"),
                ["ComparisonOperator"] = settings.Text("ComparisonOperator"), ["Threshold"] = settings.Number("Threshold"),
                ["TreatMissingData"] = settings.Text("TreatMissingData") ?? "missing",
            },
        };
    }

    public static void Emit(Cloud cloud, MetricAlarm before, MetricAlarm after) => cloud.Events.Emit(
        "aws.cloudwatch", "CloudWatch Alarm State Change",
        new JsonObject
        {
            ["alarmName"] = after.Name,
            ["state"] = State(after),
            ["previousState"] = State(before),
            ["configuration"] = new JsonObject().WithAny("description", after.Settings.Text("AlarmDescription")),
        },
        ArnOf(cloud, after));

    private static JsonObject State(MetricAlarm alarm) => new()
    {
        ["value"] = alarm.State, ["reason"] = alarm.StateReason, ["timestamp"] = Time(alarm.StateUpdated),
    };

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+0000'", System.Globalization.CultureInfo.InvariantCulture);
}
