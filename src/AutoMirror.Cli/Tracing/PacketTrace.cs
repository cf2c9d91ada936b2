using System.Diagnostics;
using System.Net;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Tracing;

/// <summary>
/// The way of one packet through an interface's sessions: by ascending number each filter is asked, and the first that accepts the packet
/// keeps it. "Each packet is mirrored once."
/// </summary>
/// <param name="NeverMirrored">The kind of traffic that can't be mirrored; null for any other.</param>
/// <param name="Asked">The sessions that were asked, in order, each with its decision; the last one took it, or none did.</param>
internal sealed record PacketTrace(string? NeverMirrored, IReadOnlyList<(TracedSession Session, FilterDecision Decision)> Asked)
{
    /// <summary>The session that takes the packet; null when none does.</summary>
    public TracedSession? Taker => Asked is [.., var (session, decision)] && decision.Accepts ? session : null;

    /// <summary>Follows a packet.</summary>
    /// <param name="sessions">The interface's sessions, in any order.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="resolver">The address of Amazon's DNS in the interface's VPC; null when the VPC has none.</param>
    public static PacketTrace Of(IEnumerable<TracedSession> sessions, PacketText packet, IPAddress? resolver)
    {
        if (AmazonTraffic.NeverMirrored(packet) is { } kind)
            return new(kind, []);
        var isDns = AmazonTraffic.IsDns(packet, resolver);
        List<(TracedSession, FilterDecision)> asked = [];
        foreach (var session in sessions.OrderBy(each => each.Number))
        {
            var decision = FilterDecision.Of(session.Filter, packet, isDns);
            asked.Add((session, decision));
            if (decision.Accepts)
                break;
        }

        return new(null, asked);
    }
}

/// <summary>A session as far as packets meet it.</summary>
internal sealed record TracedSession(string Id, int Number, string TargetId, TrafficMirrorFilter Filter);

/// <summary>What a filter makes of a packet, and by what.</summary>
internal abstract record FilterDecision
{
    private FilterDecision()
    {
    }

    /// <summary>The first rule of the packet's direction that matches it.</summary>
    public sealed record ByRule(TrafficMirrorFilterRule Rule) : FilterDecision;

    /// <summary>It is Amazon's DNS, for which the network service <c>amazon-dns</c> alone counts.</summary>
    public sealed record ByNetworkService(bool IsOn) : FilterDecision;

    /// <summary>No rule of its direction matches.</summary>
    public sealed record ByNothing(TrafficDirection Direction) : FilterDecision;

    public bool Accepts => this switch
    {
        ByRule { Rule: var rule } => rule.Accepts,
        ByNetworkService { IsOn: var isOn } => isOn,
        ByNothing => false,
        _ => throw new UnreachableException(),
    };

    /// <summary>"The first rule that matches the traffic determines whether the traffic is mirrored."</summary>
    public static FilterDecision Of(TrafficMirrorFilter filter, PacketText packet, bool isDns)
    {
        if (isDns)
            return new ByNetworkService(filter.MirrorsAmazonDns);
        var rule = filter.Rules.Where(each => each.Direction == packet.Direction).OrderBy(each => each.RuleNumber)
            .FirstOrDefault(each => Matches(each, packet));
        return rule is null ? new ByNothing(packet.Direction) : new ByRule(rule);
    }

    /// <summary>The decision in words, after "the filter".</summary>
    public string Words => this switch
    {
        ByRule { Rule: var rule } => $"{Word(rule.Direction)} rule {rule.RuleNumber} {(rule.Accepts ? "accepts" : "rejects")} it",
        ByNetworkService { IsOn: true } => "its network service amazon-dns accepts it",
        ByNetworkService => "it is traffic with Amazon's DNS, and the filter has no network service amazon-dns",
        ByNothing { Direction: var direction } => $"no {Word(direction)} rule matches it",
        _ => throw new UnreachableException(),
    };

    private static string Word(TrafficDirection direction) => direction == TrafficDirection.Ingress ? "inbound" : "outbound";

    private static bool Matches(TrafficMirrorFilterRule rule, PacketText packet) =>
        (rule.Protocol is null || rule.Protocol == packet.Protocol)
            && Contains(rule.Source, packet.Source) && Contains(rule.Destination, packet.Destination)
            && Contains(rule.SourcePorts, packet.SourcePort) && Contains(rule.DestinationPorts, packet.DestinationPort);

    // A rule for 0.0.0.0/0 says nothing of IPv6, nor the other way round.
    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address);

    private static bool Contains(PortRange? range, int? port) => range is not { } ports || (port >= ports.From && port <= ports.To);
}
