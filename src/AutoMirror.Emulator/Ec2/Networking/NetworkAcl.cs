using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A network ACL.</summary>
public sealed record NetworkAcl : Resource
{
    public required string VpcId { get; init; }

    public required string OwnerId { get; init; }

    /// <summary>Whether it guards the subnets of its VPC that no other ACL is associated with.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The ids of the subnets that it guards, by the id of the association.</summary>
    public IReadOnlyDictionary<string, string> SubnetsByAssociation { get; init; } = new Dictionary<string, string>();

    public IReadOnlyList<NetworkAclEntry> Entries { get; init; } = [];
}

/// <summary>An entry of a network ACL. The protocol is an IANA number as text, or "-1" for all.</summary>
public sealed record NetworkAclEntry(
    int RuleNumber, string Protocol, bool Allow, bool Egress, string CidrBlock, (int From, int To)? Ports = null)
{
    /// <summary>"Default network ACL": all in and all out, and in both directions the last entry, which can't be removed.</summary>
    internal static IReadOnlyList<NetworkAclEntry> OfDefaultAcl { get; } =
    [
        new(100, "-1", true, true, "0.0.0.0/0"), new(32767, "-1", false, true, "0.0.0.0/0"),
        new(100, "-1", true, false, "0.0.0.0/0"), new(32767, "-1", false, false, "0.0.0.0/0"),
    ];
}
