using AutoMirror.Core.Observing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Planning;

/// <summary>What of a plan a person should see to: one problem a cause, however many interfaces it touches, each with what to do.</summary>
internal static class PlanProblems
{
    /// <summary>Gives every verdict of exhausted capacity the number of sources that wait for the same sensor.</summary>
    public static IReadOnlyList<InterfaceVerdict> CountWaiting(IReadOnlyList<InterfaceVerdict> verdicts)
    {
        var waiting = verdicts.Select(verdict => verdict.Verdict).OfType<Verdict.CapacityExhausted>().CountBy(verdict => verdict.Wanted).ToDictionary();
        return waiting.Count == 0 ? verdicts :
        [
            .. verdicts.Select(verdict => verdict.Verdict is not Verdict.CapacityExhausted { Wanted: var sensor } ? verdict : verdict with
            {
                Because = [.. verdict.Because.Select(reason => reason is Reason.AllTargetsFull full ? full with { Waiting = waiting[sensor] } : reason)],
            }),
        ];
    }

    /// <summary>The problems that the verdicts and the inventory show.</summary>
    public static IReadOnlyList<Problem> Of(IReadOnlyList<InterfaceVerdict> verdicts, Sensors sensors, Setup setup, Inventory inventory) =>
    [
        .. inventory.Gaps.Select(gap => new Problem(ProblemKind.Incomplete, $"{gap.What} could not be read ({gap.Why}): nothing is deleted until it can.")),
        .. GoneTargets(sensors, setup),
        .. Of(verdicts, setup),
    ];

    /// <summary>The problems that verdicts show.</summary>
    public static IEnumerable<Problem> Of(IReadOnlyList<InterfaceVerdict> verdicts, Setup setup)
    {
        foreach (var (sensor, count) in verdicts.Select(verdict => verdict.Verdict).OfType<Verdict.UnknownSensor>().CountBy(verdict => verdict.Wanted).OrderBy(entry => entry.Key))
        {
            yield return new(
                ProblemKind.UnknownSensor,
                $"{Interfaces(count)} shall be mirrored to the sensor {ConfigurationError.Quote(sensor.Value)}, which has no target: put the id of its mirror target into {setup.ParameterOf(sensor)}, or correct the tag {setup.Policy.TagKey}.");
        }

        // Also those that wait while they are still mirrored to the target that they had.
        foreach (var (sensor, count) in verdicts.SelectMany(verdict => verdict.Because.OfType<Reason.AllTargetsFull>()).CountBy(full => full.Sensor).OrderBy(entry => entry.Key))
        {
            yield return new(
                ProblemKind.CapacityExhausted,
                $"{Interfaces(count)} wait for the sensor {ConfigurationError.Quote(sensor.Value)}, whose targets are full: add a target to {setup.ParameterOf(sensor)}, or put a load balancer in front of the sensor.");
        }

        if (verdicts.Count(verdict => verdict.Verdict is Verdict.SessionLimit) is > 0 and var limited)
        {
            yield return new(
                ProblemKind.SessionLimit,
                $"{Interfaces(limited)} cannot get a session, since EC2's limit of sessions on the interface or in the account is reached: delete sessions that others made, or have the quota raised.");
        }

        if (verdicts.Count(verdict => verdict.Verdict is Verdict.Mirrored { Shadowed: Shadow.Fully }) is > 0 and var shadowed)
        {
            yield return new(
                ProblemKind.Shadowed,
                $"{Interfaces(shadowed)} have a session that sees nothing, since a foreign session with a lower number takes every packet: give that one a higher number.");
        }
    }

    internal static string Interfaces(int count) => count == 1 ? "1 interface" : $"{count} interfaces";

    private static IEnumerable<Problem> GoneTargets(Sensors sensors, Setup setup) =>
        from sensor in sensors.All
        from target in sensor.Pool.Gone
        select new Problem(
            ProblemKind.TargetGone,
            $"The target {target} of the sensor {ConfigurationError.Quote(sensor.Name.Value)} does not exist in EC2: correct {setup.ParameterOf(sensor.Name)}. Sessions that still point to it stay as they are.");
}
