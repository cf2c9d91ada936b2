using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Events;

/// <summary>The limits that EventBridge's service model sets for the members of its requests.</summary>
internal static class EventsLimits
{
    private const string NamePattern = @"[\.\-_A-Za-z0-9]+";

    private const string BusPattern = @"(arn:aws[\w-]*:events:[a-z]+-[a-z]+-[\w-]+:[0-9]{12}:event-bus\/)?[/\.\-_A-Za-z0-9]+";

    private static readonly Limit Bus = Limit.Of("EventBusName", 1, 1600) with { Pattern = BusPattern };

    private static readonly Limit[] Page = [Limit.Of("NextToken", 1, 2048), Limit.Of("Limit", 1, 100)];

    public static IEnumerable<Limit> Of(string action) => action switch
    {
        "PutRule" =>
        [
            Name("Name"), Bus, Limit.Of("ScheduleExpression", 0, 256), Limit.Of("EventPattern", 0, 4096), Limit.Of("Description", 0, 512),
            Limit.Of("RoleArn", 1, 1600), Limit.OneOf("State", "ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
            Limit.Needed("Tags[].Key", 1, 128), Limit.Needed("Tags[].Value", 0, 256),
        ],
        "DescribeRule" or "DeleteRule" or "EnableRule" or "DisableRule" => [Name("Name"), Bus],
        "ListRules" => [Name("NamePrefix") with { Required = false }, Bus, .. Page],
        "PutTargets" =>
        [
            Name("Rule"), Bus, Limit.Needed("Targets", 1, 100), Name("Targets[].Id"), Limit.Needed("Targets[].Arn", 1, 1600),
            Limit.Of("Targets[].RoleArn", 1, 1600), Limit.Of("Targets[].Input", 0, 8192), Limit.Of("Targets[].InputPath", 0, 256),
            Limit.Of("Targets[].DeadLetterConfig.Arn", 1, 1600), Limit.Of("Targets[].RetryPolicy.MaximumRetryAttempts", 0, 185),
            Limit.Of("Targets[].RetryPolicy.MaximumEventAgeInSeconds", 60, 86400),
        ],
        "ListTargetsByRule" => [Name("Rule"), Bus, .. Page],
        "RemoveTargets" => [Name("Rule"), Bus, Limit.Needed("Ids", 1, 100), Name("Ids[]")],
        "TagResource" =>
        [
            Limit.Needed("ResourceARN", 1, 1600), Limit.Needed("Tags"), Limit.Needed("Tags[].Key", 1, 128),
            Limit.Needed("Tags[].Value", 0, 256),
        ],
        "UntagResource" => [Limit.Needed("ResourceARN", 1, 1600), Limit.Needed("TagKeys"), Limit.Of("TagKeys[]", 1, 128)],
        "ListTagsForResource" => [Limit.Needed("ResourceARN", 1, 1600)],
        "PutEvents" =>
        [
            Limit.Needed("Entries", 1, 10), Limit.Of("Entries[].Resources[]", 0, 2048),
            Limit.Of("Entries[].EventBusName", 1, 1600) with { Pattern = BusPattern }, Limit.Of("Entries[].TraceHeader", 1, 500),
        ],
        _ => [],
    };

    private static Limit Name(string path) => Limit.Needed(path, 1, 64) with { Pattern = NamePattern };
}
