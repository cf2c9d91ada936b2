using System.Globalization;

namespace AutoMirror.Emulator.Packets.Wire;

/// <summary>Protocols above IP, by their IANA numbers.</summary>
internal static class IpProtocol
{
    public const byte HopByHop = 0;
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Authentication = 51;
    public const byte IcmpV6 = 58;
    public const byte DestinationOptions = 60;

    /// <summary>A protocol by its name or number.</summary>
    public static byte Parse(string text) => text.ToLowerInvariant() switch
    {
        "tcp" => Tcp,
        "udp" => Udp,
        "icmp" => Icmp,
        "icmpv6" => IcmpV6,
        var other when byte.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw new PacketException($"protocol '{text}' is unknown: it is tcp, udp, icmp, icmpv6, or a number from 0 to 255"),
    };

    public static bool HasPorts(byte protocol) => protocol is Tcp or Udp;

    public static bool IsIcmp(byte protocol) => protocol is Icmp or IcmpV6;

    /// <summary>The extension headers of IPv6 that say how long they are in their second byte (RFC 8200, section 4).</summary>
    public static bool IsExtension(byte protocol) => protocol is HopByHop or Routing or Fragment or Authentication or DestinationOptions;
}
