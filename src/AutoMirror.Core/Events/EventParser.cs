using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Tells the kinds of events apart by their shape. Never throws: what it cannot understand is a reading too.</summary>
internal static class EventParser
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static Payload Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && IsBatch(root)
                ? QueueBatch.Read(root)
                : new Payload.Single(Read(document.RootElement));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair, such as "\ud800", throws the second once its text is read.
            return new Payload.Single(NotJson(problem));
        }
    }

    /// <summary>Reads one event. A batch is not one.</summary>
    public static EventReading ParseEvent(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Read(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return NotJson(problem);
        }
    }

    private static EventReading.Malformed NotJson(Exception problem) =>
        new("(all of it)", $"is not valid JSON ({problem.Message})", "one JSON object");

    private static bool IsBatch(JsonElement root) => !IsEnvelope(root) && root.At("Records") is not null;

    private static bool IsEnvelope(JsonElement root) => root.At("detail-type") is not null || root.At("source") is not null;

    private static EventReading Read(JsonElement root) => root switch
    {
        { ValueKind: not JsonValueKind.Object } => root.Malformed("one JSON object") with { Field = "(all of it)" },
        _ when IsEnvelope(root) => ReadEnvelope(root),
        _ when IsBatch(root) => new MirrorEvent.Ignored("a batch inside a batch"),
        _ => ManualEvent.Read(root),
    };

    private static EventReading ReadEnvelope(JsonElement envelope)
    {
        EventReading read = (envelope.TextAt("source"), envelope.TextAt("detail-type")) switch
        {
            (null, _) => envelope.Malformed("the event's source, such as \"aws.ec2\"", "source"),
            (_, null) => envelope.Malformed("the kind of event, such as \"EC2 Instance State-change Notification\"", "detail-type"),
            ("aws.ec2", InstanceStateChangeEvent.DetailType) => InstanceStateChangeEvent.Read(envelope),
            ("aws.ec2", ApiCallEvent.DetailType) => ApiCallEvent.Read(envelope),
            ("aws.tag", TagChangeEvent.DetailType) => TagChangeEvent.Read(envelope),
            ("aws.ssm", ParameterChangeEvent.DetailType) => ParameterChangeEvent.Read(envelope),
            ("aws.events" or "aws.scheduler", "Scheduled Event") => new MirrorEvent.Scheduled(),
            ("aws.guardduty", GuardDutyEvent.DetailType) => GuardDutyEvent.Read(envelope),
            (ContinuationEvent.Source, ContinuationEvent.DetailType) => ContinuationEvent.Read(envelope),
            var (source, kind) => new MirrorEvent.Ignored($"AutoMirror does not use {Words.Quote(kind)} from {Words.Quote(source)}"),
        };
        return read.With(each => each with { Time = each.Time ?? envelope.EventTime(), Region = envelope.TextAt("region") });
    }
}
