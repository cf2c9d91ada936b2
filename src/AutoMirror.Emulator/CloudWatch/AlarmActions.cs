using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>Alarms over the wire.</summary>
internal sealed class AlarmActions(Cloud cloud)
{
    private static readonly string[] States = ["OK", "ALARM", "INSUFFICIENT_DATA"];

    /// <summary>Only arrays and flags have values when nobody gives them.</summary>
    private static readonly string[] Lists = ["OKActions", "AlarmActions", "InsufficientDataActions", "Dimensions"];

    private Alarms Alarms => cloud.CloudWatch.Alarms;

    public void Put(JsonObject input)
    {
        Check(input);
        var settings = (JsonObject)input.DeepClone();
        settings.Remove("Tags");
        foreach (var list in Lists)
            settings.TryAdd(list, new JsonArray());
        settings.TryAdd("ActionsEnabled", true);
        Alarms.Put(new() { Name = input.Required("AlarmName"), Settings = settings, Tags = TagMembers.Read(input) });
    }

    public IEnumerable<MetricAlarm> Matching(JsonObject input)
    {
        var (names, prefix) = (input.Texts("AlarmNames"), input.Text("AlarmNamePrefix"));
        if (names.Count > 0 && prefix is not null)
            throw CloudWatchErrors.InvalidCombination("AlarmNames and AlarmNamePrefix cannot both be specified.");
        var types = input.Texts("AlarmTypes");
        return types.Count > 0 && !types.Contains("MetricAlarm") ? [] : Alarms.All.Where(alarm =>
            (names.Count == 0 || names.Contains(alarm.Name)) && alarm.Name.StartsWith(prefix ?? "", StringComparison.Ordinal)
                && (input.Text("StateValue") ?? alarm.State) == alarm.State
                && (input.Text("ActionPrefix") is not { } action || Lists.Take(3).Any(list =>
                    alarm.Settings.Texts(list).Exists(each => each.StartsWith(action, StringComparison.Ordinal)))));
    }

    public JsonObject ForMetric(JsonObject input)
    {
        var metric = input.Metric();
        var alarms = Alarms.All.Where(alarm => alarm.Settings["MetricName"] is not null && alarm.Settings.Metric().Key == metric.Key);
        return new() { ["MetricAlarms"] = alarms.Select(Write).ToJsonArray() };
    }

    public JsonObject History(JsonObject input)
    {
        var name = input.Text("AlarmName");
        var items = Alarms.History.Where(change => name is null || change.Alarm == name)
            .Where(_ => input.Text("HistoryItemType") is null or "StateUpdate").Reverse().Take(input.Integer("MaxRecords") ?? 100);
        return new()
        {
            ["AlarmHistoryItems"] = items.Select(change => new JsonObject
            {
                ["AlarmName"] = change.Alarm, ["AlarmType"] = "MetricAlarm", ["Timestamp"] = JsonTimes.Of(change.Time),
                ["HistoryItemType"] = "StateUpdate", ["HistorySummary"] = $"Alarm updated from {change.From} to {change.To}",
                ["HistoryData"] = new JsonObject
                {
                    ["version"] = "1.0", ["oldState"] = new JsonObject { ["stateValue"] = change.From },
                    ["newState"] = new JsonObject { ["stateValue"] = change.To, ["stateReason"] = change.Reason },
                }.ToJsonString(JsonForm.Options),
            }).ToJsonArray(),
        };
    }

    public void SetState(JsonObject input)
    {
        var name = input.Required("AlarmName");
        var alarm = Alarms.Find(name) ?? throw CloudWatchErrors.AlarmNotFound(name);
        if (!States.Contains(input.Required("StateValue")))
            throw CloudWatchErrors.Invalid("The parameter StateValue is not valid.");
        Alarms.SetState(alarm, input.Required("StateValue"), input.Required("StateReason"), input.Text("StateReasonData"));
    }

    public void SetActions(JsonObject input, bool enabled)
    {
        foreach (var name in input.Texts("AlarmNames").Where(name => Alarms.Find(name) is not null))
        {
            Alarms.Change(name, alarm =>
            {
                var settings = (JsonObject)alarm.Settings.DeepClone();
                settings["ActionsEnabled"] = enabled;
                return alarm with { Settings = settings };
            });
        }
    }

    public void Tag(JsonObject input) =>
        Alarms.Change(ByArn(input), alarm => alarm with { Tags = alarm.Tags.SetItems(TagMembers.Read(input)) });

    public void Untag(JsonObject input) =>
        Alarms.Change(ByArn(input), alarm => alarm with { Tags = alarm.Tags.RemoveRange(input.Texts("TagKeys")) });

    public JsonObject ListTags(JsonObject input) => new() { ["Tags"] = TagMembers.Write(Alarms.Find(ByArn(input))!.Tags) };

    public JsonObject Write(MetricAlarm alarm)
    {
        var node = (JsonObject)alarm.Settings.DeepClone();
        node.Insert(1, "AlarmArn", AlarmMessages.ArnOf(cloud, alarm));
        node["AlarmConfigurationUpdatedTimestamp"] = JsonTimes.Of(alarm.Configured);
        node["StateValue"] = alarm.State;
        node["StateReason"] = alarm.StateReason;
        node["StateUpdatedTimestamp"] = JsonTimes.Of(alarm.StateUpdated);
        node["StateTransitionedTimestamp"] = JsonTimes.Of(alarm.StateUpdated);
        return node.WithAny("StateReasonData", alarm.StateReasonData);
    }

    private string ByArn(JsonObject input)
    {
        var arn = input.Required("ResourceARN");
        return Alarms.All.FirstOrDefault(alarm => AlarmMessages.ArnOf(cloud, alarm) == arn)?.Name
            ?? throw CloudWatchErrors.ResourceNotFound(arn);
    }

    /// <summary>"For an alarm based on a metric, you must specify MetricName, Namespace, Period and a statistic; else Metrics."</summary>
    private static void Check(JsonObject input)
    {
        if (input["Metrics"] is JsonArray { Count: > 0 })
        {
            if (input["MetricName"] is not null || input["Statistic"] is not null)
                throw CloudWatchErrors.Invalid("Parameters MetricName and Metrics must not be specified together.");
            if (input.Objects("Metrics").Count(query => query["ReturnData"]?.GetValue<bool>() ?? true) != 1)
                throw CloudWatchErrors.Invalid("Exactly one element of the metrics list should return data.");
            MetricQueries.Check(input.Objects("Metrics"));
        }
        else
        {
            foreach (var name in (string[])["MetricName", "Namespace"])
                _ = input.Text(name) ?? throw CloudWatchErrors.Missing($"The parameter {name} is required.");
            input.Period();
            if (input["Statistic"] is null == input["ExtendedStatistic"] is null)
                throw CloudWatchErrors.InvalidCombination("Exactly one of Statistic and ExtendedStatistic must be specified.");
            Statistic.Check(input.Text("Statistic") ?? input.Required("ExtendedStatistic"));
        }

        if (input.Integer("DatapointsToAlarm") > (input.Integer("EvaluationPeriods") ?? 1))
            throw CloudWatchErrors.Invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods.");
    }
}
