using System.Net;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli.Explanations;

/// <summary>Which session gets a packet, and by which rule (Traffic Mirroring guide, "Traffic mirror filters": sessions by number, then
/// rules by number; the first that matches decides, and a packet goes to one session at the most).</summary>
/// <param name="SessionId">The session that gets it; null when none does.</param>
/// <param name="Steps">What each session's filter says of it, in the order in which EC2 asks.</param>
internal sealed record PacketPath(string? SessionId, bool IsOwned, string Said, IReadOnlyList<string> Steps)
{
    public static PacketPath Of(
        Packet packet, IReadOnlyList<TrafficMirrorSession> sessions, Func<TrafficMirrorSession, bool> owns,
        IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> filters, IReadOnlyList<IPNetwork> vpc)
    {
        if (packet.WhyNever() is { } never)
            return new(null, false, never, []);
        var steps = new List<string>();
        foreach (var session in sessions.OrderBy(each => each.SessionNumber))
        {
            var name = $"{session.Id} (number {session.SessionNumber}, {(owns(session) ? "own" : "foreign")})";
            if (!filters.TryGetValue(session.FilterId, out var filter) || !filter.IsUnderstood)
            {
                steps.Add($"{name}: its filter {session.FilterId} can't be read, so it may take the packet");
                continue;
            }

            if (Decision(packet, filter, vpc) is var (accepts, why) && accepts)
            {
                steps.Add($"{name} takes it: {why}");
                return new(
                    session.Id.Value, owns(session),
                    $"{session.Id} mirrors it to {session.TargetId}{(session.PacketLength is { } length ? $", its first {length} bytes" : "")}",
                    steps);
            }

            steps.Add($"{name} leaves it: {why}");
        }

        return new(null, false, sessions.Count == 0 ? "the interface has no session" : "no session mirrors it", steps);
    }

    private static (bool Accepts, string Why) Decision(Packet packet, TrafficMirrorFilter filter, IReadOnlyList<IPNetwork> vpc)
    {
        if (packet.IsAmazonDns(vpc))
        {
            return filter.MirrorsAmazonDns
                ? (true, $"{filter.Id} has the network service amazon-dns")
                : (false, $"traffic with Amazon's resolver takes the network service amazon-dns, which {filter.Id} lacks");
        }

        foreach (var rule in filter.Rules.Where(rule => rule.Direction == packet.Direction).OrderBy(rule => rule.RuleNumber))
        {
            if (packet.Matches(rule))
                return (rule.Accepts, $"rule {rule.RuleNumber} of {filter.Id} {(rule.Accepts ? "accepts" : "rejects")} it ({WordsFor(rule)})");
        }

        return (false, $"no {DirectionOf(packet.Direction)} rule of {filter.Id} matches it");
    }

    private static string WordsFor(TrafficMirrorFilterRule rule) =>
        $"{DirectionOf(rule.Direction)}, {(rule.Protocol is { } protocol ? $"protocol {protocol}" : "any protocol")}, "
            + $"{rule.Source}{PortsOf(rule.SourcePorts)} > {rule.Destination}{PortsOf(rule.DestinationPorts)}";

    private static string PortsOf(PortRange? ports) => ports is not { } range ? ""
        : range.From == range.To ? $":{range.From}" : $":{range.From}–{range.To}";

    private static string DirectionOf(TrafficDirection direction) => direction == TrafficDirection.Ingress ? "inbound" : "outbound";
}
