using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Rules;

/// <summary>
/// Whether a filter accepts a packet. "The first rule that matches the traffic determines whether the traffic is mirrored. If you don't
/// add any rules, then no traffic is mirrored" (guide, "Understand traffic mirror filter concepts").
/// </summary>
/// <param name="IsAccepted">Whether it is to be mirrored.</param>
/// <param name="RuleId">The rule that decided; null when none matched, or when it is a network service that did.</param>
/// <param name="Why">The decision in words.</param>
internal sealed record FilterDecision(bool IsAccepted, string? RuleId, string Why)
{
    private const string DnsService = "amazon-dns";

    /// <summary>
    /// Decides. Amazon's DNS is for the filter's network services alone: rules, whatever they say, neither accept nor reject it (guide,
    /// "choose to mirror certain network services traffic": all of it, in and out).
    /// </summary>
    public static FilterDecision Of(Ec2Engine ec2, string filterId, string direction, IpPacket packet, bool isDns)
    {
        if (isDns)
        {
            return ec2.Filters.Get(filterId).NetworkServices.Contains(DnsService)
                ? new(true, null, $"{filterId} has the network service {DnsService}")
                : new(false, null, $"{filterId} does not have the network service {DnsService}");
        }

        var rule = ec2.Filters.RuleTable.Where("traffic-mirror-filter-id", filterId)
            .Where(each => each.Direction == direction).OrderBy(each => each.RuleNumber).FirstOrDefault(each => Matches(each, packet));
        return rule is null
            ? new(false, null, $"no {direction} rule of {filterId} matches it")
            : new(rule.Action == "accept", rule.Id, $"{direction} rule {rule.RuleNumber} of {filterId} {rule.Action}s it");
    }

    private static bool Matches(TrafficMirrorFilterRule rule, IpPacket packet) =>
        (rule.Protocol is null || rule.Protocol == packet.Protocol)
            && CidrBlock.Contains(rule.SourceCidrBlock, packet.Source)
            && CidrBlock.Contains(rule.DestinationCidrBlock, packet.Destination)
            && Contains(rule.SourcePorts, packet.SourcePort) && Contains(rule.DestinationPorts, packet.DestinationPort);

    /// <summary>Without a range any packet matches; with one only a packet that has a port: no ICMP, no later fragment.</summary>
    private static bool Contains(PortRange? range, int? port) =>
        range is null || (port is { } number && number >= (range.From ?? 0) && number <= (range.To ?? ushort.MaxValue));
}
