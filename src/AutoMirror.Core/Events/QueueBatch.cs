using System.Text;
using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Messages of SQS, each with an event as its body (Lambda Developer Guide, "Using Lambda with Amazon SQS").</summary>
internal static class QueueBatch
{
    public static Payload Read(JsonElement root)
    {
        if (root.At("Records") is not { ValueKind: JsonValueKind.Array } records)
            return new Payload.Single(root.Malformed("a list of records", "Records"));

        var read = new List<QueueRecord>(records.GetArrayLength());
        foreach (var (index, record) in records.EnumerateArray().Index())
        {
            if (record.TextAt("eventSource") is { } source && source != "aws:sqs")
                return new Payload.Single(new MirrorEvent.Ignored($"AutoMirror does not use records from {Words.Quote(source)}"));
            if (record.TextAt("messageId") is not { Length: > 0 } id)
                return new Payload.Single(record.Malformed("the message's id", "messageId") with { Field = $"Records[{index}].messageId" });
            read.Add(new QueueRecord(id, ReadBody(record)));
        }

        return new Payload.Batch(read);
    }

    /// <summary>A record that cannot be understood fails alone; it never takes others with it.</summary>
    private static EventReading ReadBody(JsonElement record)
    {
        const string Expected = "the event, as a text that is JSON";
        try
        {
            return record.TextAt("body") is { } body
                ? EventParser.ParseEvent(Encoding.UTF8.GetBytes(body))
                : record.Malformed(Expected, "body");
        }
        catch (InvalidOperationException problem)
        {
            // Half of a surrogate pair is not text.
            return new EventReading.Malformed("body", $"is not text ({problem.Message})", Expected);
        }
    }
}
