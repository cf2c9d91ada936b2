using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror target, with one of its three destinations.</summary>
public sealed record TrafficMirrorTarget : Resource
{
    /// <summary>A network interface.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>A Network Load Balancer.</summary>
    public string? NetworkLoadBalancerArn { get; init; }

    /// <summary>A Gateway Load Balancer endpoint.</summary>
    public string? GatewayLoadBalancerEndpointId { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary>What kind of destination it is, as the API names it.</summary>
    public string Type => this switch
    {
        { NetworkInterfaceId: not null } => "network-interface",
        { NetworkLoadBalancerArn: not null } => "network-load-balancer",
        _ => "gateway-load-balancer-endpoint",
    };
}
