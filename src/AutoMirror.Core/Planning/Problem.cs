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
    UnknownSensor,
    TargetGone,
    CapacityExhausted,
    SessionLimit,
    Shadowed,
    BlastRadius,
    Incomplete,
    Unsettled,
    Failed,
    BrokenPlan,
}
