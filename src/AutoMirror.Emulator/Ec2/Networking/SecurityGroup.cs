using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A security group.</summary>
public sealed record SecurityGroup : Resource
{
    public required string Name { get; init; }

    public required string Description { get; init; }

    public required string VpcId { get; init; }

    /// <summary>The account that it belongs to: this account, or a participant in one of its VPCs.</summary>
    public required string OwnerId { get; init; }

    /// <summary>What may come in.</summary>
    public IReadOnlyList<Permission> Ingress { get; init; } = [];

    /// <summary>What may go out.</summary>
    public IReadOnlyList<Permission> Egress { get; init; } = [];
}
