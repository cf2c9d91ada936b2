using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>What the events of a request ask for that lasts for a time only: a security finding, or a person's capture.</summary>
internal sealed record TimedWishes
{
    public static TimedWishes None { get; } = new();

    /// <summary>Until when findings that the policy counts want instances mirrored; of several the one that lasts longest.</summary>
    public IReadOnlyDictionary<Id<Instance>, DateTimeOffset> Findings { get; init; } = new Dictionary<Id<Instance>, DateTimeOffset>();

    public IReadOnlyList<MirrorEvent.Capture> Captures { get; init; } = [];

    public static TimedWishes Of(Request request, Policy policy, DateTimeOffset now)
    {
        var events = request.Events.Select(each => each.Event).ToList();
        return new()
        {
            Findings = policy.GuardDuty is { } rule
                ? FindingsIn(events, rule, now)
                : new Dictionary<Id<Instance>, DateTimeOffset>(),
            Captures = [.. events.OfType<MirrorEvent.Capture>()],
        };
    }

    /// <summary>A person's wish for a source, the last one where there are several; null when there is none.</summary>
    public MirrorEvent.Capture? CaptureOf(Source source) => Captures.LastOrDefault(capture =>
        capture.Where.NetworkInterfaces.Contains(source.Interface.Id)
        || (source.Instance is { } instance && capture.Where.Instances.Contains(instance.Id)));

    private static Dictionary<Id<Instance>, DateTimeOffset> FindingsIn(
        IEnumerable<MirrorEvent> events, GuardDutyRule rule, DateTimeOffset now) =>
        events.OfType<MirrorEvent.Finding>()
            .Where(finding => finding.Severity >= rule.Severity)
            .SelectMany(finding => finding.Instances.Select(instance => (Instance: instance, At: Earlier(finding.Time ?? now, now))))
            .GroupBy(each => each.Instance)
            .ToDictionary(
                group => group.Key, group => SessionEnd.WholeSecond(group.Max(each => each.At)) + TimeSpan.FromHours(rule.Hours));

    // An event may carry any time. What it asks for lasts for the rule's hours from now at the longest.
    private static DateTimeOffset Earlier(DateTimeOffset time, DateTimeOffset now) => time < now ? time : now;
}
