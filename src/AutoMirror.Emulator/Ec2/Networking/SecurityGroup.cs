using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A security group.</summary>
public sealed record SecurityGroup : Resource
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its description.</summary>
    public required string Description { get; init; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>What may come in.</summary>
    public IReadOnlyList<Permission> Ingress { get; init; } = [];

    /// <summary>What may go out.</summary>
    public IReadOnlyList<Permission> Egress { get; init; } = [];
}

/// <summary>One rule of a security group: a protocol ("-1" is all), ports, and one peer: a range or a group.</summary>
public sealed record Permission(
    string Protocol, int? FromPort, int? ToPort, string? CidrIp, string? CidrIpv6 = null, string? GroupId = null,
        string? Description = null);
