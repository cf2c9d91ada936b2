using System.Text;
using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Takes events out of what brings them: SNS to Lambda, SNS in SQS, a list from a pipe.</summary>
/// <remarks>Lambda Developer Guide, "Using AWS Lambda with Amazon SNS"; SNS Developer Guide, "Parsing message formats"; EventBridge User
/// Guide, "Pipes": a pipe hands its records to a function as a JSON array.</remarks>
internal static class Envelopes
{
    // Deeper than any pipeline, and shallow enough that nesting can't be used against us.
    private const int MostDeep = 8;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The JSON of a payload; a byte order mark before it is skipped.</summary>
    public static JsonDocument Open(ReadOnlyMemory<byte> json) =>
        JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Strict);

    /// <summary>The events in a text that something carries, at least one.</summary>
    public static IReadOnlyList<EventReading> ReadText(string text) => ReadText(text, 1);

    /// <summary>The events in an element, however deep they are wrapped; at least one.</summary>
    public static IReadOnlyList<EventReading> ReadAll(JsonElement root) => ReadAll(root, 0);

    private static IReadOnlyList<EventReading> ReadAll(JsonElement root, int depth)
    {
        if (depth > MostDeep)
            return [new EventReading.Malformed("(all of it)", "is wrapped too often", $"an event in at most {MostDeep} envelopes")];
        if (root.ValueKind == JsonValueKind.Array)
            return InList(root, depth);
        if (root.At("Records") is { ValueKind: JsonValueKind.Array } records && root.At("detail-type") is null)
            return InList(records, depth);
        if (root.TextAt("body") is { } body && root.At("messageId") is not null)
            return ReadText(body, depth + 1);
        if (root.At("Sns") is { } sns)
            return ReadAll(sns, depth + 1);
        return root.TextAt("Type") switch
        {
            "Notification" when root.TextAt("Message") is { } message => ReadText(message, depth + 1),
            { } type when root.At("TopicArn") is not null => [new MirrorEvent.Ignored($"a message of type {Words.Quote(type)} from SNS")],
            _ => [EventParser.Read(root)],
        };
    }

    private static IReadOnlyList<EventReading> InList(JsonElement list, int depth)
    {
        if (list.GetArrayLength() == 0)
            return [new MirrorEvent.Ignored("an empty list of events")];
        if (list.EnumerateArray().Select(SourceOf).FirstOrDefault(source => source is not (null or "aws:sqs" or "aws:sns")) is { } other)
            return [new MirrorEvent.Ignored($"AutoMirror does not use records from {Words.Quote(other)}")];
        return [.. list.EnumerateArray().SelectMany(each => ReadAll(each, depth + 1))];
    }

    private static string? SourceOf(JsonElement record) => record.TextAt("eventSource") ?? record.TextAt("EventSource");

    private static IReadOnlyList<EventReading> ReadText(string text, int depth)
    {
        try
        {
            using var document = Open(Encoding.UTF8.GetBytes(text));
            return ReadAll(document.RootElement, depth);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return [EventParser.NotJson(problem)];
        }
    }
}
