using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>SQS over the wire, AWS JSON 1.0. A receive answers at once: waiting for messages is the server's, before it asks.</summary>
internal sealed partial class SqsApi(Cloud cloud) : JsonApi("sqs", "AmazonSQS", "1.0")
{
    private const int MostInBatch = 10;
    private const int MostQueues = 1000;
    private const int MostSeconds = 43_200;

    protected override Handler? Find(string action) => action switch
    {
        "CreateQueue" => Create,
        "DeleteQueue" => (input, _) => Do(() => cloud.Sqs.Delete(QueueOf(input).Name)),
        "GetQueueUrl" => GetUrl,
        "ListQueues" => List,
        "GetQueueAttributes" => GetAttributes,
        "SetQueueAttributes" => (input, _) => Do(() => QueueAttributes.Set(
            cloud, QueueOf(input), input["Attributes"] as JsonObject ?? throw Missing("Attributes"))),
        "SendMessage" => (input, _) => Send(QueueOf(input), input),
        "SendMessageBatch" => (input, _) => Batch(input, Send),
        "ReceiveMessage" => Receive,
        "DeleteMessage" => (input, _) => Delete(QueueOf(input), input),
        "DeleteMessageBatch" => (input, _) => Batch(input, Delete),
        "ChangeMessageVisibility" => (input, _) => ChangeVisibility(QueueOf(input), input),
        "ChangeMessageVisibilityBatch" => (input, _) => Batch(input, ChangeVisibility),
        "PurgeQueue" => (input, _) => Do(QueueOf(input).Purge),
        _ => null,
    };

    private JsonObject Create(JsonObject input, string? caller)
    {
        var (name, attributes) = (Required(input, "QueueName"), input["Attributes"] as JsonObject ?? []);
        using var turn = cloud.Enter();
        if (cloud.Sqs.All.FirstOrDefault(queue => queue.Name == name) is { } there)
        {
            QueueAttributes.CheckSame(there, attributes);
            return new JsonObject { ["QueueUrl"] = there.Url };
        }

        var made = cloud.Sqs.Create(name);
        try
        {
            QueueAttributes.Set(cloud, made, attributes);
        }
        catch (AwsException)
        {
            cloud.Sqs.Delete(name);
            throw;
        }

        return new JsonObject { ["QueueUrl"] = made.Url };
    }

    private JsonObject List(JsonObject input, string? caller)
    {
        var prefix = input["QueueNamePrefix"]?.GetValue<string>() ?? "";
        var most = Whole(input, "MaxResults", 1, MostQueues) ?? MostQueues;
        var page = Paging.Take(
            "queue", cloud.Sqs.All.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal)), queue => queue.Name,
            Paging.Read("queue", input["NextToken"]?.GetValue<string>()), most);
        var output = new JsonObject { ["QueueUrls"] = new JsonArray([.. page.Items.Select(queue => (JsonNode)queue.Url)]) };
        // "You must set MaxResults to receive a value for NextToken in the response."
        if (page.NextToken is not null && input["MaxResults"] is not null)
            output["NextToken"] = page.NextToken;
        return output;
    }

    private JsonObject GetUrl(JsonObject input, string? caller)
    {
        var name = Required(input, "QueueName");
        // Another account's queue of that name is not this one.
        var isOurs = input["QueueOwnerAWSAccountId"]?.GetValue<string>() is not { } owner || owner == cloud.Options.AccountId;
        return new JsonObject { ["QueueUrl"] = isOurs ? cloud.Sqs.Get(name).Url : throw Queues.DoesNotExist() };
    }

    private JsonObject GetAttributes(JsonObject input, string? caller)
    {
        var all = QueueAttributes.Read(QueueOf(input));
        List<string> names = [.. (input["AttributeNames"] as JsonArray ?? []).Select(name => name!.GetValue<string>())];
        QueueAttributes.CheckNames(names);
        return new JsonObject
        {
            ["Attributes"] = new JsonObject(
                all.Where(pair => names.Contains("All") || names.Contains(pair.Key))
                    .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
    }

    private static JsonObject Send(Queue queue, JsonObject input)
    {
        var body = Required(input, "MessageBody");
        if (body.Length == 0)
            throw new AwsException("InvalidParameterValue", "The request must contain the parameter MessageBody.");
        if (Encoding.UTF8.GetByteCount(body) > queue.MaximumMessageSize)
        {
            throw new AwsException(
                "InvalidParameterValue", // (seen)
                $"One or more parameters are invalid. Reason: Message must be shorter than {queue.MaximumMessageSize} bytes.");
        }

        if (input["MessageDeduplicationId"] is not null)
        {
            throw new AwsException(
                "InvalidParameterValue", "The request includes a parameter that is not valid for this queue type.");
        }

        TimeSpan? delay = Whole(input, "DelaySeconds", 0, 900) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var message = queue.Send(body, delay, input["MessageAttributes"]?.DeepClone() as JsonObject);
        return new JsonObject { ["MessageId"] = message.Id, ["MD5OfMessageBody"] = message.Md5OfBody };
    }

    private JsonObject Receive(JsonObject input, string? caller)
    {
        var most = Whole(input, "MaxNumberOfMessages", 1, MostInBatch) ?? 1;
        Whole(input, "WaitTimeSeconds", 0, 20);
        TimeSpan? timeout = Whole(input, "VisibilityTimeout", 0, MostSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var messages = QueueOf(input).Receive(most, timeout);
        return messages.Count == 0 ? []
            : new JsonObject { ["Messages"] = new JsonArray([.. messages.Select(message => Write(message, input))]) };
    }

    private JsonObject Write(Message message, JsonObject input)
    {
        var wanted = ((input["MessageSystemAttributeNames"] ?? input["AttributeNames"]) as JsonArray ?? [])
            .Select(name => name!.GetValue<string>()).ToList();
        var node = new JsonObject
        {
            ["MessageId"] = message.Id, ["ReceiptHandle"] = message.ReceiptHandle,
            ["MD5OfBody"] = message.Md5OfBody, ["Body"] = message.Body
        };
        var all = new Dictionary<string, string>
        {
            ["ApproximateReceiveCount"] = Text(message.ReceiveCount), ["SentTimestamp"] = Text(message.SentAt.ToUnixTimeMilliseconds()),
            ["ApproximateFirstReceiveTimestamp"] = Text(message.FirstReceivedAt!.Value.ToUnixTimeMilliseconds()),
            ["SenderId"] = cloud.Options.AccountId,
        };
        if (wanted.Count > 0)
        {
            node["Attributes"] = new JsonObject(
                all.Where(pair => wanted.Contains("All") || wanted.Contains(pair.Key))
                    .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        }

        List<string> patterns = [.. (input["MessageAttributeNames"] as JsonArray ?? []).Select(name => name!.GetValue<string>())];
        if (message.Attributes?.Where(pair => patterns.Exists(pattern => Fits(pattern, pair.Key))).ToList() is { Count: > 0 } attributes)
            node["MessageAttributes"] = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        return node;
    }

    /// <summary>A name, "All" or ".*", or "all message attributes starting with a prefix, for example bar.*".</summary>
    private static bool Fits(string pattern, string name) =>
        pattern == "All" || pattern == name
            || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^2], StringComparison.Ordinal));

    private static JsonObject Delete(Queue queue, JsonObject input)
    {
        queue.Delete(Handle(input));
        return [];
    }

    private static string Handle(JsonObject input) =>
        Required(input, "ReceiptHandle") is var handle && handle.StartsWith(Queue.HandlePrefix, StringComparison.Ordinal)
            ? handle
            : throw new AwsException("ReceiptHandleIsInvalid", $"The input receipt handle \"{handle}\" is not a valid receipt handle."); // (seen)

    private static JsonObject ChangeVisibility(Queue queue, JsonObject input)
    {
        var handle = Handle(input);
        var seconds = Whole(input, "VisibilityTimeout", 0, MostSeconds) ?? throw Missing("VisibilityTimeout");
        return queue.ChangeVisibility(handle, TimeSpan.FromSeconds(seconds))
            ? []
            : throw Old("MessageNotInflight", "The specified message isn't in flight.");
    }

    /// <summary>An error that clients know by its code in the Query protocol.</summary>
    private static AwsException Old(string code, string message) => new(code, message) { QueryCode = $"AWS.SimpleQueueService.{code}" };

    private JsonObject Batch(JsonObject input, Func<Queue, JsonObject, JsonObject> work)
    {
        var queue = QueueOf(input);
        var entries = (input["Entries"] as JsonArray ?? []).Select(entry => entry!.AsObject()).ToList();
        if (entries.Count == 0)
            throw Old("EmptyBatchRequest", "There should be at least one entry in the request.");
        if (entries.Count > MostInBatch)
            throw Old("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are 10. You have sent {entries.Count}.");
        if (entries.Exists(entry => !BatchId().IsMatch(Required(entry, "Id"))))
        {
            throw Old("InvalidBatchEntryId", "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
                + "It can be at most 80 letters long.");
        }

        if (entries.Select(entry => Required(entry, "Id")).Distinct().Count() < entries.Count)
            throw Old("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
        {
            try
            {
                var done = work(queue, entry);
                done["Id"] = Required(entry, "Id");
                successful.Add((JsonNode)done);
            }
            catch (AwsException error)
            {
                failed.Add((JsonNode)new JsonObject
                {
                    ["Id"] = Required(entry, "Id"), ["Code"] = error.Code, ["Message"] = error.Message,
                    ["SenderFault"] = true
                });
            }
        }

        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    private Queue QueueOf(JsonObject input) =>
        cloud.Sqs.Get(Required(input, "QueueUrl") is var url ? url[(url.LastIndexOf('/') + 1)..] : "");

    private static JsonObject Do(Action work)
    {
        work();
        return [];
    }

    private static int? Whole(JsonObject input, string name, int least, int most)
    {
        if (input[name] is not { } node)
            return null;
        var value = node.GetValue<int>();
        return value >= least && value <= most
            ? value
            : throw new AwsException(
                "InvalidParameterValue",
                $"Value {value} for parameter {name} is invalid. Reason: Must be between {least} and {most}, if provided."); // (seen)
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Required(JsonObject input, string name) =>
        input[name]?.GetValue<string>() ?? throw Missing(name);

    private static AwsException Missing(string name) => new("MissingParameter", $"The request must contain the parameter {name}.");

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex BatchId();
}
