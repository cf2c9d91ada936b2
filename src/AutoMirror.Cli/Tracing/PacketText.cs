using System.Globalization;
using System.Net;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Tracing;

/// <summary>A packet at an interface, as far as mirroring looks at it.</summary>
/// <param name="Direction">Whether it enters or leaves the interface.</param>
/// <param name="Protocol">The IP protocol's number.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="SourcePort">The port there; null where the protocol has none.</param>
/// <param name="Destination">Where it goes.</param>
/// <param name="DestinationPort">The port there.</param>
internal sealed record PacketText(
    TrafficDirection Direction, byte Protocol, IPAddress Source, int? SourcePort, IPAddress Destination, int? DestinationPort)
{
    /// <summary>How a packet is written.</summary>
    public const string Form = "PROTOCOL SOURCE[:PORT] > DESTINATION[:PORT] in|out, such as \"tcp 10.0.0.5:443 > 10.1.0.9:51000 out\" or "
        + "\"udp [fd00::1]:53 > [fd00::2]:4000 in\"; PROTOCOL is tcp, udp, icmp, icmpv6 or a number";

    private const byte Tcp = 6;
    private const byte Udp = 17;

    /// <summary>Reads one.</summary>
    /// <exception cref="FormatException">It is none; the message says what is wrong.</exception>
    public static PacketText Parse(string text)
    {
        if (text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var word, var from, ">", var to, var direction])
            throw new FormatException($"a packet is {Form}");
        var protocol = ProtocolOf(word) ?? throw new FormatException($"'{word}' is no protocol: a packet is {Form}");
        if (direction is not ("in" or "out"))
            throw new FormatException($"'{direction}' is neither in nor out, as the interface sees it");
        var ((source, sourcePort), (destination, destinationPort)) = (End(from, protocol), End(to, protocol));
        return source.AddressFamily == destination.AddressFamily
            ? new(
                direction == "in" ? TrafficDirection.Ingress : TrafficDirection.Egress, protocol, source, sourcePort, destination,
                destinationPort)
            : throw new FormatException($"{source} and {destination} are of two families");
    }

    private static bool HasPorts(byte protocol) => protocol is Tcp or Udp;

    private static string Wanted(byte protocol) => HasPorts(protocol) ? "an address with its port" : "an address without a port";

    private static byte? ProtocolOf(string word) => word.ToLowerInvariant() switch
    {
        "tcp" => Tcp,
        "udp" => Udp,
        "icmp" => 1,
        "icmpv6" => 58,
        _ => byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    private static (IPAddress Address, int? Port) End(string text, byte protocol)
    {
        if (!HasPorts(protocol))
        {
            return IPAddress.TryParse(text, out var alone)
                ? (alone, null)
                : throw new FormatException($"'{text}' is not {Wanted(protocol)}");
        }

        // An IPv6 address stands in brackets, or nobody knows where it ends.
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        var isBare = host.Contains(':') && !host.StartsWith('[');
        return !isBare && IPAddress.TryParse(host, out var address)
            && ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
                ? (address, port)
                : throw new FormatException($"'{text}' is not {Wanted(protocol)}");
    }
}
