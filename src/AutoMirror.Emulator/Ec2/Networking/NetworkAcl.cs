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

/// <summary>
/// An entry of a network ACL. The protocol is an IANA number as text, or "-1" for all; the range is an IPv4 or an IPv6 one; -1 is any
/// type or code of ICMP.
/// </summary>
public sealed record NetworkAclEntry(
    int RuleNumber, string Protocol, bool Allow, bool Egress, string CidrBlock, (int From, int To)? Ports = null,
    (int Type, int Code)? Icmp = null)
{
    private const string AllVersion4 = "0.0.0.0/0";
    private const string AllVersion6 = "::/0";

    internal bool IsVersion6 => CidrBlock.Contains(':', StringComparison.Ordinal);

    /// <summary>"Default network ACL": all in and all out; for IPv6 only where the VPC has an IPv6 range.</summary>
    internal static IReadOnlyList<NetworkAclEntry> OfDefaultAcl(bool hasVersion6) =>
    [
        .. Both(egress => hasVersion6
            ? [new(100, "-1", true, egress, AllVersion4), new(101, "-1", true, egress, AllVersion6), .. Last(egress, hasVersion6)]
            : [new(100, "-1", true, egress, AllVersion4), .. Last(egress, hasVersion6)]),
    ];

    /// <summary>The last entries of an ACL, which deny all that none before them allows. They can't be removed.</summary>
    internal static IReadOnlyList<NetworkAclEntry> LastOf(bool hasVersion6) => [.. Both(egress => Last(egress, hasVersion6))];

    private static IEnumerable<NetworkAclEntry> Last(bool egress, bool hasVersion6) => hasVersion6
        ? [new(32767, "-1", false, egress, AllVersion4), new(32768, "-1", false, egress, AllVersion6)]
        : [new(32767, "-1", false, egress, AllVersion4)];

    private static IEnumerable<NetworkAclEntry> Both(Func<bool, IEnumerable<NetworkAclEntry>> entries) =>
        [.. entries(true), .. entries(false)];
}
