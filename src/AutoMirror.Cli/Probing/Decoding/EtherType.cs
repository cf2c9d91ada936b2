namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>What an Ethernet frame carries, from IANA's registry "IEEE 802 Numbers".</summary>
internal static class EtherType
{
    public const ushort Ipv4 = 0x0800;
    public const ushort Ipv6 = 0x86DD;

    private const ushort VlanTag = 0x8100;
    private const ushort ServiceTag = 0x88A8;
    private const ushort OldServiceTag = 0x9100;

    /// <summary>Whether it announces a VLAN tag, of the customer or of the provider.</summary>
    public static bool IsVlanTag(ushort type) => type is VlanTag or ServiceTag or OldServiceTag;

    /// <summary>The version that an IP packet behind it has to have.</summary>
    public static int Version(ushort type) => type == Ipv4 ? 4 : 6;
}
