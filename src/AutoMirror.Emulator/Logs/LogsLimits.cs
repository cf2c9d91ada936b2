using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Logs;

/// <summary>The limits that the service model of CloudWatch Logs sets for the members of its requests.</summary>
internal static class LogsLimits
{
    private static readonly Limit GroupName = Limit.Of("logGroupName", 1, 512) with { Pattern = @"[\.\-_/#A-Za-z0-9]+" };
    private static readonly Limit StreamName = Limit.Needed("logStreamName", 1, 512) with { Pattern = "[^:*]*" };
    private static readonly Limit Arn = Limit.Needed("resourceArn", 1, 1011) with { Pattern = "[\\w+=/:,.@-]*" };
    private static readonly Limit[] Times = [Limit.Of("startTime", 0, long.MaxValue), Limit.Of("endTime", 0, long.MaxValue)];

    public static IEnumerable<Limit> Of(string action) => action switch
    {
        "CreateLogGroup" =>
        [
            Required(GroupName), Limit.Of("kmsKeyId", 0, 256), Limit.OneOf("logGroupClass", "STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
        ],
        "DeleteLogGroup" or "DeleteRetentionPolicy" => [Required(GroupName)],
        "PutRetentionPolicy" => [Required(GroupName), Limit.Needed("retentionInDays")],
        "AssociateKmsKey" => [GroupName, Limit.Needed("kmsKeyId", 0, 256)],
        "DescribeLogGroups" => [Limit.Of("logGroupNamePrefix", 1, 512), Limit.Of("limit", 1, 50)],
        "TagResource" => [Arn, Limit.Needed("tags")],
        "UntagResource" => [Arn, Limit.Needed("tagKeys", 0, 50), Limit.Of("tagKeys[]", 1, 128)],
        "ListTagsForResource" => [Arn],
        "CreateLogStream" or "DeleteLogStream" => [Required(GroupName), StreamName],
        "DescribeLogStreams" =>
            [GroupName, Limit.Of("logStreamNamePrefix", 1, 512), Limit.OneOf("orderBy", "LogStreamName", "LastEventTime"), Limit.Of("limit", 1, 50)],
        "PutLogEvents" =>
        [
            Required(GroupName), StreamName, Limit.Needed("logEvents", 1, 10_000), Limit.Needed("logEvents[].timestamp", 0, long.MaxValue),
            Limit.Needed("logEvents[].message", 1),
        ],
        "GetLogEvents" => [GroupName, StreamName, .. Times, Limit.Of("limit", 1, 10_000)],
        "FilterLogEvents" =>
        [
            GroupName, Limit.Of("logStreamNames", 1, 100), Limit.Of("logStreamNamePrefix", 1, 512), .. Times,
            Limit.Of("filterPattern", 0, 1024), Limit.Of("limit", 1, 10_000),
        ],
        "PutQueryDefinition" => [Limit.Needed("name", 1, 255), Limit.Needed("queryString", 1, 10_000)],
        "DescribeQueryDefinitions" => [Limit.Of("queryDefinitionNamePrefix", 1, 255), Limit.Of("maxResults", 1, 1000)],
        "DeleteQueryDefinition" => [Limit.Needed("queryDefinitionId", 1, 256)],
        _ => [],
    };

    private static Limit Required(Limit limit) => limit with { Required = true };
}
