using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>EventBridge over the wire, AWS JSON 1.1, for the default bus.</summary>
internal sealed class EventsApi(Cloud cloud) : JsonApi("events", "AWSEvents", "1.1")
{
    protected override Handler? Find(string action) => action switch
    {
        "PutRule" => PutRule,
        "DescribeRule" => DescribeRule,
        "ListRules" => ListRules,
        "DeleteRule" => DeleteRule,
        "EnableRule" => (input, _) => SetEnabled(input, true),
        "DisableRule" => (input, _) => SetEnabled(input, false),
        "PutTargets" => PutTargets,
        "ListTargetsByRule" => ListTargets,
        "RemoveTargets" => RemoveTargets,
        "PutEvents" => PutEvents,
        _ => null,
    };

    /// <summary>What targets of other kinds than the two that are here take: refused rather than ignored.</summary>
    private static readonly string[] Unmodelled =
    [
        "InputTransformer", "KinesisParameters", "RunCommandParameters", "EcsParameters", "BatchParameters", "SqsParameters",
        "HttpParameters", "RedshiftDataParameters", "SageMakerPipelineParameters", "AppSyncParameters",
    ];

    protected override IEnumerable<Limit> LimitsOf(string action) => EventsLimits.Of(action);

    private JsonObject PutRule(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        var rule = cloud.Events.PutRule(
            Required(input, "Name"), Text(input, "EventPattern"), Text(input, "ScheduleExpression"), Text(input, "State") != "DISABLED",
                Text(input, "Description"), Text(input, "RoleArn"));
        return new JsonObject { ["RuleArn"] = ArnOf(rule) };
    }

    private JsonObject DescribeRule(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        return Write(cloud.Events.Get(Required(input, "Name")));
    }

    private JsonObject ListRules(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        var prefix = Text(input, "NamePrefix") ?? "";
        var rules = cloud.Events.Rules.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal));
        var page = Paging.Take("rule", rules, rule => rule.Name, After(input, "rule"), Limit(input));
        return Paged(page.NextToken, new() { ["Rules"] = new JsonArray([.. page.Items.Select(Write)]) });
    }

    private JsonObject DeleteRule(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        cloud.Events.DeleteRule(Required(input, "Name"));
        return [];
    }

    private JsonObject SetEnabled(JsonObject input, bool enabled)
    {
        OnDefaultBus(input);
        var rule = cloud.Events.Get(Required(input, "Name"));
        cloud.Events.PutRule(rule.Name, rule.Pattern, rule.ScheduleExpression, enabled, rule.Description, rule.RoleArn);
        return [];
    }

    private JsonObject PutTargets(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        var name = Required(input, "Rule");
        var failed = new JsonArray();
        foreach (var target in input["Targets"]!.AsArray().Select(node => node!.AsObject()))
        {
            if (Unmodelled.Any(name => target[name] is not null) || Text(target, "InputPath") is not (null or "$" or "$.detail"))
            {
                failed.Add((JsonNode)new JsonObject
                {
                    ["TargetId"] = Text(target, "Id"), ["ErrorCode"] = "ValidationException",
                    ["ErrorMessage"] = "This target is not emulated."
                });
            }
            else
            {
                cloud.Events.PutTarget(
                    name, new(Required(target, "Id"), Required(target, "Arn"), Text(target, "Input"), Text(target, "InputPath"),
                        Text(target, "RoleArn"))
                    {
                        RetryPolicy = target["RetryPolicy"]?.ToJsonString(), DeadLetterConfig = target["DeadLetterConfig"]?.ToJsonString(),
                    });
            }
        }

        return new JsonObject { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    private JsonObject ListTargets(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        var rule = cloud.Events.Get(Required(input, "Rule"));
        var page = Paging.Take("target", rule.Targets.Values, target => target.Id, After(input, "target"), Limit(input));
        return Paged(page.NextToken, new() { ["Targets"] = new JsonArray([.. page.Items.Select(Write)]) });
    }

    private JsonObject RemoveTargets(JsonObject input, string? caller)
    {
        OnDefaultBus(input);
        foreach (var id in input["Ids"]!.AsArray())
            cloud.Events.RemoveTarget(Required(input, "Rule"), id!.GetValue<string>());
        return new JsonObject { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    private JsonObject PutEvents(JsonObject input, string? caller)
    {
        var entries = input["Entries"]!.AsArray();
        var results = new JsonArray([.. entries.Select(entry => (JsonNode)Put(entry!.AsObject()))]);
        return new JsonObject { ["FailedEntryCount"] = results.Count(result => result!["ErrorCode"] is not null), ["Entries"] = results };
    }

    private JsonObject Put(JsonObject entry)
    {
        var (source, type, detail) = (Text(entry, "Source"), Text(entry, "DetailType"), Text(entry, "Detail"));
        if (source is null || type is null || detail is null)
        {
            var missing = source is null ? "Source" : type is null ? "DetailType" : "Detail";
            return new()
            {
                ["ErrorCode"] = "InvalidArgument",
                ["ErrorMessage"] = $"Parameter {missing} is not valid. Reason: {missing} is a required argument.",
            };
        }

        // "Sources that start with aws. are the services' own."
        if (source.StartsWith("aws.", StringComparison.Ordinal))
            return new() { ["ErrorCode"] = "NotAuthorizedForSourceException", ["ErrorMessage"] = "Not authorized for the source." };
        try
        {
            var resources = (entry["Resources"] as JsonArray ?? []).Select(resource => resource!.GetValue<string>()).ToList();
            DateTimeOffset? time = entry["Time"] is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds.GetValue<double>()) : null;
            return new() { ["EventId"] = cloud.Events.EmitAt(time, source, type, JsonNode.Parse(detail)!.AsObject(), resources).Id };
        }
        catch (Exception error) when (error is System.Text.Json.JsonException or InvalidOperationException)
        {
            return new() { ["ErrorCode"] = "MalformedDetail", ["ErrorMessage"] = "Detail is malformed." };
        }
    }

    private void OnDefaultBus(JsonObject input)
    {
        if (Text(input, "EventBusName") is { } bus && bus != "default" && bus != cloud.Arn("events", "event-bus/default"))
            throw new AwsException("ResourceNotFoundException", $"Event bus {bus} does not exist.");
    }

    private string ArnOf(EventRule rule) => cloud.Arn("events", $"rule/{rule.Name}");

    private JsonObject Write(EventRule rule)
    {
        var node = new JsonObject { ["Name"] = rule.Name, ["Arn"] = ArnOf(rule), ["EventBusName"] = "default" };
        node["State"] = rule.Enabled ? "ENABLED" : "DISABLED";
        Add(node, "EventPattern", rule.Pattern);
        Add(node, "ScheduleExpression", rule.ScheduleExpression);
        Add(node, "Description", rule.Description);
        Add(node, "RoleArn", rule.RoleArn);
        return node;
    }

    private static JsonObject Write(EventTarget target)
    {
        var node = new JsonObject { ["Id"] = target.Id, ["Arn"] = target.Arn };
        Add(node, "Input", target.Input);
        Add(node, "InputPath", target.InputPath);
        Add(node, "RoleArn", target.RoleArn);
        if (target.RetryPolicy is { } retries)
            node["RetryPolicy"] = JsonNode.Parse(retries);
        if (target.DeadLetterConfig is { } letters)
            node["DeadLetterConfig"] = JsonNode.Parse(letters);
        return node;
    }

    private static void Add(JsonObject node, string name, string? value)
    {
        if (value is not null)
            node[name] = value;
    }

    private static JsonObject Paged(string? token, JsonObject output)
    {
        Add(output, "NextToken", token);
        return output;
    }

    private static int Limit(JsonObject input) => input["Limit"]?.GetValue<int>() ?? 100;

    private static string? After(JsonObject input, string kind)
    {
        try
        {
            return Paging.Read(kind, Text(input, "NextToken"));
        }
        catch (AwsException)
        {
            throw new AwsException("ValidationException", "Parameter NextToken is not valid.");
        }
    }

    private static string? Text(JsonObject input, string name) => input[name]?.GetValue<string>();

    /// <summary>What the model requires is there by now.</summary>
    private static string Required(JsonObject input, string name) => input[name]!.GetValue<string>();
}
