using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>Whether a security finding or a person's capture, asked for now or kept on a session, wants a source mirrored for a
/// time.</summary>
/// <remarks>Anybody who may tag sessions can write an end. So one counts only where the policy has a rule for its reason, and only for
/// that rule's hours from now: without the rule, a forged end is worthless.</remarks>
internal sealed class TimedRules(Situation situation, Sensors sensors)
{
    private readonly Policy _policy = situation.Policy;
    private readonly TimedWishes _wishes = situation.TimedWishes;
    private readonly DateTimeOffset _now = situation.Inventory.Now;

    /// <summary>The wish that lasts longest; null when there is none, or it is over.</summary>
    public TimedWish? Of(Source source) => (Finding(source), Capture(source)) switch
    {
        ({ } finding, { } capture) => capture.End.At > finding.End.At ? capture : finding,
        var (finding, capture) => finding ?? capture,
    };

    private TimedWish? Finding(Source source)
    {
        if (_policy.GuardDuty is not { } rule || source.Instance is not { } instance)
            return null;
        var until = Kept(source, EndReason.Finding)
            .Append(_wishes.Findings.TryGetValue(instance.Id, out var reported) ? reported : null).Max();
        return Capped(until, rule.Hours) is { } end ? new(new SessionEnd(end, EndReason.Finding), rule.Sensor) : null;
    }

    /// <remarks>What a person asks for now replaces what was asked for before: so it can be cut short, too.</remarks>
    private TimedWish? Capture(Source source)
    {
        if (_policy.Capture is not { } rule)
            return null;
        var asked = _wishes.CaptureOf(source);
        var until = asked?.Until ?? Kept(source, EndReason.Capture).Max();
        if (Capped(until, rule.Hours) is not { } end)
            return null;

        // A session's own tag may name any sensor. One that can't be had would have the session stay as it is, beyond its end.
        var sensor = asked is not null ? asked.Sensor
            : source.Owned[0].Sensor is { } kept && sensors.Resolve(kept).WhyNone is null ? kept
            : null;
        return new(
            new SessionEnd(end, EndReason.Capture),
            sensor ?? situation.Configuration.Parameters.DefaultIn(source.Interface.VpcId, source.Interface.SubnetId));
    }

    private static IEnumerable<DateTimeOffset?> Kept(Source source, EndReason reason) =>
        source.Owned.Select(session => Ownership.EndOf(session) is { } end && end.Reason == reason ? end.At : (DateTimeOffset?)null);

    private DateTimeOffset? Capped(DateTimeOffset? until, int hours)
    {
        var latest = SessionEnd.WholeSecond(_now) + TimeSpan.FromHours(hours);
        return until > _now ? (until < latest ? until : latest) : null;
    }
}

/// <summary>A source is wanted until a time, whatever its tag says.</summary>
internal sealed record TimedWish(SessionEnd End, SensorName Sensor);
