using System.Diagnostics;

namespace AutoMirror.Core.Model;

/// <summary>Which VXLAN network identifier a session gets.</summary>
internal abstract record VirtualNetworks
{
    private VirtualNetworks() { }

    /// <summary>EC2 chooses a different one for each session.</summary>
    public static VirtualNetworks EachItsOwn { get; } = new PerInterface();

    /// <summary>One for all sessions.</summary>
    public sealed record Fixed(VirtualNetworkId Id) : VirtualNetworks;

    /// <summary>EC2's own choice: a random one for each session.</summary>
    public sealed record PerInterface : VirtualNetworks;

    /// <summary>One for each VPC, which follows from the VPC's id: a sensor can keep a decapsulating device for each.</summary>
    public sealed record PerVpc : VirtualNetworks;

    /// <summary>The identifier of a session in a VPC; null leaves the choice to EC2.</summary>
    public VirtualNetworkId? For(Id<Vpc>? vpc) => this switch
    {
        Fixed { Id: var id } => id,
        PerInterface => null,
        PerVpc => vpc is { } place ? Of(place) : null,
        _ => throw new UnreachableException(),
    };

    /// <summary>The 24 bits of a VPC's id: FNV-1a, folded. Two VPCs of an account can meet; a report says so.</summary>
    public static VirtualNetworkId Of(Id<Vpc> vpc)
    {
        var hash = 2166136261u;
        foreach (var character in vpc.Value)
            hash = (hash ^ character) * 16777619u;
        return VirtualNetworkId.TryFrom((hash >> 24) ^ (hash & 0xFF_FFFF))!.Value;
    }
}
