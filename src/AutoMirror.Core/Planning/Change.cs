using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>One thing to be done in EC2.</summary>
internal abstract record Change
{
    private Change() { }

    public abstract Id<NetworkInterface> NetworkInterfaceId { get; }

    /// <summary>Why, as far as the blast radius is concerned.</summary>
    public required ChangeCause Cause { get; init; }

    /// <summary>Whether the blast radius counts it: a delete or target change that a tag, the policy or a parameter caused.</summary>
    public bool CountsAgainstLimits => Cause == ChangeCause.Decision && this is Delete or Modify { Difference.TargetId: not null };

    /// <summary>Make a session.</summary>
    /// <param name="Settings">How it should be.</param>
    /// <param name="NextTargets">Where it goes instead, in order, when EC2 says that the target is full.</param>
    public sealed record Create(SessionSettings Settings, IReadOnlyList<Id<TrafficMirrorTarget>> NextTargets) : Change
    {
        public override Id<NetworkInterface> NetworkInterfaceId => Settings.NetworkInterfaceId;
    }

    /// <summary>Change an owned session in place, so that no packet is missed in between.</summary>
    /// <param name="Settings">How it should be.</param>
    /// <param name="NextTargets">Where it goes instead, in order, when EC2 says that the new target is full.</param>
    public sealed record Modify(
        TrafficMirrorSession Session,
        SessionSettings Settings,
        SessionDifference Difference,
        IReadOnlyList<Id<TrafficMirrorTarget>> NextTargets) : Change
    {
        public override Id<NetworkInterface> NetworkInterfaceId => Session.NetworkInterfaceId;
    }

    /// <summary>Delete an owned session.</summary>
    public sealed record Delete(TrafficMirrorSession Session) : Change
    {
        public override Id<NetworkInterface> NetworkInterfaceId => Session.NetworkInterfaceId;
    }
}

/// <summary>What lies behind a change.</summary>
internal enum ChangeCause
{
    /// <summary>The source itself: it came, stopped, terminated, was detached, or its session had drifted.</summary>
    Source,

    /// <summary>A tag, the policy or a parameter: somebody's decision, which may be a slip.</summary>
    Decision,
}
