using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;

namespace AutoMirror.Core.Planning;

/// <summary>Something that a person should act on.</summary>
/// <param name="Kind">What it is, for metrics and alarms.</param>
/// <param name="Message">What is wrong, where, and what to do.</param>
internal sealed record Problem(ProblemKind Kind, string Message)
{
    /// <summary>The most network interfaces that a problem names: one line of the log holds them.</summary>
    public const int MostNamed = 10;

    /// <summary>Network interfaces that it is about, the first <see cref="MostNamed"/> by id; none where it is about something
    /// else.</summary>
    public IReadOnlyList<string> NetworkInterfaceIds { get; private init; } = [];

    /// <summary>The same problem, with interfaces that it is about. An instance of which no interface is known counts for none.</summary>
    public Problem About(IEnumerable<Id<NetworkInterface>?> networkInterfaces) => this with
    {
        NetworkInterfaceIds =
        [
            .. networkInterfaces.Select(id => id?.Value).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(MostNamed),
        ],
    };

    /// <summary>The request asked for more deletes than the limits, where a request may not.</summary>
    public static Problem OfDenied { get; } = new(
        ProblemKind.AllowDeletesDenied,
        "The request asks for allowDeletes, which this deployment does not permit: it ran within the policy's limits. Run it with "
            + "\"automirror invoke\" and your own permissions, or set AUTOMIRROR_ALLOW_DELETES=true by the template's AllowDeletes.");

    /// <summary>The problems that gaps in an inventory are.</summary>
    public static IEnumerable<Problem> OfGaps(IEnumerable<Gap> gaps) => gaps.Select(gap =>
        new Problem(ProblemKind.Incomplete, $"{gap.Action} could not be read ({gap.Why}): nothing is deleted until it can."));
}

/// <summary>The kinds of problems.</summary>
internal enum ProblemKind
{
    UnknownSensor,
    TargetGone,
    SensorGone,
    SensorStopped,
    FilterUnusable,
    UndeclaredHosts,
    VirtualNetworkShared,
    CapacityExhausted,
    SessionLimit,
    Shadowed,
    BlastRadius,
    AllowDeletesDenied,
    Incomplete,
    Unsettled,
    Failed,
    BrokenPlan,
}
