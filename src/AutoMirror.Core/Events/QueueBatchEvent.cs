using System.Text;
using System.Text.Json;

namespace AutoMirror.Core.Events;

/// <summary>A batch of messages from SQS, each of whose bodies is an event (Lambda Developer Guide, "Using Lambda with Amazon SQS").</summary>
internal static class QueueBatchEvent
{
    public static MirrorEvent Read(JsonElement root, Func<ReadOnlyMemory<byte>, MirrorEvent> parse)
    {
        if (root.At("Records") is not { ValueKind: JsonValueKind.Array } records)
            return root.Malformed("a list of records", "Records");

        var read = new List<BatchRecord>(records.GetArrayLength());
        foreach (var (index, record) in records.EnumerateArray().Index())
        {
            if (record.TextAt("eventSource") is { } source && source != "aws:sqs")
                return new MirrorEvent.Ignored($"AutoMirror has no use for records from {Policies.ConfigurationError.Quote(source)}");
            if (record.TextAt("messageId") is not { Length: > 0 } id)
                return record.Malformed("the message's id", "messageId") with { Field = $"Records[{index}].messageId" };

            var each = ReadBody(record, parse);
            read.Add(new BatchRecord(id, each is MirrorEvent.Batch ? new MirrorEvent.Ignored("a batch inside a batch") : each));
        }

        return new MirrorEvent.Batch(read);
    }

    /// <summary>A record that can't be understood comes back alone; it never takes others with it.</summary>
    private static MirrorEvent ReadBody(JsonElement record, Func<ReadOnlyMemory<byte>, MirrorEvent> parse)
    {
        try
        {
            return record.TextAt("body") is { } body ? parse(Encoding.UTF8.GetBytes(body)) : record.Malformed("the event, as a text that is JSON", "body");
        }
        catch (InvalidOperationException problem)
        {
            // Half a surrogate pair, which is no text.
            return new MirrorEvent.Malformed("body", $"is no text ({problem.Message})", "the event, as a text that is JSON");
        }
    }
}
