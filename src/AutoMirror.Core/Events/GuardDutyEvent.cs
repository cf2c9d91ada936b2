using System.Text.Json;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Events;

/// <summary>EventBridge's "GuardDuty Finding" (GuardDuty User Guide, "Finding format", "Attack sequence finding types").</summary>
internal static class GuardDutyEvent
{
    public const string DetailType = "GuardDuty Finding";

    public static EventReading Read(JsonElement envelope)
    {
        if (envelope.At("detail") is not { ValueKind: JsonValueKind.Object } detail)
            return envelope.Malformed("the finding", "detail");

        // A runtime finding's resource may be a cluster; the instance that runs it is named all the same.
        var own = detail.At("resource", "instanceDetails", "instanceId");
        var sequence = detail.At("service", "detection", "sequence", "resources");
        if (own is null && sequence is null)
        {
            return detail.TextAt("resource", "resourceType") switch
            {
                null => envelope.Malformed("the type of resource, such as \"Instance\"", "detail", "resource", "resourceType"),
                "Instance" => envelope.Malformed("an instance id, i-…", "detail", "resource", "instanceDetails", "instanceId"),
                var type => new MirrorEvent.Ignored($"a finding about {Words.Quote(type)} concerns no instance"),
            };
        }

        var instances = InSequence(sequence).ToList();
        if (own is not null)
            instances.Add(Id<Instance>.TryParse(detail.TextAt("resource", "instanceDetails", "instanceId")));
        if (instances.Contains(null))
            return envelope.Malformed("an instance id, i-…", [.. PathOf(own)]);
        if (instances.Count == 0)
            return new MirrorEvent.Ignored("an attack sequence without instances");

        // GuardDuty's severities lie between 1 and 10. Below 1 no policy counts a finding, and a failed invocation would help nobody.
        return detail.At("severity") is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var severity)
            && severity is >= 0 and <= 10
            ? new MirrorEvent.Finding([.. instances.OfType<Id<Instance>>().Distinct().Order()], severity)
            : envelope.Malformed("a number 0–10", "detail", "severity");
    }

    /// <summary>The instances of an attack sequence; null for one whose id cannot be read. An id is the uid, or ends it.</summary>
    private static IEnumerable<Id<Instance>?> InSequence(JsonElement? resources) =>
        resources is not { ValueKind: JsonValueKind.Array } list ? [] : list.EnumerateArray()
            .Where(each => each.TextAt("resourceType") == "EC2_INSTANCE")
            .Select(each => Id<Instance>.TryParse(each.TextAt("uid")?.Split('/', ':')[^1]));

    private static string[] PathOf(JsonElement? own) => own is null
        ? ["detail", "service", "detection", "sequence", "resources"]
        : ["detail", "resource", "instanceDetails", "instanceId"];
}
