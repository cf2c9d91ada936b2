using System.Net;
using System.Net.Sockets;

namespace AutoMirror.Simulation.Packets;

/// <summary>
/// What the Traffic Mirroring guide says becomes of a packet, sentence by sentence. It shares no code with the emulator and none with Core.
/// </summary>
internal static class Guide
{
    private const int Udp = 17;

    /// <summary>"The base of the VPC network range plus two", and the addresses that every VPC has.</summary>
    public static readonly IPAddress[] Resolvers =
        [IPAddress.Parse("169.254.169.253"), IPAddress.Parse("fd00:ec2::253"), IPAddress.Parse("10.20.0.2")];

    private static readonly IPAddress[] InstanceMetadata = [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("fd00:ec2::254")];
    private static readonly IPAddress[] TimeService = [IPAddress.Parse("169.254.169.123"), IPAddress.Parse("fd00:ec2::123")];
    private static readonly IPAddress[] WindowsActivation =
    [
        IPAddress.Parse("169.254.169.250"), IPAddress.Parse("169.254.169.251"),
        IPAddress.Parse("fd00:ec2::250"), IPAddress.Parse("fd00:ec2::251"),
    ];

    /// <summary>Addresses of Amazon's own services.</summary>
    public static IEnumerable<IPAddress> Services => [.. Resolvers, .. InstanceMetadata, .. TimeService, .. WindowsActivation];

    /// <summary>
    /// "Traffic mirror sessions are evaluated based on the ascending session number. Each packet is mirrored once." The place of the
    /// session that takes the packet, or null.
    /// </summary>
    public static int? TakenBy(IReadOnlyList<MirrorSession> sessions, SentPacket packet)
    {
        if (CannotBeMirrored(packet))
            return null;
        int? taker = null;
        for (var i = 0; i < sessions.Count; i++)
        {
            var isBefore = taker is null || sessions[i].Number < sessions[taker.Value].Number;
            if (isBefore && IsAccepted(sessions[i].Filter, packet))
                taker = i;
        }

        return taker;
    }

    /// <summary>
    /// "The following traffic types can't be mirrored with Traffic Mirroring: ARP, DHCP, instance metadata service, NTP, Windows
    /// activation."
    /// </summary>
    public static bool CannotBeMirrored(SentPacket packet)
    {
        var isVersion6 = packet.Source.AddressFamily == AddressFamily.InterNetworkV6;
        if (packet.Protocol == Udp && packet.DestinationPort is { } port && (isVersion6 ? port is 546 or 547 : port is 67 or 68))
            return true;
        if (packet.Protocol == Udp && TimeService.Contains(packet.IsIngress ? packet.Source : packet.Destination))
            return (packet.IsIngress ? packet.SourcePort : packet.DestinationPort) == 123;
        return HasEnd(packet, InstanceMetadata) || HasEnd(packet, WindowsActivation);
    }

    /// <summary>
    /// "You can also choose to mirror certain network services traffic": Amazon's DNS with the resolver, in both directions, which rules
    /// don't concern.
    /// </summary>
    public static bool IsDns(SentPacket packet) => packet.IsIngress
        ? Resolvers.Contains(packet.Source) && packet.SourcePort == 53
        : Resolvers.Contains(packet.Destination) && packet.DestinationPort == 53;

    /// <summary>
    /// How many bytes of the frame the copy has. "Packet length: the number of bytes in each packet to mirror"; and "if the packet size is
    /// greater than the MTU of the target", it is cut so that 54 bytes of headers (74 for IPv6) have room.
    /// </summary>
    public static int CopiedBytes(SentPacket packet, int? packetLength, int mtuOfTarget)
    {
        var isVersion6 = packet.Source.AddressFamily == AddressFamily.InterNetworkV6;
        var size = LengthOf(packet);
        var largest = Math.Min(size, mtuOfTarget - (isVersion6 ? 74 : 54));
        const int EthernetHeader = 14;
        return packetLength is { } most && most < largest + EthernetHeader ? most : largest + EthernetHeader;
    }

    /// <summary>The length of the IP packet.</summary>
    public static int LengthOf(SentPacket packet)
    {
        var ip = packet.Source.AddressFamily == AddressFamily.InterNetworkV6 ? 40 + (packet.FragmentOffset > 0 ? 8 : 0) : 20;
        var transport = packet.FragmentOffset > 0 ? 0 : packet.Protocol switch { 6 => 20, Udp => 8, 1 or 58 => 8, _ => 0 };
        return ip + transport + packet.PayloadBytes;
    }

    /// <summary>"The first rule that matches the traffic determines whether the traffic is mirrored"; without one it is not.</summary>
    private static bool IsAccepted(MirrorFilter filter, SentPacket packet)
    {
        if (IsDns(packet))
            return filter.HasDns;
        MirrorRule? first = null;
        foreach (var rule in filter.Rules)
        {
            if (rule.IsIngress == packet.IsIngress && (first is null || rule.Number < first.Number) && Matches(rule, packet))
                first = rule;
        }

        return first is { Accepts: true };
    }

    private static bool Matches(MirrorRule rule, SentPacket packet) =>
        (rule.Protocol ?? packet.Protocol) == packet.Protocol
            && IsIn(rule.Source, packet.Source) && IsIn(rule.Destination, packet.Destination)
            && IsIn(rule.SourcePorts, packet.SourcePort) && IsIn(rule.DestinationPorts, packet.DestinationPort);

    private static bool IsIn(Ports? ports, int? port) => ports is null || (port >= ports.From && port <= ports.To);

    /// <summary>Bit by bit.</summary>
    private static bool IsIn(IPNetwork network, IPAddress address)
    {
        var (prefix, bytes) = (network.BaseAddress.GetAddressBytes(), address.GetAddressBytes());
        if (prefix.Length != bytes.Length)
            return false;
        for (var i = 0; i < network.PrefixLength; i++)
        {
            if (((prefix[i / 8] ^ bytes[i / 8]) & (0x80 >> (i % 8))) != 0)
                return false;
        }

        return true;
    }

    private static bool HasEnd(SentPacket packet, IPAddress[] addresses) =>
        addresses.Contains(packet.Source) || addresses.Contains(packet.Destination);
}
