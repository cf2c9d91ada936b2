using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.LoadBalancing;

/// <summary>A Network or Gateway Load Balancer. Its id is its ARN.</summary>
public sealed record LoadBalancer : Resource
{
    internal const string CrossZone = "load_balancing.cross_zone.enabled";

    public required string Name { get; init; }

    /// <summary><c>network</c> or <c>gateway</c>.</summary>
    public required string Type { get; init; }

    /// <summary><c>internal</c> or <c>internet-facing</c>; null for a Gateway Load Balancer.</summary>
    public string? Scheme { get; init; }

    public required string VpcId { get; init; }

    /// <summary>Its nodes, one in each zone that is enabled.</summary>
    public required IReadOnlyList<LoadBalancerNode> Nodes { get; init; }

    /// <summary>The ids of its security groups; a Network Load Balancer that was made without any never gets one.</summary>
    public IReadOnlyList<string> SecurityGroups { get; init; } = [];

    public required DateTimeOffset CreatedTime { get; init; }

    /// <summary>Attributes by key, those that were never set included.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>Whether a node sends to members in every zone, not in its own alone.</summary>
    public bool IsCrossZone => Attributes.GetValueOrDefault(CrossZone) == "true";

    /// <summary>What stands at the end of its ARN: <c>net/name/0123456789abcdef</c>.</summary>
    internal string Path => Id[(Id.IndexOf(":loadbalancer/", StringComparison.Ordinal) + ":loadbalancer/".Length)..];
}

/// <summary>A node of a load balancer.</summary>
public sealed record LoadBalancerNode(Zone Zone, string SubnetId, string NetworkInterfaceId);
