using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>Tells the kinds of events apart by their shape. Never throws: what it cannot understand is a reading too.</summary>
internal static class EventParser
{
    public static Payload Parse(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = Envelopes.Open(payload);
            return QueueBatch.IsOne(document.RootElement)
                ? QueueBatch.Read(document.RootElement)
                : new Payload.Events(Envelopes.ReadAll(document.RootElement));
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Half of a surrogate pair, such as "\ud800", throws the second once its text is read.
            return new Payload.Events([NotJson(problem)]);
        }
    }

    /// <summary>Reads one event that is in no envelope.</summary>
    public static EventReading Read(JsonElement root) => root switch
    {
        { ValueKind: not JsonValueKind.Object } => root.Malformed("one JSON object") with { Field = "(all of it)" },
        _ when root.At("detail-type") is not null || root.At("source") is not null => ReadEvent(root),
        _ => ManualEvent.Read(root),
    };

    public static EventReading.Malformed NotJson(Exception problem) =>
        new("(all of it)", $"is not valid JSON ({problem.Message})", "one JSON object");

    private static EventReading ReadEvent(JsonElement root)
    {
        EventReading read = (root.TextAt("source"), root.TextAt("detail-type")) switch
        {
            (null, _) => root.Malformed("the event's source, such as \"aws.ec2\"", "source"),
            (_, null) => root.Malformed("the kind of event, such as \"EC2 Instance State-change Notification\"", "detail-type"),
            ("aws.ec2", InstanceStateChangeEvent.DetailType) => InstanceStateChangeEvent.Read(root),
            ("aws.ec2", ApiCallEvent.DetailType) => ApiCallEvent.Read(root),
            ("aws.tag", TagChangeEvent.DetailType) => TagChangeEvent.Read(root),
            ("aws.ssm", ParameterChangeEvent.DetailType) => ParameterChangeEvent.Read(root),
            ("aws.events" or "aws.scheduler", "Scheduled Event") => new MirrorEvent.Scheduled(),
            ("aws.guardduty", GuardDutyEvent.DetailType) => GuardDutyEvent.Read(root),
            (ContinuationEvent.Source, ContinuationEvent.DetailType) => ContinuationEvent.Read(root),
            var (source, kind) => new MirrorEvent.Ignored($"AutoMirror does not use {Words.Quote(kind)} from {Words.Quote(source)}"),
        };
        return read.With(each => each with
        {
            Time = each.Time ?? root.EventTime(),
            Region = root.TextAt("region"),
            Account = root.TextAt("account"),
        });
    }
}
