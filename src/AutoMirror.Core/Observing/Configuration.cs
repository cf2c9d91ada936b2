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

    /// <summary>The parameter that holds a sensor's targets. A name that no parameter can have
    /// came from a tag, may be anything, and is not repeated.</summary>
    public string ParameterOf(SensorName sensor) => ParameterSetReader.TargetsParameter(
        Prefix, sensor.Value.All(each => char.IsAsciiLetterOrDigit(each) || each is '_' or '-' or '.') ? sensor.Value : "…");
}
