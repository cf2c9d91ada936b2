using System.Text.Json;

namespace AutoMirror.Core.Events;

/// <summary>Messages of SQS (Lambda Developer Guide, "Using Lambda with Amazon SQS"), from a mapping in <c>Records</c> or
/// from a pipe as a bare list.</summary>
internal static class QueueBatch
{
    /// <summary>Whether a payload is one: every record names the queue, or is a message as a pipe hands it.</summary>
    public static bool IsOne(JsonElement root) => Records(root) is { } records
        && records.EnumerateArray().All(record => record.TextAt("eventSource") is { } source
            ? source == "aws:sqs"
            : record.At("body") is not null || record.At("messageId") is not null);

    public static Payload Read(JsonElement root)
    {
        var read = new List<QueueRecord>();
        foreach (var (index, record) in Records(root)!.Value.EnumerateArray().Index())
        {
            if (record.TextAt("messageId") is not { Length: > 0 } id)
            {
                return new Payload.Events([
                    record.Malformed("the message's id", "messageId") with { Field = $"Records[{index}].messageId" }]);
            }

            read.AddRange(ReadBody(record).Select(each => new QueueRecord(id, each)));
        }

        return new Payload.Batch(read);
    }

    private static JsonElement? Records(JsonElement root) => root switch
    {
        { ValueKind: JsonValueKind.Array } when root.GetArrayLength() > 0 => root,
        _ when root.At("detail-type") is null && root.At("Records") is { ValueKind: JsonValueKind.Array } records
            && records.GetArrayLength() > 0 => records,
        _ => null,
    };

    /// <summary>A record that cannot be understood fails alone; it never takes others with it.</summary>
    private static IReadOnlyList<EventReading> ReadBody(JsonElement record) => record.TextAt("body") is { } body
        ? Envelopes.ReadText(body)
        : [record.Malformed("the event, as a text that is JSON", "body")];
}
