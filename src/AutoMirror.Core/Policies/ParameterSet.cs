using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What Parameter Store says: the policy, the shared filter and the sensors.</summary>
/// <param name="Sensors">The targets of each sensor, its pool; a pool may be empty.</param>
internal sealed record ParameterSet(
    Policy Policy,
    Id<TrafficMirrorFilter> FilterId,
    IReadOnlyDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>> Sensors);
