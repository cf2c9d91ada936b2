using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "GuardDuty Finding" (GuardDuty User Guide, "Finding format").</summary>
internal static class GuardDutyEvent
{
    public const string DetailType = "GuardDuty Finding";

    public static EventReading Read(JsonElement envelope)
    {
        if (envelope.TextAt("detail", "resource", "resourceType") is not { } type)
            return envelope.Malformed("the type of resource, such as \"Instance\"", "detail", "resource", "resourceType");
        if (type != "Instance")
            return new MirrorEvent.Ignored($"a finding about {Words.Quote(type)} concerns no instance");
        if (Id<Instance>.TryParse(envelope.TextAt("detail", "resource", "instanceDetails", "instanceId")) is not { } instance)
            return envelope.Malformed("an instance id, i-…", "detail", "resource", "instanceDetails", "instanceId");

        // GuardDuty's severities lie between 1 and 10. Below 1 no policy counts a finding, and a failed invocation would help nobody.
        return envelope.At("detail", "severity") is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var severity)
            && severity is >= 0 and <= 10
            ? new MirrorEvent.Finding(instance, severity)
            : envelope.Malformed("a number 0–10", "detail", "severity");
    }
}
