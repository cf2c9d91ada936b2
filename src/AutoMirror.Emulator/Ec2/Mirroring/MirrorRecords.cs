using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror filter; its rules are resources of their own.</summary>
public sealed record TrafficMirrorFilter : Resource
{
    /// <summary>Its description.</summary>
    public string? Description { get; init; }

    /// <summary>The network services let through, which can only be <c>amazon-dns</c>.</summary>
    public IReadOnlyList<string> NetworkServices { get; init; } = [];
}

/// <summary>A rule of a traffic mirror filter.</summary>
public sealed record TrafficMirrorFilterRule : Resource
{
    /// <summary>Its filter.</summary>
    public required string FilterId { get; init; }

    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Its place among the rules of its direction.</summary>
    public required int RuleNumber { get; init; }

    /// <summary><c>accept</c> or <c>reject</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The IANA protocol number; null is all.</summary>
    public int? Protocol { get; init; }

    /// <summary>Where packets come from.</summary>
    public required string SourceCidrBlock { get; init; }

    /// <summary>Where packets go.</summary>
    public required string DestinationCidrBlock { get; init; }

    /// <summary>Source ports.</summary>
    public PortRange? SourcePorts { get; init; }

    /// <summary>Destination ports.</summary>
    public PortRange? DestinationPorts { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }
}

/// <summary>A range of ports.</summary>
public sealed record PortRange(int? From, int? To);

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

/// <summary>A traffic mirror session.</summary>
public sealed record TrafficMirrorSession : Resource
{
    /// <summary>Its source.</summary>
    public required string NetworkInterfaceId { get; init; }

    /// <summary>Its target.</summary>
    public required string TargetId { get; init; }

    /// <summary>Its filter.</summary>
    public required string FilterId { get; init; }

    /// <summary>Its turn among the sessions of its source, the lowest first.</summary>
    public required int SessionNumber { get; init; }

    /// <summary>Its VXLAN network identifier.</summary>
    public required int VirtualNetworkId { get; init; }

    /// <summary>How much of each packet is mirrored; null is all of it.</summary>
    public int? PacketLength { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }
}

/// <summary>What a new session should be, or what should change in one: null leaves it to EC2, or as it is.</summary>
public sealed record SessionRequest
{
    /// <summary>The source; only for a new session.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The target.</summary>
    public string? TargetId { get; init; }

    /// <summary>The filter.</summary>
    public string? FilterId { get; init; }

    /// <summary>The session number.</summary>
    public int? SessionNumber { get; init; }

    /// <summary>The VXLAN network identifier.</summary>
    public int? VirtualNetworkId { get; init; }

    /// <summary>The packet length.</summary>
    public int? PacketLength { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>The tags; only for a new session.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
