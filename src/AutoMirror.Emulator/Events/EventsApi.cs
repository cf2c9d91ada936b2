using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>EventBridge over the wire, AWS JSON 1.1, for the default bus.</summary>
internal sealed class EventsApi(Cloud cloud) : JsonApi("events", "AWSEvents", "1.1")
{
    private const int UsualPage = 100;

    /// <summary>What targets take that the emulator does not model. A target with any of these is refused rather than ignored.</summary>
    private static readonly string[] Unmodelled =
    [
        "InputTransformer", "KinesisParameters", "RunCommandParameters", "EcsParameters", "BatchParameters", "SqsParameters",
        "HttpParameters", "RedshiftDataParameters", "SageMakerPipelineParameters", "AppSyncParameters",
    ];

    protected override IEnumerable<Limit> LimitsOf(string action) => EventsLimits.Of(action);

    protected override AwsException InvalidNextToken() => new("ValidationException", "Parameter NextToken is not valid.");

    protected override Handler? Find(string action) => action switch
    {
        "PutRule" => OnDefaultBus(PutRule),
        "DescribeRule" => OnDefaultBus(input => Write(RuleOf(input, "Name"))),
        "ListRules" => OnDefaultBus(ListRules),
        "DeleteRule" => OnDefaultBus(DeleteRule),
        "EnableRule" => OnDefaultBus(input => SetEnabled(input, true)),
        "DisableRule" => OnDefaultBus(input => SetEnabled(input, false)),
        "PutTargets" => OnDefaultBus(PutTargets),
        "ListTargetsByRule" => OnDefaultBus(ListTargets),
        "RemoveTargets" => OnDefaultBus(RemoveTargets),
        "PutEvents" => PutEvents,
        "TagResource" => Tagging((rule, input) => rule.Tags.SetItems(TagMembers.Read(input))),
        "UntagResource" => Tagging((rule, input) => rule.Tags.RemoveRange(input.Texts("TagKeys"))),
        "ListTagsForResource" => input => new() { ["Tags"] = TagMembers.Write(ByArn(input).Tags) },
        _ => null,
    };

    private Handler OnDefaultBus(Handler handler) => input =>
    {
        if (input.Text("EventBusName") is { } bus && bus != "default" && bus != cloud.Arn("events", "event-bus/default"))
            throw new AwsException("ResourceNotFoundException", $"Event bus {bus} does not exist.");
        return handler(input);
    };

    /// <summary>"Tags are ignored for rules that exist already": those have TagResource.</summary>
    private JsonObject PutRule(JsonObject input)
    {
        using var turn = cloud.Enter();
        var isNew = cloud.Events.Rules.All(each => each.Name != input.Required("Name"));
        var rule = cloud.Events.PutRule(
            input.Required("Name"), input.Text("EventPattern"), input.Text("ScheduleExpression"), input.Text("State") != "DISABLED",
            input.Text("Description"), input.Text("RoleArn"));
        if (isNew)
            cloud.Events.SetTags(rule.Name, TagMembers.Read(input));
        return new() { ["RuleArn"] = rule.ArnIn(cloud) };
    }

    private EventRule ByArn(JsonObject input)
    {
        var arn = input.Required("ResourceARN");
        return cloud.Events.Rules.FirstOrDefault(rule => rule.ArnIn(cloud) == arn)
            ?? throw new AwsException("ResourceNotFoundException",
                $"Rule {arn[(arn.LastIndexOf('/') + 1)..]} does not exist on EventBus default.");
    }

    private Handler Tagging(Func<EventRule, JsonObject, ImmutableSortedDictionary<string, string>> change) => input =>
    {
        using var turn = cloud.Enter();
        var rule = ByArn(input);
        cloud.Events.SetTags(rule.Name, change(rule, input));
        return [];
    };

    private JsonObject ListRules(JsonObject input)
    {
        var prefix = input.Text("NamePrefix") ?? "";
        var rules = cloud.Events.Rules.Where(rule => rule.Name.StartsWith(prefix, StringComparison.Ordinal));
        return Page("Rules", rules, rule => rule.Name, input, input.Integer("Limit") ?? UsualPage, Write);
    }

    private JsonObject DeleteRule(JsonObject input)
    {
        cloud.Events.DeleteRule(input.Required("Name"));
        return [];
    }

    private JsonObject SetEnabled(JsonObject input, bool enabled)
    {
        var rule = RuleOf(input, "Name");
        cloud.Events.PutRule(rule.Name, rule.Pattern, rule.ScheduleExpression, enabled, rule.Description, rule.RoleArn);
        return [];
    }

    private JsonObject PutTargets(JsonObject input)
    {
        var rule = input.Required("Rule");
        var failed = new JsonArray();
        foreach (var target in input.Objects("Targets"))
        {
            if (Unmodelled.Any(target.ContainsKey) || target.Text("InputPath") is not (null or "$" or "$.detail"))
                failed.Add((JsonNode)NotEmulated(target));
            else
                cloud.Events.PutTarget(rule, ReadTarget(target));
        }

        return new() { ["FailedEntryCount"] = failed.Count, ["FailedEntries"] = failed };
    }

    private JsonObject ListTargets(JsonObject input) => Page(
        "Targets", RuleOf(input, "Rule").Targets.Values, target => target.Id, input, input.Integer("Limit") ?? UsualPage, Write);

    private JsonObject RemoveTargets(JsonObject input)
    {
        foreach (var id in input.Texts("Ids"))
            cloud.Events.RemoveTarget(input.Required("Rule"), id);
        return new() { ["FailedEntryCount"] = 0, ["FailedEntries"] = new JsonArray() };
    }

    private JsonObject PutEvents(JsonObject input)
    {
        var results = input.Objects("Entries").Select(Put).ToJsonArray();
        return new() { ["FailedEntryCount"] = results.Count(result => result!["ErrorCode"] is not null), ["Entries"] = results };
    }

    private JsonObject Put(JsonObject entry)
    {
        foreach (var name in new[] { "Source", "DetailType", "Detail" })
        {
            if (entry.Text(name) is null)
                return Failed("InvalidArgument", $"Parameter {name} is not valid. Reason: {name} is a required argument.");
        }

        var source = entry.Required("Source");
        // "Sources that start with aws. are the services' own."
        if (source.StartsWith("aws.", StringComparison.Ordinal))
            return Failed("NotAuthorizedForSourceException", "Not authorized for the source.");
        try
        {
            var detail = JsonNode.Parse(entry.Required("Detail"))!.AsObject();
            DateTimeOffset? time = entry["Time"] is { } seconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds.GetValue<double>()) : null;
            var put = cloud.Events.EmitAt(time, source, entry.Required("DetailType"), detail, entry.Texts("Resources"));
            return new() { ["EventId"] = put.Id };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Failed("MalformedDetail", "Detail is malformed.");
        }
    }

    private static JsonObject Failed(string code, string message) => new() { ["ErrorCode"] = code, ["ErrorMessage"] = message };

    private static JsonObject NotEmulated(JsonObject target)
    {
        var failure = Failed("ValidationException", "This target is not emulated.");
        failure.Insert(0, "TargetId", target.Text("Id"));
        return failure;
    }

    private EventRule RuleOf(JsonObject input, string member) => cloud.Events.Get(input.Required(member));

    private static EventTarget ReadTarget(JsonObject target) => new(
        target.Required("Id"), target.Required("Arn"), target.Text("Input"), target.Text("InputPath"), target.Text("RoleArn"))
    {
        RetryPolicy = target["RetryPolicy"]?.ToJsonString(), DeadLetterConfig = target["DeadLetterConfig"]?.ToJsonString(),
    };

    private JsonObject Write(EventRule rule) => new JsonObject
    {
        ["Name"] = rule.Name, ["Arn"] = rule.ArnIn(cloud), ["EventBusName"] = "default", ["State"] = rule.Enabled ? "ENABLED" : "DISABLED",
    }.WithAny("EventPattern", rule.Pattern).WithAny("ScheduleExpression", rule.ScheduleExpression)
        .WithAny("Description", rule.Description).WithAny("RoleArn", rule.RoleArn);

    private static JsonObject Write(EventTarget target) => new JsonObject { ["Id"] = target.Id, ["Arn"] = target.Arn }
        .WithAny("Input", target.Input).WithAny("InputPath", target.InputPath).WithAny("RoleArn", target.RoleArn)
        .WithAny("RetryPolicy", Parsed(target.RetryPolicy)).WithAny("DeadLetterConfig", Parsed(target.DeadLetterConfig));

    private static JsonNode? Parsed(string? json) => json is null ? null : JsonNode.Parse(json);
}
