using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Core.Applying;

/// <summary>What became of one planned change.</summary>
public abstract record Outcome
{
    private Outcome()
    {
    }

    /// <summary>The verdict of a second look, which replaces the plan's; null where the first look was enough.</summary>
    public InterfaceVerdict? Revised { get; init; }

    /// <summary>A session would have been made: a plan that is not carried out.</summary>
    /// <param name="Settings">As it would have been asked for.</param>
    public sealed record WouldCreate(SessionSettings Settings) : Outcome;

    /// <summary>A session was made.</summary>
    /// <param name="Session">The session as EC2 answered it.</param>
    /// <param name="Settings">As it was asked for.</param>
    public sealed record Created(TrafficMirrorSession Session, SessionSettings Settings) : Outcome;

    /// <summary>A session was changed in place.</summary>
    /// <param name="Session">The session as it was.</param>
    /// <param name="Settings">As it was asked for.</param>
    /// <param name="Difference">What was changed.</param>
    public sealed record Modified(TrafficMirrorSession Session, SessionSettings Settings, SessionDifference Difference) : Outcome;

    /// <summary>A session was deleted, or was gone already.</summary>
    /// <param name="Session">The session as it was.</param>
    public sealed record Deleted(TrafficMirrorSession Session) : Outcome;

    /// <summary>EC2 had changed since the inventory was read, and a second look found nothing left to do.</summary>
    public sealed record FoundSettled : Outcome;

    /// <summary>EC2 refused for good: this is the verdict, and a retry would be for nothing.</summary>
    /// <param name="Verdict">What follows.</param>
    public sealed record Refused(InterfaceVerdict Verdict) : Outcome;

    /// <summary>It failed in a way that a retry, a person or an alarm must see.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Failed(Refusal Refusal) : Outcome;

    /// <summary>No time was left to start it.</summary>
    public sealed record Postponed : Outcome;
}

/// <summary>A change with what became of it.</summary>
/// <param name="Change">What was planned.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record AppliedChange(Change Change, Outcome Outcome);
