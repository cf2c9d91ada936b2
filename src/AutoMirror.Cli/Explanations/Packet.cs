using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Explanations;

/// <summary>A packet at an interface, as somebody describes it: <c>tcp 10.0.0.5:443 > 10.1.0.9:51000 out</c>.</summary>
/// <param name="Protocol">IP protocol number, 0–255.</param>
/// <param name="SourcePort">Null for protocols without ports, and where none was named.</param>
internal sealed partial record Packet(
    byte Protocol, IPAddress Source, ushort? SourcePort, IPAddress Destination, ushort? DestinationPort, TrafficDirection Direction)
{
    /// <summary>How it is written, for error texts.</summary>
    public const string Form = "PROTOCOL ADDRESS[:PORT] > ADDRESS[:PORT] in|out, such as \"tcp 10.0.0.5:443 > 10.1.0.9:51000 out\"";

    private const ushort DnsPort = 53;
    private static readonly IPAddress[] Resolvers = [IPAddress.Parse("169.254.169.253"), IPAddress.Parse("fd00:ec2::253")];
    private static readonly IPAddress[] Metadata = [IPAddress.Parse("169.254.169.254"), IPAddress.Parse("fd00:ec2::254")];
    private static readonly IPAddress[] TimeService = [IPAddress.Parse("169.254.169.123"), IPAddress.Parse("fd00:ec2::123")];

    private IPAddress Remote => Direction == TrafficDirection.Egress ? Destination : Source;

    private ushort? RemotePort => Direction == TrafficDirection.Egress ? DestinationPort : SourcePort;

    /// <summary>The packet that a text describes; null when it describes none.</summary>
    public static Packet? TryParse(string text)
    {
        if (Words().Match(text) is not { Success: true } match || ProtocolOf(match.Groups["protocol"].Value) is not { } protocol
            || EndOf(match.Groups["source"].Value) is not var (source, sourcePort)
            || EndOf(match.Groups["destination"].Value) is not var (destination, destinationPort)
            || source.AddressFamily != destination.AddressFamily)
        {
            return null;
        }

        return new Packet(
            protocol, source, sourcePort, destination, destinationPort,
            match.Groups["direction"].Value is "in" or "ingress" ? TrafficDirection.Ingress : TrafficDirection.Egress);
    }

    /// <summary>Why EC2 mirrors it in no case; null where it can be mirrored (Traffic Mirroring guide, "Limitations").</summary>
    public string? WhyNever() => this switch
    {
        _ when Metadata.Contains(Remote) && RemotePort != DnsPort => "EC2 never mirrors traffic with the instance metadata service",
        _ when TimeService.Contains(Remote) => "EC2 never mirrors NTP with Amazon's time service",
        { Protocol: 17, SourcePort: 67 or 68, DestinationPort: 67 or 68 } => "EC2 never mirrors DHCP",
        _ => null,
    };

    /// <summary>Whether it is traffic with Amazon's resolver, which only the filter's network service accepts.</summary>
    /// <param name="vpcs">The VPC's IPv4 ranges: the resolver has the third address of the first.</param>
    public bool IsAmazonDns(IEnumerable<IPNetwork> vpcs) => RemotePort == DnsPort && Protocol is 6 or 17
        && (Resolvers.Contains(Remote) || vpcs.Any(vpc => PlusTwo(vpc)?.Equals(Remote) is true));

    /// <summary>Whether a rule is about it.</summary>
    public bool Matches(TrafficMirrorFilterRule rule) => rule.Direction == Direction
        && (rule.Protocol is null || rule.Protocol == Protocol)
        && rule.Source.Contains(Source) && rule.Destination.Contains(Destination)
        && IsIn(rule.SourcePorts, SourcePort) && IsIn(rule.DestinationPorts, DestinationPort);

    private static bool IsIn(PortRange? range, ushort? port) =>
        range is not { } ports || (port is { } its && its >= ports.From && its <= ports.To);

    private static IPAddress? PlusTwo(IPNetwork vpc)
    {
        if (vpc.BaseAddress.AddressFamily != AddressFamily.InterNetwork)
            return null;
        var bytes = vpc.BaseAddress.GetAddressBytes();
        bytes[3] += 2;
        return new IPAddress(bytes);
    }

    private static byte? ProtocolOf(string word) => word.ToLowerInvariant() switch
    {
        "tcp" => 6,
        "udp" => 17,
        "icmp" => 1,
        "icmpv6" => 58,
        var number when byte.TryParse(number, CultureInfo.InvariantCulture, out var protocol) => protocol,
        _ => null,
    };

    private static (IPAddress Address, ushort? Port)? EndOf(string text)
    {
        if (IPAddress.TryParse(text.Trim('[', ']'), out var alone) && (text.Count(each => each == ':') != 1))
            return (alone, null);
        return IPEndPoint.TryParse(text, out var end) ? (end.Address, (ushort)end.Port) : null;
    }

    [GeneratedRegex(@"^\s*(?<protocol>\w+)\s+(?<source>\S+)\s*>\s*(?<destination>\S+)\s+(?<direction>in|out|ingress|egress)\s*$")]
    private static partial Regex Words();
}
