using AutoMirror.Core.Model;

namespace AutoMirror.Core.Policies;

/// <summary>What is special about one sensor. What is null falls back to the policy's own field.</summary>
internal sealed record SensorProfile
{
    /// <summary>Its own filter; null for the shared one.</summary>
    public Id<TrafficMirrorFilter>? FilterId { get; init; }

    public PacketLength? PacketLength { get; init; }
    public SessionNumber? SessionNumber { get; init; }
    public VirtualNetworks? VirtualNetworkId { get; init; }

    /// <summary>How the hosts behind its load balancer are kept out; null where the policy does not say.</summary>
    public HostRule? Hosts { get; init; }

    /// <summary>VPCs and subnets in which a plain <c>Mirror=true</c> goes to this sensor.</summary>
    public IReadOnlyList<Id<Vpc>> DefaultForVpcs { get; init; } = [];
    public IReadOnlyList<Id<Subnet>> DefaultForSubnets { get; init; } = [];
}

/// <summary>How the hosts of a sensor behind a load balancer are kept from being mirrored to themselves.</summary>
internal enum HostRule
{
    /// <summary>They carry the tag <c>automirror:sensor-host</c>.</summary>
    Tagged,

    /// <summary>The policy's exclusions cover them.</summary>
    Excluded,
}

/// <summary>How the sessions to one sensor are made.</summary>
internal sealed record SessionRules(
    Id<TrafficMirrorFilter> FilterId, SessionNumber SessionNumber, PacketLength? PacketLength, VirtualNetworks VirtualNetworkId);
