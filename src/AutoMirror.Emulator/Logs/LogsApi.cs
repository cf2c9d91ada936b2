using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Logs;

/// <summary>CloudWatch Logs over the wire, AWS JSON 1.1: groups, streams and saved queries. Events are in <see
/// cref="LogEventActions"/>.</summary>
internal sealed class LogsApi(Cloud cloud) : JsonApi("logs", "Logs_20140328", "1.1")
{
    private const int UsualPage = 50;

    private static readonly int[] RetentionDays =
        [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

    private readonly LogEventActions _events = new(cloud);

    protected override IEnumerable<Limit> LimitsOf(string action) => ModelLimits.Logs.Of(action);

    protected override string LimitCode => "InvalidParameterException";

    protected override AwsException InvalidNextToken() => LogsErrors.InvalidToken();

    protected override Handler? Find(string action) => action switch
    {
        "CreateLogGroup" => Do(CreateGroup),
        "DescribeLogGroups" => DescribeGroups,
        "DeleteLogGroup" => Do(input => cloud.Logs.Delete(input.Required("logGroupName"))),
        "PutRetentionPolicy" => Do(PutRetention),
        "DeleteRetentionPolicy" => Do(input => Group(input).RetentionDays = null),
        "AssociateKmsKey" => Do(input => Group(input).KmsKeyId = input.Required("kmsKeyId")),
        "DisassociateKmsKey" => Do(input => Group(input).KmsKeyId = null),
        "TagResource" => Do(input => Tag(ByArn(input), input)),
        "UntagResource" => Do(input => Untag(ByArn(input), input.Texts("tagKeys"))),
        "ListTagsForResource" => input => new() { ["tags"] = ByArn(input).Tags.ToJsonObject() },
        "TagLogGroup" => Do(input => Tag(Group(input), input)),
        "UntagLogGroup" => Do(input => Untag(Group(input), input.Texts("tags"))),
        "ListTagsLogGroup" => input => new() { ["tags"] = Group(input).Tags.ToJsonObject() },
        "CreateLogStream" => Do(input => Group(input).AddStream(input.Required("logStreamName"))),
        "DescribeLogStreams" => DescribeStreams,
        "DeleteLogStream" => Do(input => Group(input).RemoveStream(input.Required("logStreamName"))),
        "PutLogEvents" => _events.Put,
        "GetLogEvents" => _events.Get,
        "FilterLogEvents" => _events.Filter,
        "PutQueryDefinition" => PutQuery,
        "DescribeQueryDefinitions" => DescribeQueries,
        "DeleteQueryDefinition" => input => new() { ["success"] = cloud.Logs.Queries.Delete(input.Required("queryDefinitionId")) },
        _ => null,
    };

    private static Handler Do(Action<JsonObject> work) => input =>
    {
        work(input);
        return [];
    };

    private LogGroup Group(JsonObject input) => cloud.Logs.Get(LogNames.GroupOf(input));

    private LogGroup ByArn(JsonObject input)
    {
        var arn = input.Required("resourceArn");
        return cloud.Logs.Find(LogNames.GroupOf(arn)) is { } group && arn.StartsWith(group.Arn, StringComparison.Ordinal)
            ? group
            : throw LogsErrors.ResourceNotFound(arn);
    }

    private void CreateGroup(JsonObject input)
    {
        var group = cloud.Logs.Create(input.Required("logGroupName"), input.Text("logGroupClass") ?? "STANDARD");
        group.KmsKeyId = input.Text("kmsKeyId");
        Tag(group, input);
    }

    private void PutRetention(JsonObject input)
    {
        var days = input.Integer("retentionInDays");
        if (!RetentionDays.Contains(days ?? 0))
        {
            throw LogsErrors.Invalid(
                $"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum "
                    + $"value set: [{string.Join(", ", RetentionDays)}]");
        }

        Group(input).RetentionDays = days;
    }

    private static void Tag(LogGroup group, JsonObject input) => group.Tags = group.Tags.SetItems(
        (input["tags"] as JsonObject ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value!.GetValue<string>())));

    private static void Untag(LogGroup group, IEnumerable<string> keys) => group.Tags = group.Tags.RemoveRange(keys);

    private JsonObject DescribeGroups(JsonObject input)
    {
        var (prefix, part) = (input.Text("logGroupNamePrefix") ?? "", input.Text("logGroupNamePattern") ?? "");
        var wanted = input.Texts("logGroupIdentifiers").Select(LogNames.GroupOf).ToList();
        var groups = cloud.Logs.Groups.Where(group =>
            group.Name.StartsWith(prefix, StringComparison.Ordinal)
                && group.Name.Contains(part, StringComparison.OrdinalIgnoreCase)
                && (wanted.Count == 0 || wanted.Contains(group.Name))
                && (input.Text("logGroupClass") ?? group.Class) == group.Class);
        return Page("logGroups", groups, group => group.Name, input, input.Integer("limit") ?? UsualPage, Write, "nextToken");
    }

    private JsonObject DescribeStreams(JsonObject input)
    {
        var (prefix, descending) = (input.Text("logStreamNamePrefix") ?? "", input.Flag("descending"));
        var streams = Group(input).Streams.Where(stream => stream.Name.StartsWith(prefix, StringComparison.Ordinal));
        if (input.Text("orderBy") == "LastEventTime" || descending)
        {
            if (prefix.Length > 0 && input.Text("orderBy") == "LastEventTime")
                throw LogsErrors.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
            var ordered = input.Text("orderBy") == "LastEventTime"
                ? streams.OrderBy(stream => stream.LastEvent ?? stream.Created)
                : streams.OrderBy(stream => stream.Name, StringComparer.Ordinal);
            var all = descending ? ordered.Reverse() : ordered;
            return new()
            {
                ["logStreams"] = all.Take(input.Integer("limit") ?? UsualPage).Select(each => Write(Group(input), each))
                .ToJsonArray()
            };
        }

        return Page(
            "logStreams", streams, stream => stream.Name, input, input.Integer("limit") ?? UsualPage, stream => Write(Group(input), stream),
            "nextToken");
    }

    private JsonObject PutQuery(JsonObject input)
    {
        var query = cloud.Logs.Queries.Put(
            input.Text("queryDefinitionId"), input.Required("name"), input.Required("queryString"), input.Texts("logGroupNames"),
            input.Text("queryLanguage") ?? "CWLI");
        return new() { ["queryDefinitionId"] = query.Id };
    }

    private JsonObject DescribeQueries(JsonObject input)
    {
        var prefix = input.Text("queryDefinitionNamePrefix") ?? "";
        var queries = cloud.Logs.Queries.All.Where(query => query.Name.StartsWith(prefix, StringComparison.Ordinal));
        return Page("queryDefinitions", queries, query => query.Name, input, input.Integer("maxResults") ?? 1000, Write, "nextToken");
    }

    private static JsonObject Write(LogGroup group) => new JsonObject
    {
        ["logGroupName"] = group.Name, ["creationTime"] = group.Created.ToUnixTimeMilliseconds(), ["metricFilterCount"] = 0,
        ["arn"] = $"{group.Arn}:*", ["logGroupArn"] = group.Arn, ["logGroupClass"] = group.Class,
        ["storedBytes"] = group.Streams.SelectMany(stream => stream.Events).Sum(each => (long)each.Message.Length),
    }.WithAny("retentionInDays", group.RetentionDays).WithAny("kmsKeyId", group.KmsKeyId);

    private static JsonObject Write(LogGroup group, LogStream stream) => new JsonObject
    {
        ["logStreamName"] = stream.Name, ["creationTime"] = stream.Created.ToUnixTimeMilliseconds(),
        ["arn"] = $"{group.Arn}:log-stream:{stream.Name}", ["storedBytes"] = 0,
    }.WithAny("firstEventTimestamp", stream.FirstEvent?.ToUnixTimeMilliseconds())
        .WithAny("lastEventTimestamp", stream.LastEvent?.ToUnixTimeMilliseconds())
        .WithAny("lastIngestionTime", stream.LastIngestion?.ToUnixTimeMilliseconds());

    private static JsonObject Write(QueryDefinition query) => new()
    {
        ["queryDefinitionId"] = query.Id, ["name"] = query.Name, ["queryString"] = query.Query, ["queryLanguage"] = query.Language,
        ["lastModified"] = query.LastModified.ToUnixTimeMilliseconds(), ["logGroupNames"] = query.LogGroups.ToJsonArray(),
    };
}
