namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>Numbers of protocols above IP, from IANA's registry "Protocol Numbers".</summary>
internal static class IpProtocol
{
    public const byte HopByHop = 0;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Dccp = 33;
    public const byte Routing = 43;
    public const byte Fragment = 44;
    public const byte Authentication = 51;
    public const byte DestinationOptions = 60;
    public const byte Sctp = 132;
    public const byte Mobility = 135;
    public const byte UdpLite = 136;
    public const byte HostIdentity = 139;
    public const byte Shim6 = 140;

    /// <summary>Whether it is one of IPv6's extension headers, with another protocol behind it.</summary>
    public static bool IsExtension(byte protocol) => protocol
        is HopByHop or Routing or Fragment or Authentication or DestinationOptions or Mobility or HostIdentity or Shim6;

    /// <summary>Whether its header begins with a source and a destination port.</summary>
    public static bool HasPorts(byte protocol) => protocol is Tcp or Udp or Dccp or Sctp or UdpLite;
}
