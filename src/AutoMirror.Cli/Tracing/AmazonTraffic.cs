using System.Net;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Tracing;

/// <summary>
/// Traffic with Amazon's own services in a VPC, which mirroring treats apart (Traffic Mirroring guide, "Limitations" and "Mirror filters";
/// VPC User Guide, "DNS attributes for your VPC").
/// </summary>
internal static class AmazonTraffic
{
    private const byte Udp = 17;

    private static readonly IPAddress[] Resolvers = Addresses("169.254.169.253", "fd00:ec2::253");
    private static readonly IPAddress[] Metadata = Addresses("169.254.169.254", "fd00:ec2::254");
    private static readonly IPAddress[] Clocks = Addresses("169.254.169.123", "fd00:ec2::123");
    private static readonly IPAddress[] Activation = Addresses("169.254.169.250", "169.254.169.251", "fd00:ec2::250", "fd00:ec2::251");

    /// <summary>The address of Amazon's DNS in a VPC: "the base of the VPC IPv4 network range plus two".</summary>
    /// <param name="vpcCidr">The VPC's first IPv4 block.</param>
    public static IPAddress ResolverOf(IPNetwork vpcCidr)
    {
        var bytes = vpcCidr.BaseAddress.GetAddressBytes();
        bytes[^1] += 2;
        return new(bytes);
    }

    /// <summary>Whether a packet goes to Amazon's DNS or comes from there: then the filter's network services decide, no rule.</summary>
    public static bool IsDns(PacketText packet, IPAddress? resolver)
    {
        var (far, port) = Far(packet);
        return port == 53 && (Resolvers.Contains(far) || far.Equals(resolver));
    }

    /// <summary>What can't be mirrored, whatever a filter says, by name; null for the rest.</summary>
    public static string? NeverMirrored(PacketText packet)
    {
        var isVersion6 = packet.Source.GetAddressBytes().Length > 4;
        if (packet.Protocol == Udp && (isVersion6 ? packet.DestinationPort is 546 or 547 : packet.DestinationPort is 67 or 68))
            return "DHCP";
        var (far, port) = Far(packet);
        if (packet.Protocol == Udp && port == 123 && Clocks.Contains(far))
            return "NTP with Amazon's time service";
        IPAddress[] ends = [packet.Source, packet.Destination];
        return ends.Any(Metadata.Contains) ? "instance metadata" : ends.Any(Activation.Contains) ? "Windows activation" : null;
    }

    private static (IPAddress Address, int? Port) Far(PacketText packet) => packet.Direction == TrafficDirection.Ingress
        ? (packet.Source, packet.SourcePort)
        : (packet.Destination, packet.DestinationPort);

    private static IPAddress[] Addresses(params string[] texts) => [.. texts.Select(IPAddress.Parse)];
}
