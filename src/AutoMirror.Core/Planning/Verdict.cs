using System.Diagnostics;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Planning;

/// <summary>What holds for one interface, once the plan is carried out.</summary>
internal abstract record Verdict
{
    private Verdict() { }

    /// <summary>Its packets go to a sensor.</summary>
    /// <param name="Settings">The session, as it should be.</param>
    /// <param name="Shadowed">How much a lower-numbered foreign session takes away; null when foreign sessions were not looked at.</param>
    public sealed record Mirrored(SessionSettings Settings, Shadow? Shadowed) : Verdict;

    /// <summary>Its owner, or the policy for want of a tag, says no.</summary>
    public sealed record OptedOut : Verdict;

    /// <summary>The policy says no, whatever the tags say.</summary>
    public sealed record Excluded : Verdict;

    /// <summary>It belongs to a sensor: mirroring it would mirror the mirrored.</summary>
    public sealed record Sensor : Verdict;

    /// <summary>Its instance is neither pending nor running.</summary>
    public sealed record NotRunning : Verdict;

    /// <summary>It cannot be a mirror source, being what it is or where it is.</summary>
    public sealed record NotASource : Verdict;

    /// <summary>Its instance's type cannot be a mirror source.</summary>
    public sealed record Unsupported : Verdict;

    /// <summary>It belongs to another account, in a subnet that this account shares.</summary>
    public sealed record OtherAccount : Verdict;

    /// <summary>Its sensor's filter does not exist, or accepts no packet.</summary>
    public sealed record FilterUnusable : Verdict;

    /// <summary>It has no tag, and the policy does not say how the hosts of a sensor are kept from being mirrored to themselves.</summary>
    public sealed record UndeclaredHosts : Verdict;

    /// <summary>Its tag names a sensor that does not exist or has no target.</summary>
    /// <param name="Wanted">The name in the tag.</param>
    public sealed record UnknownSensor(SensorName Wanted) : Verdict;

    /// <summary>No target of its sensor takes another source.</summary>
    public sealed record CapacityExhausted(SensorName Wanted) : Verdict;

    /// <summary>It, or the account, has as many sessions as EC2 allows.</summary>
    public sealed record SessionLimit : Verdict;

    /// <summary>EC2 does not know it.</summary>
    public sealed record Gone : Verdict;

    /// <summary>EC2's answers do not fit what young events, or its own refusal, say: it is asked again.</summary>
    public sealed record Unsettled : Verdict;

    /// <summary>What should have been done could not be done.</summary>
    public sealed record Failed(Refusal Refusal) : Verdict;

    /// <summary>The verdict's name in reports, logs and metrics.</summary>
    public string Name => this switch
    {
        Mirrored => "mirrored",
        OptedOut => "opted-out",
        Excluded => "excluded",
        Sensor => "sensor",
        NotRunning => "not-running",
        NotASource => "not-a-source",
        Unsupported => "unsupported",
        OtherAccount => "other-account",
        FilterUnusable => "filter-unusable",
        UndeclaredHosts => "undeclared-hosts",
        UnknownSensor => "unknown-sensor",
        CapacityExhausted => "capacity-exhausted",
        SessionLimit => "session-limit",
        Gone => "gone",
        Unsettled => "unsettled",
        Failed => "failed",
        _ => throw new UnreachableException(),
    };

    /// <summary>Whether somebody has to do something: an interface that should be
    /// mirrored is not, or a sensor sees nothing of it.</summary>
    public bool IsProblem => this is UnknownSensor or CapacityExhausted or SessionLimit or FilterUnusable or UndeclaredHosts or Failed
        or Mirrored { Shadowed: Shadow.Fully };
}

/// <summary>How much of an owned session's traffic a lower-numbered foreign session takes: a packet goes to one session only.</summary>
internal enum Shadow
{
    None,

    /// <summary>Some of it, or nobody can say.</summary>
    Partly,

    /// <summary>All of it: the sensor sees nothing.</summary>
    Fully,
}

/// <summary>The verdict on one interface, with the chain of reasons that led to it.</summary>
/// <param name="NetworkInterfaceId">The interface; null when an instance has none to show, or is gone.</param>
/// <param name="InstanceId">Its instance; null when it has none.</param>
/// <param name="Because">Why, in the order in which it was decided.</param>
internal sealed record InterfaceVerdict(
    Id<NetworkInterface>? NetworkInterfaceId,
    Id<Instance>? InstanceId,
    Verdict Verdict,
    IReadOnlyList<Reason> Because)
{
    /// <summary>Whether its packets reach a sensor, as far as anybody can say.</summary>
    public bool IsSeen =>
        Verdict is Verdict.Mirrored { Shadowed: not Shadow.Fully } && !Because.Any(reason => reason is Reason.SensorIsOut);

    /// <summary>Whether a sensor should see it, and does not.</summary>
    public bool IsUnseen => !IsSeen && (Verdict is Verdict.Mirrored or Verdict.Unsupported || Verdict.IsProblem);
}
