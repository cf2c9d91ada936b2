using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>SQS over the wire, AWS JSON 1.0. A receive answers at once: waiting for messages is the server's, before it asks.</summary>
internal sealed class SqsApi(Cloud cloud) : JsonApi("sqs", "AmazonSQS", "1.0")
{
    private const int MostInBatch = 10;

    protected override Handler? Find(string action) => action switch
    {
        "CreateQueue" => Create,
        "DeleteQueue" => (input, _) => Do(() => cloud.Sqs.Delete(QueueOf(input).Name)),
        "GetQueueUrl" => (input, _) => new JsonObject { ["QueueUrl"] = cloud.Sqs.Get(Required(input, "QueueName")).Url },
        "ListQueues" => List,
        "GetQueueAttributes" => GetAttributes,
        "SetQueueAttributes" => (input, _) => Do(() => SetAttributes(QueueOf(input), input["Attributes"] as JsonObject)),
        "SendMessage" => (input, _) => Send(QueueOf(input), input),
        "SendMessageBatch" => (input, _) => Batch(input, entry => Send(QueueOf(input), entry)),
        "ReceiveMessage" => Receive,
        "DeleteMessage" => (input, _) => Do(() => QueueOf(input).Delete(Required(input, "ReceiptHandle"))),
        "DeleteMessageBatch" => (input, _) => Batch(input, entry => Do(() => QueueOf(input).Delete(Required(entry, "ReceiptHandle")))),
        "ChangeMessageVisibility" => (input, _) => ChangeVisibility(QueueOf(input), input),
        "ChangeMessageVisibilityBatch" => (input, _) => Batch(input, entry => ChangeVisibility(QueueOf(input), entry)),
        "PurgeQueue" => (input, _) => Do(QueueOf(input).Purge),
        _ => null,
    };

    private JsonObject Create(JsonObject input, string? caller)
    {
        var queue = cloud.Sqs.Create(Required(input, "QueueName"));
        SetAttributes(queue, input["Attributes"] as JsonObject);
        return new JsonObject { ["QueueUrl"] = queue.Url };
    }

    private JsonObject List(JsonObject input, string? caller)
    {
        var prefix = input["QueueNamePrefix"]?.GetValue<string>() ?? "";
        return new JsonObject
        {
            ["QueueUrls"] = new JsonArray(
            [.. cloud.Sqs.All.Where(queue => queue.Name.StartsWith(prefix, StringComparison.Ordinal))
                .Select(queue => (JsonNode)queue.Url)])
        };
    }

    private JsonObject GetAttributes(JsonObject input, string? caller)
    {
        var queue = QueueOf(input);
        var all = new Dictionary<string, string>
        {
            ["QueueArn"] = queue.Arn,
            ["ApproximateNumberOfMessages"] = Text(queue.Visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Text(queue.NotVisible),
            ["ApproximateNumberOfMessagesDelayed"] = Text(queue.Delayed),
            ["CreatedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
            ["VisibilityTimeout"] = Text((long)queue.VisibilityTimeout.TotalSeconds),
            ["DelaySeconds"] = Text((long)queue.Delay.TotalSeconds),
            ["ReceiveMessageWaitTimeSeconds"] = Text((long)queue.ReceiveWait.TotalSeconds),
            ["MaximumMessageSize"] = "262144",
            ["MessageRetentionPeriod"] = "345600",
        };
        if (queue.Redrive is { } redrive)
            all["RedrivePolicy"] = new JsonObject
            {
                ["deadLetterTargetArn"] = redrive.DeadLetterTargetArn,
                ["maxReceiveCount"] = redrive.MaxReceiveCount
            }.ToJsonString();
        List<string> names = [.. (input["AttributeNames"] as JsonArray ?? []).Select(name => name!.GetValue<string>())];
        return new JsonObject
        {
            ["Attributes"] = new JsonObject(
                all.Where(pair => names.Contains("All") || names.Contains(pair.Key))
                    .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
        };
    }

    private void SetAttributes(Queue queue, JsonObject? attributes)
    {
        using var turn = cloud.Enter();
        foreach (var (name, node) in attributes ?? [])
        {
            var value = node!.GetValue<string>();
            switch (name)
            {
                case "VisibilityTimeout":
                    queue.VisibilityTimeout = Seconds(name, value, 43_200);
                    break;
                case "DelaySeconds":
                    queue.Delay = Seconds(name, value, 900);
                    break;
                case "ReceiveMessageWaitTimeSeconds":
                    queue.ReceiveWait = Seconds(name, value, 20);
                    break;
                case "RedrivePolicy":
                    var policy = JsonNode.Parse(value)!;
                    queue.Redrive = (policy["deadLetterTargetArn"]!.GetValue<string>(),
                        int.Parse(policy["maxReceiveCount"]!.ToString(), CultureInfo.InvariantCulture));
                    break;
                case "MessageRetentionPeriod" or "MaximumMessageSize" or "Policy" or "RedriveAllowPolicy":
                case "KmsMasterKeyId" or "SqsManagedSseEnabled" or "KmsDataKeyReusePeriodSeconds":
                    // Known, and without effect here.
                    break;
                default:
                    throw new AwsException("InvalidAttributeName", $"Unknown Attribute {name}.");
            }
        }
    }

    private static JsonObject Send(Queue queue, JsonObject input)
    {
        var body = Required(input, "MessageBody");
        if (body.Length == 0)
            throw new AwsException("InvalidParameterValue", "The request must contain the parameter MessageBody.");
        TimeSpan? delay = input["DelaySeconds"] is { } seconds ? TimeSpan.FromSeconds(seconds.GetValue<int>()) : null;
        var message = queue.Send(body, delay, input["MessageAttributes"]?.DeepClone() as JsonObject);
        return new JsonObject { ["MessageId"] = message.Id, ["MD5OfMessageBody"] = message.Md5OfBody };
    }

    private JsonObject Receive(JsonObject input, string? caller)
    {
        var most = input["MaxNumberOfMessages"]?.GetValue<int>() ?? 1;
        if (most is < 1 or > MostInBatch)
            // (seen)
            throw new AwsException(
                "InvalidParameterValue",
                    $"Value {most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.");
        TimeSpan? timeout = input["VisibilityTimeout"] is { } seconds ? TimeSpan.FromSeconds(seconds.GetValue<int>()) : null;
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
            node["Attributes"] = new JsonObject(
                all.Where(pair => wanted.Contains("All") || wanted.Contains(pair.Key))
                    .Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        if (message.Attributes is { } attributes && input["MessageAttributeNames"] is JsonArray)
            node["MessageAttributes"] = attributes.DeepClone();
        return node;
    }

    private static JsonObject ChangeVisibility(Queue queue, JsonObject input)
    {
        var seconds = input["VisibilityTimeout"]?.GetValue<int>() ?? 0;
        return queue.ChangeVisibility(Required(input, "ReceiptHandle"), TimeSpan.FromSeconds(seconds))
            ? []
            : throw Old("MessageNotInflight", "The specified message isn't in flight.");
    }

    /// <summary>An error that clients know by its code in the Query protocol.</summary>
    private static AwsException Old(string code, string message) => new(code, message) { QueryCode = $"AWS.SimpleQueueService.{code}" };

    private static JsonObject Batch(JsonObject input, Func<JsonObject, JsonObject> work)
    {
        var entries = (input["Entries"] as JsonArray ?? []).Select(entry => entry!.AsObject()).ToList();
        if (entries.Count == 0)
            throw Old("EmptyBatchRequest", "There should be at least one entry in the request.");
        if (entries.Count > MostInBatch)
            throw Old("TooManyEntriesInBatchRequest", $"Maximum number of entries per request are 10. You have sent {entries.Count}.");
        if (entries.Select(entry => Required(entry, "Id")).Distinct().Count() < entries.Count)
            throw Old("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
            try
            {
                var done = work(entry);
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

        return new JsonObject { ["Successful"] = successful, ["Failed"] = failed };
    }

    private Queue QueueOf(JsonObject input) =>
        cloud.Sqs.Get(Required(input, "QueueUrl") is var url ? url[(url.LastIndexOf('/') + 1)..] : "");

    private static JsonObject Do(Action work)
    {
        work();
        return [];
    }

    private static TimeSpan Seconds(string name, string value, int most) =>
        int.TryParse(value, out var seconds) && seconds >= 0 && seconds <= most
        ? TimeSpan.FromSeconds(seconds)
        : throw new AwsException("InvalidAttributeValue", $"Invalid value for the parameter {name}.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Required(JsonObject input, string name) =>
        input[name]?.GetValue<string>() ?? throw new AwsException("MissingParameter", $"The request must contain the parameter {name}.");
}
