using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Reporting;

/// <summary>What a person has to act on: one problem for each cause, however many interfaces it affects, with its remedy.</summary>
internal static class VerdictProblems
{
    /// <summary>How many sources wait for each sensor, all of whose targets are full.</summary>
    public static IReadOnlyDictionary<SensorName, int> CountWaiting(IReadOnlyList<InterfaceVerdict> verdicts) =>
        new SortedDictionary<SensorName, int>(
            verdicts.Select(SensorWaitedFor).OfType<SensorName>().CountBy(sensor => sensor).ToDictionary());

    /// <summary>The problems that the final verdicts show.</summary>
    public static IEnumerable<Problem> Of(IReadOnlyList<InterfaceVerdict> verdicts, Configuration configuration)
    {
        foreach (var unknown in verdicts.Where(verdict => verdict.Verdict is Verdict.UnknownSensor)
            .GroupBy(verdict => ((Verdict.UnknownSensor)verdict.Verdict).Wanted).OrderBy(group => group.Key))
        {
            var sensor = unknown.Key;
            yield return Of(
                ProblemKind.UnknownSensor,
                unknown,
                $"{Interfaces(unknown.Count())} should be mirrored to the sensor {Words.Quote(sensor.Value)}, which has no target: "
                + $"put the id of its mirror target into {configuration.ParameterOf(sensor)}, or correct the tag "
                + $"{configuration.Policy.TagKey}.");
        }

        foreach (var (sensor, count) in CountWaiting(verdicts))
        {
            yield return Of(
                ProblemKind.CapacityExhausted,
                verdicts.Where(verdict => SensorWaitedFor(verdict) == sensor),
                $"{Interfaces(count)} wait for the sensor {Words.Quote(sensor.Value)}, whose targets are full: add a target to "
                + $"{configuration.ParameterOf(sensor)}, or put a load balancer in front of the sensor.");
        }

        if (verdicts.Where(verdict => verdict.Verdict is Verdict.UndeclaredHosts).ToList() is { Count: > 0 } undeclared)
        {
            yield return Of(
                ProblemKind.UndeclaredHosts,
                undeclared,
                $"{Interfaces(undeclared.Count)} without a tag get no session yet, since a sensor's own hosts may be among them "
                + $"and would be mirrored to themselves: tag the hosts {Ownership.SensorHostKey}, or exclude them, and say so in the "
                + $"field hosts of each such sensor in {ParameterSetReader.PolicyParameter(configuration.Prefix)}.");
        }

        if (verdicts.Where(verdict => verdict.Verdict is Verdict.SessionLimit).ToList() is { Count: > 0 } limited)
        {
            yield return Of(
                ProblemKind.SessionLimit,
                limited,
                $"{Interfaces(limited.Count)} cannot get a session, since EC2's limit of sessions on the interface or in the account is "
                    + $"reached: delete sessions "
                + "that others made, or have the quota raised.");
        }

        if (verdicts.Where(verdict => verdict.Verdict is Verdict.Mirrored { Shadowed: Shadow.Fully }).ToList() is { Count: > 0 } shadowed)
        {
            yield return Of(
                ProblemKind.Shadowed,
                shadowed,
                $"{Interfaces(shadowed.Count)} have a session that sees nothing, since a foreign session with a lower number takes every "
                    + $"packet: give that one a "
                + "higher number.");
        }

        if (OfUnsettled(verdicts) is { } contradicted)
            yield return contradicted;
    }

    /// <summary>What EC2 and young events do not agree on; null when there is nothing.</summary>
    private static Problem? OfUnsettled(IReadOnlyList<InterfaceVerdict> verdicts)
    {
        var unsettled = verdicts.Where(verdict => verdict.Verdict is Verdict.Unsettled).ToList();
        return unsettled.Count == 0 ? null : Of(
            ProblemKind.Unsettled,
            unsettled,
            $"EC2's answers do not fit together yet for {Interfaces(unsettled.Count)}, and nothing was changed there. "
                + $"{unsettled[0].NetworkInterfaceId?.Value ?? unsettled[0].InstanceId?.Value}: {ReasonText.Of(unsettled[0].Because[^1])}. "
                + "It is tried again; two minutes after the event, EC2's answer is believed.");
    }

    private static Problem Of(ProblemKind kind, IEnumerable<InterfaceVerdict> verdicts, string message) =>
        new Problem(kind, message).About(verdicts.Select(verdict => verdict.NetworkInterfaceId));

    // Also one that waits to move while it is still mirrored to the target that it has.
    private static SensorName? SensorWaitedFor(InterfaceVerdict verdict) =>
        verdict.Because.Select(reason => reason switch
        {
            Reason.AllTargetsFull { Sensor: var sensor } => sensor,
            Reason.NoRoomToMove { Sensor: var sensor } => sensor,
            _ => (SensorName?)null,
        }).FirstOrDefault(sensor => sensor is not null);

    private static string Interfaces(int count) => count == 1 ? "1 interface" : $"{count} interfaces";
}
