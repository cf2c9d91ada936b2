using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>
/// The actions on the messages of a queue, by themselves and in batches. A receive answers at once: the server waits for messages before
/// it asks (<see cref="LongPoll"/>).
/// </summary>
internal static partial class MessageActions
{
    private const int MostMessages = 10;
    private const int MostDelaySeconds = 900;
    private const int MostWaitSeconds = 20;
    private const int MostVisibilitySeconds = 43_200;

    public static JsonObject Send(Queue queue, JsonObject input)
    {
        var body = input.Required("MessageBody");
        if (body.Length == 0)
            throw SqsErrors.EmptyMessage();
        if (Encoding.UTF8.GetByteCount(body) > queue.MaximumMessageSize)
            throw SqsErrors.MessageTooLong(queue.MaximumMessageSize);
        if (input["MessageDeduplicationId"] is not null)
            throw SqsErrors.NotForStandardQueues();
        var delay = Seconds(input, "DelaySeconds", MostDelaySeconds);
        var message = queue.Send(body, delay, input["MessageAttributes"]?.DeepClone() as JsonObject);
        return new() { ["MessageId"] = message.Id, ["MD5OfMessageBody"] = message.Md5OfBody };
    }

    public static JsonObject Receive(Cloud cloud, Queue queue, JsonObject input)
    {
        var most = Whole(input, "MaxNumberOfMessages", 1, MostMessages) ?? 1;
        Whole(input, "WaitTimeSeconds", 0, MostWaitSeconds);
        var messages = queue.Receive(most, Seconds(input, "VisibilityTimeout", MostVisibilitySeconds));
        return messages.Count == 0
            ? []
            : new() { ["Messages"] = messages.Select(message => Write(cloud, message, input)).ToJsonArray() };
    }

    public static JsonObject Delete(Queue queue, JsonObject input)
    {
        queue.Delete(Handle(input));
        return [];
    }

    public static JsonObject ChangeVisibility(Queue queue, JsonObject input)
    {
        var handle = Handle(input);
        var timeout = Seconds(input, "VisibilityTimeout", MostVisibilitySeconds) ?? throw JsonInput.Missing("VisibilityTimeout");
        return queue.ChangeVisibility(handle, timeout) ? [] : throw SqsErrors.MessageNotInFlight();
    }

    /// <summary>Does the same for each entry of a batch; one that fails does not fail the others.</summary>
    public static Func<Queue, JsonObject, JsonObject> Batch(Func<Queue, JsonObject, JsonObject> work) => (queue, input) =>
    {
        var entries = input.Objects("Entries");
        CheckEntries(entries);
        var (successful, failed) = (new JsonArray(), new JsonArray());
        foreach (var entry in entries)
        {
            try
            {
                var done = work(queue, entry);
                done["Id"] = entry.Required("Id");
                successful.Add((JsonNode)done);
            }
            catch (AwsException error)
            {
                failed.Add((JsonNode)new JsonObject
                {
                    ["Id"] = entry.Required("Id"), ["Code"] = error.Code, ["Message"] = error.Message, ["SenderFault"] = true,
                });
            }
        }

        return new() { ["Successful"] = successful, ["Failed"] = failed };
    };

    /// <summary>A whole number within its range; null when it is not given.</summary>
    public static int? Whole(JsonObject input, string name, int least, int most)
    {
        var value = input.Integer(name);
        return value < least || value > most ? throw SqsErrors.OutOfRange(name, value.Value, least, most) : value;
    }

    private static TimeSpan? Seconds(JsonObject input, string name, int most) =>
        Whole(input, name, 0, most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    private static string Handle(JsonObject input) =>
        input.Required("ReceiptHandle") is var handle && handle.StartsWith(Queue.HandlePrefix, StringComparison.Ordinal)
            ? handle
            : throw SqsErrors.InvalidReceiptHandle(handle);

    private static void CheckEntries(List<JsonObject> entries)
    {
        if (entries.Count == 0)
            throw SqsErrors.EmptyBatch();
        if (entries.Count > MostMessages)
            throw SqsErrors.TooManyEntries(entries.Count, MostMessages);
        if (entries.Exists(entry => !BatchId().IsMatch(entry.Required("Id"))))
            throw SqsErrors.InvalidBatchEntryId();
        if (entries.Select(entry => entry.Required("Id")).Distinct().Count() < entries.Count)
            throw SqsErrors.BatchEntryIdsNotDistinct();
    }

    private static JsonObject Write(Cloud cloud, Message message, JsonObject input)
    {
        var node = new JsonObject
        {
            ["MessageId"] = message.Id, ["ReceiptHandle"] = message.ReceiptHandle, ["MD5OfBody"] = message.Md5OfBody,
            ["Body"] = message.Body,
        };
        var wanted = input.Texts(input.ContainsKey("MessageSystemAttributeNames") ? "MessageSystemAttributeNames" : "AttributeNames");
        if (wanted.Count > 0)
        {
            node["Attributes"] = message.SystemAttributes(cloud.Options.AccountId)
                .Where(pair => wanted.Contains("All") || wanted.Contains(pair.Key)).ToJsonObject();
        }

        var patterns = input.Texts("MessageAttributeNames");
        var attributes = (message.Attributes ?? []).Where(pair => patterns.Exists(pattern => Fits(pattern, pair.Key))).ToList();
        if (attributes.Count > 0)
            node["MessageAttributes"] = new JsonObject(attributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        return node;
    }

    /// <summary>A name, "All" or ".*", or "all message attributes starting with a prefix, for example bar.*".</summary>
    private static bool Fits(string pattern, string name) =>
        pattern == "All" || pattern == name
            || (pattern.EndsWith(".*", StringComparison.Ordinal) && name.StartsWith(pattern[..^2], StringComparison.Ordinal));

    [GeneratedRegex("^[A-Za-z0-9_-]{1,80}$")]
    private static partial Regex BatchId();
}
