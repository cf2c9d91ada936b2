using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A network ACL.</summary>
public sealed record NetworkAcl : Resource
{
    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Whether it is the VPC's default.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The subnets that it guards, by the association's id.</summary>
    public IReadOnlyDictionary<string, string> SubnetsByAssociation { get; init; } = new Dictionary<string, string>();

    /// <summary>Its entries.</summary>
    public IReadOnlyList<NetworkAclEntry> Entries { get; init; } = [];
}

/// <summary>An entry of a network ACL.</summary>
public sealed record NetworkAclEntry(
    int RuleNumber, string Protocol, bool Allow, bool Egress, string CidrBlock, (int From, int To)? Ports = null);
