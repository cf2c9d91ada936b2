using System.Text.Json;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Events;

/// <summary>Tells the kinds of events apart by their shape. Never throws: what it can't understand, it says.</summary>
public static class EventParser
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads one payload.</summary>
    public static MirrorEvent Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload, Strict);
            return Parse(document.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // The second is what half a surrogate pair leads to, such as "\ud800", once its text is asked for.
            return new MirrorEvent.Malformed("(all of it)", $"is no JSON ({problem.Message})", "one JSON object");
        }
    }

    private static MirrorEvent Parse(JsonElement root) => root switch
    {
        { ValueKind: not JsonValueKind.Object } => root.Malformed("one JSON object") with { Field = "(all of it)" },
        _ when root.At("detail-type") is not null || root.At("source") is not null => ParseEnvelope(root),
        _ when root.At("Records") is not null => new MirrorEvent.Ignored("a batch of records: this deployment takes its events directly"),
        _ => ManualEvent.Read(root),
    };

    private static MirrorEvent ParseEnvelope(JsonElement envelope) => (envelope.TextAt("source"), envelope.TextAt("detail-type")) switch
    {
        (null, _) => envelope.Malformed("the event's source, such as \"aws.ec2\"", "source"),
        (_, null) => envelope.Malformed("the kind of event, such as \"EC2 Instance State-change Notification\"", "detail-type"),
        ("aws.ec2", InstanceStateChangeEvent.DetailType) => InstanceStateChangeEvent.Read(envelope),
        var (source, kind) => new MirrorEvent.Ignored($"AutoMirror has no use for {ConfigurationError.Quote(kind)} from {ConfigurationError.Quote(source)}"),
    };
}
