using System.Text.Json.Nodes;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>A rule, by its name without the deployment's: what it takes, when it fires, and whether it is switched on.</summary>
internal sealed record EventRule(string Name, JsonObject? Pattern, string? Schedule, bool IsOn)
{
    /// <summary>Whether it delivers this event. A schedule's events are its own, by its name.</summary>
    public bool Takes(JsonObject @event) => Pattern is not null
        ? EventPattern.Matches(Pattern, @event)
        : @event["source"]?.ToString() == "aws.events" &&
          @event["resources"]?[0]?.ToString().EndsWith($":rule/automirror-{Name}", StringComparison.Ordinal) == true;
}

/// <summary>The rules of both templates, in one form.</summary>
internal static class EventRules
{
    public static IReadOnlyList<EventRule> Of(CloudFormationStack stack) =>
        [.. stack.OfType("AWS::Events::Rule").Select(rule => new EventRule(
            ShortName(rule["Name"]!.ToString()), rule["EventPattern"]?.AsObject(), rule["ScheduleExpression"]?.ToString(),
            (rule["State"]?.ToString() ?? "ENABLED") == "ENABLED")).OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    public static IReadOnlyList<EventRule> Of(IEnumerable<TerraformResource> resources) =>
        [.. resources.Where(resource => resource.Type == "aws_cloudwatch_event_rule").Select(rule => new EventRule(
            ShortName(rule["name"]),
            rule["event_pattern"] is { Length: > 0 } pattern ? JsonNode.Parse(pattern)!.AsObject() : null,
            rule["schedule_expression"] is { Length: > 0 } schedule ? schedule : null,
            rule["state"] is not "DISABLED")).OrderBy(rule => rule.Name, StringComparer.Ordinal)];

    private static string ShortName(string name) => name[(name.LastIndexOf('-') + 1)..];
}
