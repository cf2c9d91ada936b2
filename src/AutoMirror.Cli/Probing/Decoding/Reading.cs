using System.Diagnostics;

namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>What a packet turned out to be: a mirrored copy, traffic of another kind, or something that can't be read, and why.</summary>
internal enum Reading
{
    /// <summary>A copy that EC2 mirrored; it counts for its VNI.</summary>
    MirrorCopy,

    /// <summary>Traffic that is not addressed to VXLAN's port (or GENEVE's); only a capture has it.</summary>
    OtherTraffic,

    UnknownLinkType,
    CutHeaders,
    VlanTag,
    IpHeader,
    LaterFragment,
    UdpLength,
    GeneveHeader,
    ShortVxlan,
    VxlanFlags,
    InnerVlanTag,
    InnerNotIp,
    InnerIpHeader,
}

/// <summary>How readings are called.</summary>
internal static class Readings
{
    /// <summary>Those that say why something can't be read.</summary>
    public static IReadOnlyList<Reading> Unreadable { get; } =
        [.. Enum.GetValues<Reading>().Where(each => each is not (Reading.MirrorCopy or Reading.OtherTraffic))];

    /// <summary>The name that <c>--json</c> gives it.</summary>
    public static string Key(this Reading reading) => reading switch
    {
        Reading.MirrorCopy => "mirror-copy",
        Reading.OtherTraffic => "other-traffic",
        Reading.UnknownLinkType => "unknown-link-type",
        Reading.CutHeaders => "cut-headers",
        Reading.VlanTag => "vlan-tag",
        Reading.IpHeader => "ip-header",
        Reading.LaterFragment => "later-fragment",
        Reading.UdpLength => "udp-length",
        Reading.GeneveHeader => "geneve-header",
        Reading.ShortVxlan => "short-vxlan",
        Reading.VxlanFlags => "vxlan-flags",
        Reading.InnerVlanTag => "inner-vlan-tag",
        Reading.InnerNotIp => "inner-not-ip",
        Reading.InnerIpHeader => "inner-ip-header",
        _ => throw new UnreachableException(),
    };

    /// <summary>What it means, for a person.</summary>
    public static string Words(this Reading reading) => reading switch
    {
        Reading.MirrorCopy => "mirrored copies",
        Reading.OtherTraffic => "traffic to other ports than 4789 and 6081, or no UDP at all",
        Reading.UnknownLinkType => "packets of a link type that is not read here",
        Reading.CutHeaders => "packets whose outer headers the capture cut off: capture more bytes of each (tcpdump -s 0)",
        Reading.VlanTag => "frames with a VLAN tag, which a VPC does not carry",
        Reading.IpHeader => "packets with an outer IP header that contradicts itself",
        Reading.LaterFragment => "later fragments of UDP datagrams: only the first holds a VNI, and counts for all",
        Reading.UdpLength => "datagrams whose UDP length contradicts their IP length",
        Reading.GeneveHeader => "datagrams to port 6081 without a GENEVE header, or with one that is not a Gateway Load Balancer's",
        Reading.ShortVxlan => "datagrams too short for a VXLAN header and a packet",
        Reading.VxlanFlags => "datagrams with other VXLAN flags than 0x08: not EC2's mirroring",
        Reading.InnerVlanTag => "copies with a VLAN tag inside: RFC 7348, section 6.1, has them discarded",
        Reading.InnerNotIp => "copies that are neither IPv4 nor IPv6: EC2 mirrors nothing else",
        Reading.InnerIpHeader => "copies with an IP header that contradicts itself",
        _ => throw new UnreachableException(),
    };
}
