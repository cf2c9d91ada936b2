using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A VPC.</summary>
public sealed record Vpc : Resource
{
    /// <summary>The account that it belongs to: this account, or the one that shares it.</summary>
    public required string OwnerId { get; init; }

    /// <summary>The primary IPv4 range, a /16 to a /28.</summary>
    public required string CidrBlock { get; init; }

    /// <summary>The IPv6 range, a /56; null when the VPC has none.</summary>
    public string? Ipv6CidrBlock { get; init; }

    /// <summary>Whether it is the Region's default VPC.</summary>
    public bool IsDefault { get; init; }

    /// <summary>What instances run on unless they say otherwise: <c>default</c> or <c>dedicated</c>.</summary>
    public string InstanceTenancy { get; init; } = "default";

    internal string CidrAssociationId => Id.Replace("vpc-", "vpc-cidr-assoc-", StringComparison.Ordinal);

    internal string? Ipv6CidrAssociationId => Ipv6CidrBlock is null
        ? null
        : Id.Replace("vpc-0", "vpc-cidr-assoc-6", StringComparison.Ordinal);
}
