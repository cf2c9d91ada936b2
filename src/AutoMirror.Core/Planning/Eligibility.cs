using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>Whether an interface should be mirrored, and if not, what becomes of the sessions that it has.</summary>
internal abstract record Eligibility
{
    private Eligibility() { }

    /// <summary>Why, in the order in which it was decided.</summary>
    public required IReadOnlyList<Reason> Because { get; init; }

    /// <summary>It should be mirrored to a sensor, for ever or until a time.</summary>
    public sealed record Wanted(SensorName Sensor, SensorPool Pool, SessionEnd? End) : Eligibility;

    /// <summary>It should not be mirrored, or cannot be.</summary>
    public sealed record Unwanted(Verdict Verdict, SessionFate Fate) : Eligibility;
}

/// <summary>What becomes of owned sessions on an interface that is not to be mirrored.</summary>
internal enum SessionFate
{
    Keep,
    /// <summary>They are deleted, since their source has stopped, terminated or is unattached.</summary>
    DeleteWithSource,
    /// <summary>They are deleted, since a tag, the policy or a parameter says so.</summary>
    DeleteByDecision,
}
