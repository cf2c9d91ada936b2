using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>Something that a person should act on.</summary>
/// <param name="Kind">What it is, for metrics and alarms.</param>
/// <param name="Message">What is wrong, where, and what to do.</param>
internal sealed record Problem(ProblemKind Kind, string Message)
{
    /// <summary>The problems that gaps in an inventory are.</summary>
    public static IEnumerable<Problem> OfGaps(IEnumerable<Gap> gaps) => gaps.Select(gap =>
        new Problem(ProblemKind.Incomplete, $"{gap.Action} could not be read ({gap.Why}): nothing is deleted until it can."));
}

/// <summary>The kinds of problems.</summary>
internal enum ProblemKind
{
    /// <summary>A tag names a sensor that does not exist or has no target.</summary>
    UnknownSensor,

    /// <summary>A target in a sensor's pool does not exist in EC2.</summary>
    TargetGone,

    /// <summary>Sources wait since every target of their sensor is full.</summary>
    CapacityExhausted,

    /// <summary>An interface, or the account, has as many sessions as EC2 allows.</summary>
    SessionLimit,

    /// <summary>A foreign session takes all packets of an owned one.</summary>
    Shadowed,

    /// <summary>More deletes and target changes than the policy's limits let through.</summary>
    BlastRadius,

    /// <summary>Something could not be read.</summary>
    Incomplete,

    /// <summary>A change could not be carried out.</summary>
    Failed,

    /// <summary>A plan broke an invariant: a bug in AutoMirror.</summary>
    BrokenPlan,
}
