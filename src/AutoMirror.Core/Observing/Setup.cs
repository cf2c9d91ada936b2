using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Core.Observing;

/// <summary>The configuration, and what EC2 says of the mirror targets: read together, kept together for a short while.</summary>
/// <param name="Prefix">Where in Parameter Store it is from, such as <c>/automirror</c>.</param>
/// <param name="Configuration">What Parameter Store says.</param>
/// <param name="Targets">Every mirror target that the account can see.</param>
/// <param name="ReadAt">When it was read.</param>
public sealed record Setup(
    string Prefix,
    Configuration Configuration,
    IReadOnlyDictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget> Targets,
    DateTimeOffset ReadAt)
{
    /// <summary>What operators decided.</summary>
    public Policy Policy => Configuration.Policy;

    /// <summary>The parameter that holds a sensor's targets. A name from a tag that no parameter can have is not repeated: it may be anything.</summary>
    public string ParameterOf(SensorName sensor) => sensor.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.')
        ? $"{Prefix}/targets/{sensor.Value}"
        : $"{Prefix}/targets/…";
}
