using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace AutoMirror.Emulator.Sqs;

/// <summary>A queue's attributes by their names on the wire, with the ranges that SetQueueAttributes documents.</summary>
internal static class QueueAttributes
{
    /// <summary>Known, kept as they are given, and without effect here.</summary>
    private static readonly string[] Kept =
        ["Policy", "RedriveAllowPolicy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"];

    private static readonly string[] ReadOnly =
    [
        "QueueArn", "ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed",
        "CreatedTimestamp", "LastModifiedTimestamp",
    ];

    private static readonly string[] Settable =
    [
        "VisibilityTimeout", "DelaySeconds", "ReceiveMessageWaitTimeSeconds", "MessageRetentionPeriod", "MaximumMessageSize",
        "RedrivePolicy", .. Kept,
    ];

    public static Dictionary<string, string> Read(Queue queue)
    {
        var all = new Dictionary<string, string>(queue.Kept)
        {
            ["QueueArn"] = queue.Arn,
            ["ApproximateNumberOfMessages"] = Text(queue.Visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Text(queue.NotVisible),
            ["ApproximateNumberOfMessagesDelayed"] = Text(queue.Delayed),
            ["CreatedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Text(queue.ModifiedAt.ToUnixTimeSeconds()),
            ["VisibilityTimeout"] = Text((long)queue.VisibilityTimeout.TotalSeconds),
            ["DelaySeconds"] = Text((long)queue.Delay.TotalSeconds),
            ["ReceiveMessageWaitTimeSeconds"] = Text((long)queue.ReceiveWait.TotalSeconds),
            ["MaximumMessageSize"] = Text(queue.MaximumMessageSize),
            ["MessageRetentionPeriod"] = Text((long)queue.Retention.TotalSeconds),
        };
        all.TryAdd("SqsManagedSseEnabled", "true");
        if (queue.Redrive is { } redrive)
        {
            all["RedrivePolicy"] = new JsonObject
            {
                ["deadLetterTargetArn"] = redrive.DeadLetterTargetArn,
                ["maxReceiveCount"] = redrive.MaxReceiveCount
            }.ToJsonString();
        }

        return all;
    }

    public static void CheckNames(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => name != "All" && !Settable.Contains(name) && !ReadOnly.Contains(name)) is { } unknown)
            throw UnknownAttribute(unknown);
    }

    /// <summary>Sets what is given, or nothing when any of it is wrong.</summary>
    public static void Set(Cloud cloud, Queue queue, JsonObject attributes)
    {
        using var turn = cloud.Enter();
        List<Action> changes = [.. attributes.Select(pair => Change(cloud, queue, pair.Key, pair.Value!.GetValue<string>()))];
        changes.ForEach(change => change());
        queue.ModifiedAt = cloud.Now;
    }

    /// <summary>
    /// "If you provide the name of an existing queue along with the exact names and values of all the queue's attributes,
    /// CreateQueue returns the queue URL"; with other values it is an error.
    /// </summary>
    public static void CheckSame(Queue queue, JsonObject attributes)
    {
        var now = Read(queue);
        foreach (var (name, value) in attributes)
        {
            if (Settable.Contains(name) && !Same(now.GetValueOrDefault(name, ""), value!.GetValue<string>()))
            {
                throw new AwsException(
                    "QueueNameExists", $"A queue already exists with the same name and a different value for attribute {name}") // (seen)
                { QueryCode = "QueueAlreadyExists" };
            }
        }
    }

    private static bool Same(string first, string second)
    {
        if (first == second)
            return true;
        try
        {
            return JsonNode.Parse(first) is JsonObject map && JsonNode.DeepEquals(Texts(map), Texts(JsonNode.Parse(second)!.AsObject()));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }

        static JsonObject Texts(JsonObject from) => new(from.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value?.ToString())));
    }

    private static Action Change(Cloud cloud, Queue queue, string name, string value)
    {
        switch (name)
        {
            case "VisibilityTimeout":
                var visibility = Seconds(name, value, 0, 43_200);
                return () => queue.VisibilityTimeout = visibility;
            case "DelaySeconds":
                var delay = Seconds(name, value, 0, 900);
                return () => queue.Delay = delay;
            case "ReceiveMessageWaitTimeSeconds":
                var wait = Seconds(name, value, 0, 20);
                return () => queue.ReceiveWait = wait;
            case "MessageRetentionPeriod":
                var retention = Seconds(name, value, 60, 1_209_600);
                return () => queue.Retention = retention;
            case "MaximumMessageSize":
                var size = Number(name, value, 1024, 1_048_576);
                return () => queue.MaximumMessageSize = size;
            case "RedrivePolicy":
                var redrive = value.Length == 0 ? null : Redrive(cloud, value);
                return () => queue.Redrive = redrive;
            case var other when Kept.Contains(other):
                return () => queue.Kept[other] = value;
            default:
                throw UnknownAttribute(name);
        }
    }

    private static (string, int)? Redrive(Cloud cloud, string value)
    {
        try
        {
            var policy = JsonNode.Parse(value)!;
            var arn = policy["deadLetterTargetArn"]!.GetValue<string>();
            var most = int.Parse(policy["maxReceiveCount"]!.ToString(), CultureInfo.InvariantCulture);
            if (most is < 1 or > 1000)
                throw Invalid("Invalid value for maxReceiveCount");
            return cloud.Sqs.FindByArn(arn) is not null ? (arn, most) : throw Invalid("Dead letter target does not exist.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw Invalid("Redrive policy is not a valid JSON map.");
        }

        AwsException Invalid(string reason) =>
            new("InvalidParameterValue", $"Value {value} for parameter RedrivePolicy is invalid. Reason: {reason}"); // (seen)
    }

    private static AwsException UnknownAttribute(string name) => new("InvalidAttributeName", $"Unknown Attribute {name}."); // (seen)

    private static TimeSpan Seconds(string name, string value, int least, int most) => TimeSpan.FromSeconds(Number(name, value, least, most));

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new AwsException("InvalidAttributeValue", $"Invalid value for the parameter {name}."); // (seen)

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
