namespace AutoMirror.Cli.Probing.Captures;

/// <summary>What each packet of a capture begins with, by the numbers that pcap and pcapng share.</summary>
/// <remarks>"Link-layer header types", tcpdump.org. Only those that a capture at a sensor can have.</remarks>
internal enum LinkType
{
    /// <summary>BSD's loopback: four bytes of address family in the capturing host's byte order.</summary>
    Null = 0,

    /// <summary>Ethernet II.</summary>
    Ethernet = 1,

    /// <summary>An IPv4 or IPv6 packet by itself, as some BSDs number it.</summary>
    RawBsd = 12,

    /// <summary>An IPv4 or IPv6 packet by itself.</summary>
    Raw = 101,

    /// <summary>OpenBSD's loopback: four bytes of address family in network byte order.</summary>
    Loop = 108,

    /// <summary>Linux "any" device: 16 bytes, the EtherType last.</summary>
    LinuxCooked = 113,

    /// <summary>An IPv4 packet by itself.</summary>
    Ipv4 = 228,

    /// <summary>An IPv6 packet by itself.</summary>
    Ipv6 = 229,

    /// <summary>Linux "any" device, as newer captures have it: 20 bytes, the EtherType first.</summary>
    LinuxCooked2 = 276,
}
