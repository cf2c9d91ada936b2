using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Applying;

/// <summary>What became of one change.</summary>
internal abstract record Outcome
{
    private Outcome() { }

    /// <summary>The verdict of a second look, which replaces the plan's; null where the first look was enough.</summary>
    public InterfaceVerdict? Revised { get; init; }

    /// <summary>It was only planned: a dry run, or the policy's mode <c>observe</c>.</summary>
    public sealed record Planned : Outcome;

    /// <param name="Session">The session: a new one as EC2 answered it, any other as it was before.</param>
    public sealed record Done(TrafficMirrorSession Session) : Outcome;

    /// <summary>EC2 had changed since the inventory was read, and a second look found nothing left to do.</summary>
    public sealed record Settled : Outcome;

    /// <summary>EC2 refused for good. This is the verdict; a retry would change nothing.</summary>
    public sealed record Refused(InterfaceVerdict Verdict) : Outcome;

    /// <summary>EC2 says that the source does not exist, which it showed a moment ago: it has to be looked at again.</summary>
    public sealed record Unsettled(Refusal Refusal) : Outcome;

    /// <summary>It failed in a way that a retry, a person or an alarm must see.</summary>
    public sealed record Failed(Refusal Refusal) : Outcome;

    /// <summary>No time was left to start it.</summary>
    public sealed record Postponed : Outcome;

    /// <summary>Whether EC2 refused the source because every target of its sensor is full.</summary>
    public bool IsForLackOfRoom => this is Refused { Verdict.Verdict: Verdict.CapacityExhausted };
}

/// <summary>A change with what became of it.</summary>
/// <param name="Change">What was done, where that differs from the plan; otherwise what was planned.</param>
internal sealed record AppliedChange(Change Change, Outcome Outcome)
{
    /// <summary>Whether a session left its target, and so freed a place there.</summary>
    public bool HasMoved => Outcome is Outcome.Done && Change is Change.Modify { Difference.TargetId: not null };
}
