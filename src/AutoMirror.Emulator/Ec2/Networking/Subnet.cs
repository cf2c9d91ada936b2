using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A subnet.</summary>
public sealed record Subnet : Resource
{
    public required string VpcId { get; init; }

    /// <summary>The account that it belongs to: this account, or the one that shares it.</summary>
    public required string OwnerId { get; init; }

    public required Zone Zone { get; init; }

    /// <summary>The IPv4 range; null for an IPv6-only subnet.</summary>
    public string? CidrBlock { get; init; }

    /// <summary>The IPv6 range; null when the subnet has none.</summary>
    public string? Ipv6CidrBlock { get; init; }

    /// <summary>Whether it is IPv6-only.</summary>
    public bool Ipv6Native { get; init; }

    /// <summary>Whether it is the default subnet of its zone.</summary>
    public bool DefaultForAz { get; init; }

    /// <summary>Whether instances get a public IPv4 address unless they say otherwise.</summary>
    public bool MapPublicIpOnLaunch { get; init; }

    internal string? Ipv6CidrAssociationId => Ipv6CidrBlock is null
        ? null
        : Id.Replace("subnet-", "subnet-cidr-assoc-", StringComparison.Ordinal);

    /// <summary>The ARN, which names the owner.</summary>
    internal string ArnIn(Cloud cloud) => cloud.Arn("ec2", $"subnet/{Id}", OwnerId);
}
