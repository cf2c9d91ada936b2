using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>What security findings ask for: which instances are mirrored whatever their tags say, and until when.</summary>
internal static class Findings
{
    /// <summary>The findings of a request that the policy counts; of several about one instance the one that lasts longest.</summary>
    public static IReadOnlyDictionary<Id<Instance>, DateTimeOffset> Of(Request request, Policy policy, DateTimeOffset now) =>
        policy.GuardDuty is not { } rule
            ? new Dictionary<Id<Instance>, DateTimeOffset>()
            : request.Events.Select(each => each.Event).OfType<MirrorEvent.Finding>()
            .Where(finding => finding.Severity >= rule.Severity)
            .SelectMany(finding => finding.Instances.Select(instance => (Instance: instance, At: Earlier(finding.Time ?? now, now))))
            .GroupBy(each => each.Instance)
            .ToDictionary(group => group.Key, group => WholeSecond(group.Max(each => each.At)) + TimeSpan.FromHours(rule.Hours));

    // An event may carry any time. What it asks for lasts for the rule's hours from now at the longest.
    private static DateTimeOffset Earlier(DateTimeOffset time, DateTimeOffset now) => time < now ? time : now;

    // As the session's tag keeps it; a fraction of a second would look like a change each time.
    private static DateTimeOffset WholeSecond(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
