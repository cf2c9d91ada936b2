namespace AutoMirror.Emulator.Ec2.Sharing;

/// <summary>A subnet that another account shares with this one.</summary>
public sealed record SharedSubnet
{
    /// <summary>The owner's account, 12 digits.</summary>
    public required string OwnerId { get; init; }

    /// <summary>A VPC of the owner's of which a subnet is shared already; null for another one.</summary>
    public string? VpcId { get; init; }

    /// <summary>The IPv4 range of another VPC.</summary>
    public string VpcCidrBlock { get; init; } = "10.200.0.0/16";

    public string CidrBlock { get; init; } = "10.200.0.0/24";

    /// <summary>The zone by name or id; null for the first.</summary>
    public string? Zone { get; init; }
}
