using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Sqs;

/// <summary>A queue's attributes by their names on the wire, with the ranges that SetQueueAttributes documents.</summary>
internal static class QueueAttributes
{
    /// <summary>Attributes that the queue keeps as they are given, and that have no effect here.</summary>
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
            ["ApproximateNumberOfMessages"] = Notation.Number(queue.Visible),
            ["ApproximateNumberOfMessagesNotVisible"] = Notation.Number(queue.NotVisible),
            ["ApproximateNumberOfMessagesDelayed"] = Notation.Number(queue.Delayed),
            ["CreatedTimestamp"] = Notation.Number(queue.CreatedAt.ToUnixTimeSeconds()),
            ["LastModifiedTimestamp"] = Notation.Number(queue.ModifiedAt.ToUnixTimeSeconds()),
            ["VisibilityTimeout"] = Seconds(queue.VisibilityTimeout),
            ["DelaySeconds"] = Seconds(queue.Delay),
            ["ReceiveMessageWaitTimeSeconds"] = Seconds(queue.ReceiveWait),
            ["MaximumMessageSize"] = Notation.Number(queue.MaximumMessageSize),
            ["MessageRetentionPeriod"] = Seconds(queue.Retention),
        };
        all.TryAdd("SqsManagedSseEnabled", "true");
        if (queue.Redrive is { } redrive)
        {
            all["RedrivePolicy"] = new JsonObject
            {
                ["deadLetterTargetArn"] = redrive.DeadLetterTargetArn, ["maxReceiveCount"] = redrive.MaxReceiveCount,
            }.ToJsonString();
        }

        return all;

        static string Seconds(TimeSpan time) => Notation.Number((long)time.TotalSeconds);
    }

    public static void CheckNames(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(name => name != "All" && !Settable.Contains(name) && !ReadOnly.Contains(name)) is { } unknown)
            throw SqsErrors.UnknownAttribute(unknown);
    }

    /// <summary>Sets the attributes, or none of them when any is wrong.</summary>
    public static void Set(Cloud cloud, Queue queue, JsonObject attributes)
    {
        using var turn = cloud.Enter();
        List<Action> changes = [.. attributes.Select(pair => Change(cloud, queue, pair.Key, pair.Value!.GetValue<string>()))];
        changes.ForEach(change => change());
        queue.ModifiedAt = cloud.Now;
    }

    /// <summary>
    /// "If you provide the name of an existing queue along with the exact names and values of all the queue's attributes, CreateQueue
    /// returns the queue URL"; with other values it is an error.
    /// </summary>
    public static void CheckSame(Queue queue, JsonObject attributes)
    {
        var now = Read(queue);
        foreach (var (name, value) in attributes)
        {
            if (Settable.Contains(name) && !IsSame(now.GetValueOrDefault(name, ""), value!.GetValue<string>()))
                throw SqsErrors.QueueNameExists(name);
        }
    }

    /// <summary>Whether two values are alike: the same text, or JSON maps of the same texts.</summary>
    private static bool IsSame(string first, string second)
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

        static JsonObject Texts(JsonObject from) =>
            new(from.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value?.ToString())));
    }

    /// <summary>Checks a value and returns what sets it.</summary>
    private static Action Change(Cloud cloud, Queue queue, string name, string value)
    {
        return name switch
        {
            "VisibilityTimeout" => Setting(Seconds(0, 43_200), time => queue.VisibilityTimeout = time),
            "DelaySeconds" => Setting(Seconds(0, 900), time => queue.Delay = time),
            "ReceiveMessageWaitTimeSeconds" => Setting(Seconds(0, 20), time => queue.ReceiveWait = time),
            "MessageRetentionPeriod" => Setting(Seconds(60, 1_209_600), time => queue.Retention = time),
            "MaximumMessageSize" => Setting(Number(1024, 1_048_576), size => queue.MaximumMessageSize = size),
            "RedrivePolicy" => Setting(Redrive(cloud, value), redrive => queue.Redrive = redrive),
            _ when Kept.Contains(name) => () => queue.Kept[name] = value,
            _ => throw SqsErrors.UnknownAttribute(name),
        };

        static Action Setting<T>(T read, Action<T> set) => () => set(read);

        TimeSpan Seconds(int least, int most) => TimeSpan.FromSeconds(Number(least, most));

        int Number(int least, int most) =>
            int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                && number >= least && number <= most
                ? number
                : throw SqsErrors.InvalidAttribute(name);
    }

    /// <summary>A redrive policy; an empty one takes an earlier one away.</summary>
    private static (string DeadLetterTargetArn, int MaxReceiveCount)? Redrive(Cloud cloud, string value)
    {
        if (value.Length == 0)
            return null;
        try
        {
            var policy = JsonNode.Parse(value)!;
            var arn = policy["deadLetterTargetArn"]!.GetValue<string>();
            var most = int.Parse(policy["maxReceiveCount"]!.ToString(), CultureInfo.InvariantCulture);
            if (most is < 1 or > 1000)
                throw SqsErrors.InvalidRedrivePolicy(value, "Invalid value for maxReceiveCount");
            if (cloud.Sqs.FindByArn(arn) is null)
                throw SqsErrors.InvalidRedrivePolicy(value, "Dead letter target does not exist.");
            return (arn, most);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or NullReferenceException or FormatException)
        {
            throw SqsErrors.InvalidRedrivePolicy(value, "Redrive policy is not a valid JSON map.");
        }
    }
}
