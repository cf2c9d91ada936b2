using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>What Parameter Store says, and what EC2 knows of the mirror targets: read together, kept together for a short while.</summary>
/// <param name="Prefix">The path of the parameters, such as <c>/automirror</c>.</param>
/// <param name="Targets">Every mirror target that the account can see.</param>
/// <param name="ReadAt">When the first of it was read.</param>
internal sealed record Configuration(
    string Prefix,
    ParameterSet Parameters,
    IReadOnlyDictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget> Targets,
    DateTimeOffset ReadAt)
{
    /// <summary>Who is mirrored, and how.</summary>
    public Policy Policy => Parameters.Policy;

    /// <summary>The targets that sensors have, by parameter or by their own tag, in the order of their ids.</summary>
    public IEnumerable<TrafficMirrorTarget> UsedTargets =>
        Targets.Values.Where(target => SensorsOf(target).Any()).OrderBy(target => target.Id);

    /// <summary>The sensors that a target belongs to.</summary>
    public IEnumerable<SensorName> SensorsOf(TrafficMirrorTarget target) =>
        Parameters.Sensors.Where(sensor => sensor.Value.Contains(target.Id)).Select(sensor => sensor.Key)
            .Concat(TaggedFor(target) is { } tagged ? [tagged] : []).Distinct();

    /// <summary>Whether a sensor of a target has another target too, so that there is a choice.</summary>
    public bool IsOneOfSeveral(TrafficMirrorTarget target) =>
        SensorsOf(target).Any(sensor => Targets.Values.Any(other => other.Id != target.Id && SensorsOf(other).Contains(sensor)));

    /// <summary>The sensor that a target joins by its own tag; null where the policy does not read it, or there is none.</summary>
    public SensorName? TaggedFor(TrafficMirrorTarget target) =>
        Policy.SensorTags && target.Tags[Ownership.SensorKey] is { Length: > 0 } name ? new SensorName(name) : null;

    /// <summary>Whose sessions are whose, under this configuration.</summary>
    public SessionOwner OwnerFor(Deployment deployment) =>
        new(
            deployment, Parameters.Filters.ToHashSet(),
            UsedTargets.Select(target => target.Id).Concat(Parameters.Sensors.Values.SelectMany(ids => ids)).ToHashSet());

    /// <summary>The parameter that holds a sensor's targets. A name that no parameter can have
    /// came from a tag, may be anything, and is not repeated.</summary>
    public string ParameterOf(SensorName sensor) => ParameterSetReader.TargetsParameter(
        Prefix, sensor.Value.All(each => char.IsAsciiLetterOrDigit(each) || each is '_' or '-' or '.') ? sensor.Value : "…");
}
