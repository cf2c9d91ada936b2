using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A subnet.</summary>
public sealed record Subnet : Resource
{
    /// <summary>The VPC that it is part of.</summary>
    public required string VpcId { get; init; }

    /// <summary>The zone that it lies in.</summary>
    public required Zone Zone { get; init; }

    /// <summary>Its IPv4 range; null when it is IPv6-only.</summary>
    public string? CidrBlock { get; init; }

    /// <summary>Its IPv6 range, where it has one.</summary>
    public string? Ipv6CidrBlock { get; init; }

    /// <summary>Whether it is IPv6-only.</summary>
    public bool Ipv6Native { get; init; }

    /// <summary>Whether it is its zone's default subnet.</summary>
    public bool DefaultForAz { get; init; }

    internal string? Ipv6CidrAssociationId => Ipv6CidrBlock is null ? null
        : Id.Replace("subnet-", "subnet-cidr-assoc-", StringComparison.Ordinal);

    /// <summary>Whether instances get a public IPv4 address unless they say otherwise.</summary>
    public bool MapPublicIpOnLaunch { get; init; }
}
