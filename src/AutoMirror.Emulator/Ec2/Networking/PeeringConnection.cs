using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A peering connection between two VPCs of the account.</summary>
public sealed record PeeringConnection : Resource
{
    public required string RequesterVpcId { get; init; }

    public required string AccepterVpcId { get; init; }

    public required string RequesterCidrBlock { get; init; }

    public required string AccepterCidrBlock { get; init; }

    /// <summary><c>pending-acceptance</c>, <c>active</c>, <c>failed</c> or <c>deleted</c>.</summary>
    public required string StatusCode { get; init; }

    public required string StatusMessage { get; init; }

    /// <summary>When a request that nobody accepts expires.</summary>
    public required DateTimeOffset ExpirationTime { get; init; }

    /// <summary>Whether traffic passes between two VPCs, in either direction.</summary>
    internal bool Connects(string vpcId, string otherVpcId) => StatusCode == "active"
        && ((RequesterVpcId == vpcId && AccepterVpcId == otherVpcId) || (RequesterVpcId == otherVpcId && AccepterVpcId == vpcId));
}
