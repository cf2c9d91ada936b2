using System.Net;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Rules;

/// <summary>
/// The services that every VPC has at addresses of its own: DNS, instance metadata, time, Windows activation (VPC User Guide, "VPC CIDR
/// blocks" and "DNS attributes for your VPC"; EC2 User Guide, "Instance metadata", "Set the time reference"). Neither security groups nor
/// network ACLs stop their traffic (VPC User Guide, "Control subnet traffic with network access control lists").
/// </summary>
internal static class AmazonServices
{
    private const int DnsPort = 53;
    private const int NtpPort = 123;

    private static readonly IPAddress[] Resolvers = [IPAddress.Parse("169.254.169.253"), IPAddress.Parse("fd00:ec2::253")];
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("fd00:ec2::254")];
    private static readonly IPAddress[] Clocks = [IPAddress.Parse("169.254.169.123"), IPAddress.Parse("fd00:ec2::123")];

    private static readonly IPAddress[] Activation =
    [
        IPAddress.Parse("169.254.169.250"), IPAddress.Parse("169.254.169.251"),
        IPAddress.Parse("fd00:ec2::250"), IPAddress.Parse("fd00:ec2::251"),
    ];

    /// <summary>Whether an address is a service's, not some machine's.</summary>
    public static bool IsService(IPAddress address, Vpc? vpc) =>
        IsResolver(address, vpc) || Metadata.Contains(address) || Clocks.Contains(address) || Activation.Contains(address);

    /// <summary>
    /// Whether a packet goes to or comes from Amazon's DNS, at "the reserved IP address at the base of the VPC IPv4 network range plus
    /// two", 169.254.169.253 or fd00:ec2::253.
    /// </summary>
    public static bool IsDns(IpPacket packet, Vpc vpc) => (IsResolver(packet.Destination, vpc) && packet.DestinationPort == DnsPort)
        || (IsResolver(packet.Source, vpc) && packet.SourcePort == DnsPort);

    /// <summary>
    /// Which kind of traffic a packet is that Traffic Mirroring can't mirror (guide, "Traffic Mirroring limitations": ARP, DHCP, instance
    /// metadata service, NTP, Windows activation); null when it is none. That NTP means Amazon's own time service is how the guide is
    /// read here: it stands in a list of services that a VPC gives its instances.
    /// </summary>
    public static string? NeverMirrored(IpPacket packet) => packet switch
    {
        { Protocol: IpProtocol.Udp, DestinationPort: 67 or 68, IsVersion6: false } => "DHCP",
        { Protocol: IpProtocol.Udp, DestinationPort: 546 or 547, IsVersion6: true } => "DHCP",
        _ when IsAtEitherEnd(packet, Metadata) => "instance metadata",
        { Protocol: IpProtocol.Udp } when IsWithClock(packet) => "NTP with Amazon's time service",
        _ when IsAtEitherEnd(packet, Activation) => "Windows activation",
        _ => null,
    };

    private static bool IsWithClock(IpPacket packet) => (Clocks.Contains(packet.Destination) && packet.DestinationPort == NtpPort)
        || (Clocks.Contains(packet.Source) && packet.SourcePort == NtpPort);

    private static bool IsAtEitherEnd(IpPacket packet, IPAddress[] addresses) =>
        addresses.Contains(packet.Source) || addresses.Contains(packet.Destination);

    private static bool IsResolver(IPAddress address, Vpc? vpc) =>
        Resolvers.Contains(address) || (vpc is not null && address.Equals(BasePlusTwo(vpc)));

    private static IPAddress BasePlusTwo(Vpc vpc)
    {
        var bytes = IPNetwork.Parse(vpc.CidrBlock).BaseAddress.GetAddressBytes();
        bytes[^1] += 2;
        return new(bytes);
    }
}
