using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>SQS over the wire, AWS JSON 1.0: the actions on queues. Those on messages are in <see cref="MessageActions"/>.</summary>
internal sealed class SqsApi(Cloud cloud) : JsonApi("sqs", "AmazonSQS", "1.0")
{
    private const int MostQueues = 1000;

    protected override AwsException InvalidNextToken() => SqsErrors.InvalidNextToken();

    protected override Handler? Find(string action) => action switch
    {
        "CreateQueue" => Create,
        "DeleteQueue" => Do((queue, _) => cloud.Sqs.Delete(queue.Name)),
        "GetQueueUrl" => GetUrl,
        "ListQueues" => List,
        "GetQueueAttributes" => OnQueue(GetAttributes),
        "SetQueueAttributes" => Do(SetAttributes),
        "TagQueue" => Do((queue, input) => queue.Tags = queue.Tags.SetItems(TagsOf(Having(input, "Tags"), "Tags"))),
        "UntagQueue" => Do((queue, input) => queue.Tags = queue.Tags.RemoveRange(Having(input, "TagKeys").Texts("TagKeys"))),
        "ListQueueTags" => OnQueue((queue, _) => queue.Tags.Count == 0 ? [] : new() { ["Tags"] = queue.Tags.ToJsonObject() }),
        "ListDeadLetterSourceQueues" => OnQueue((queue, _) => new()
        {
            ["queueUrls"] = cloud.Sqs.All.Where(each => each.Redrive?.DeadLetterTargetArn == queue.Arn).Select(each => each.Url)
                .ToJsonArray(),
        }),
        "PurgeQueue" => Do((queue, _) => queue.Purge()),
        "SendMessage" => OnQueue(MessageActions.Send),
        "SendMessageBatch" => OnQueue(MessageActions.Batch(MessageActions.Send)),
        "ReceiveMessage" => OnQueue((queue, input) => MessageActions.Receive(cloud, queue, input)),
        "DeleteMessage" => OnQueue(MessageActions.Delete),
        "DeleteMessageBatch" => OnQueue(MessageActions.Batch(MessageActions.Delete)),
        "ChangeMessageVisibility" => OnQueue(MessageActions.ChangeVisibility),
        "ChangeMessageVisibilityBatch" => OnQueue(MessageActions.Batch(MessageActions.ChangeVisibility)),
        _ => null,
    };

    private Handler OnQueue(Func<Queue, JsonObject, JsonObject> work) => input =>
    {
        var url = input.Required("QueueUrl");
        return work(cloud.Sqs.Get(url[(url.LastIndexOf('/') + 1)..]), input);
    };

    private Handler Do(Action<Queue, JsonObject> work) => OnQueue((queue, input) =>
    {
        work(queue, input);
        return [];
    });

    private JsonObject Create(JsonObject input)
    {
        var (name, attributes) = (input.Required("QueueName"), input["Attributes"] as JsonObject ?? []);
        using var turn = cloud.Enter();
        if (cloud.Sqs.All.FirstOrDefault(queue => queue.Name == name) is { } existing)
        {
            QueueAttributes.CheckSame(existing, attributes);
            return new() { ["QueueUrl"] = existing.Url };
        }

        var made = cloud.Sqs.Create(name);
        try
        {
            QueueAttributes.Set(cloud, made, attributes);
            made.Tags = made.Tags.SetItems(TagsOf(input, "tags"));
        }
        catch (AwsException)
        {
            cloud.Sqs.Delete(name);
            throw;
        }

        return new() { ["QueueUrl"] = made.Url };
    }

    /// <summary>CreateQueue calls its tags <c>tags</c>, as the service model has it; TagQueue calls them <c>Tags</c>.</summary>
    private static IEnumerable<KeyValuePair<string, string>> TagsOf(JsonObject input, string member) =>
        (input[member] as JsonObject ?? []).Select(tag => KeyValuePair.Create(tag.Key, tag.Value!.GetValue<string>()));

    private static JsonObject Having(JsonObject input, string member) =>
        input.ContainsKey(member) ? input : throw JsonInput.Missing(member);

    private JsonObject List(JsonObject input)
    {
        var prefix = input.Text("QueueNamePrefix") ?? "";
        var most = MessageActions.Whole(input, "MaxResults", 1, MostQueues);
        var queues = cloud.Sqs.All.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal));
        var output = Page("QueueUrls", queues, queue => queue.Name, input, most ?? MostQueues, queue => (JsonNode)queue.Url);
        // "You must set MaxResults to receive a value for NextToken in the response."
        if (most is null)
            output.Remove("NextToken");
        return output;
    }

    private JsonObject GetUrl(JsonObject input)
    {
        var name = input.Required("QueueName");
        // The queue of that name in another account is not this one.
        var isOurs = input.Text("QueueOwnerAWSAccountId") is not { } owner || owner == cloud.Options.AccountId;
        return new() { ["QueueUrl"] = isOurs ? cloud.Sqs.Get(name).Url : throw SqsErrors.QueueDoesNotExist() };
    }

    private static JsonObject GetAttributes(Queue queue, JsonObject input)
    {
        var all = QueueAttributes.Read(queue);
        var names = input.Texts("AttributeNames");
        QueueAttributes.CheckNames(names);
        return new() { ["Attributes"] = all.Where(pair => names.Contains("All") || names.Contains(pair.Key)).ToJsonObject() };
    }

    private void SetAttributes(Queue queue, JsonObject input) =>
        QueueAttributes.Set(cloud, queue, input["Attributes"] as JsonObject ?? throw JsonInput.Missing("Attributes"));
}
