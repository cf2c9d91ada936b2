using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror target. Exactly one of its three destinations is not null.</summary>
public sealed record TrafficMirrorTarget : Resource
{
    public string? NetworkInterfaceId { get; init; }

    public string? NetworkLoadBalancerArn { get; init; }

    public string? GatewayLoadBalancerEndpointId { get; init; }

    public string? Description { get; init; }

    /// <summary>The account that shares it; null for this account's own.</summary>
    public string? OwnerId { get; init; }

    /// <summary>The kind of destination, as the API names it.</summary>
    public string Type => this switch
    {
        { NetworkInterfaceId: not null } => "network-interface",
        { NetworkLoadBalancerArn: not null } => "network-load-balancer",
        _ => "gateway-load-balancer-endpoint",
    };

    /// <summary>The interfaces of the load balancer's nodes when the target was created: later ones get no copies.</summary>
    internal IReadOnlyList<string> Nodes { get; init; } = [];

    internal string Destination => NetworkInterfaceId ?? NetworkLoadBalancerArn ?? GatewayLoadBalancerEndpointId!;
}
