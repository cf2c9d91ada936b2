using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What Parameter Store says: the policy, the shared filter and the sensors.</summary>
/// <param name="Sensors">The targets of each sensor, its pool; a pool may be empty.</param>
internal sealed record ParameterSet(
    Policy Policy,
    Id<TrafficMirrorFilter> FilterId,
    IReadOnlyDictionary<SensorName, IReadOnlyList<Id<TrafficMirrorTarget>>> Sensors)
{
    /// <summary>The shared filter and those of single sensors.</summary>
    public IEnumerable<Id<TrafficMirrorFilter>> Filters =>
        Policy.Sensors.Values.Select(profile => profile.FilterId).OfType<Id<TrafficMirrorFilter>>().Append(FilterId).Distinct().Order();

    /// <summary>How the sessions to a sensor are made.</summary>
    public SessionRules RulesFor(SensorName sensor)
    {
        var profile = Policy.Sensors.GetValueOrDefault(sensor);
        return new(
            profile?.FilterId ?? FilterId,
            profile?.SessionNumber ?? Policy.SessionNumber,
            profile?.PacketLength ?? Policy.PacketLength,
            profile?.VirtualNetworkId ?? Policy.VirtualNetworkId);
    }

    /// <summary>The sensor of a plain opt-in: that of the subnet, else that of the VPC, else the default one.</summary>
    public SensorName DefaultIn(Id<Vpc>? vpc, Id<Subnet>? subnet)
    {
        foreach (var (name, profile) in Policy.Sensors)
        {
            if (subnet is { } place && profile.DefaultForSubnets.Contains(place))
                return name;
        }

        foreach (var (name, profile) in Policy.Sensors)
        {
            if (vpc is { } place && profile.DefaultForVpcs.Contains(place))
                return name;
        }

        return SensorName.Default;
    }
}
