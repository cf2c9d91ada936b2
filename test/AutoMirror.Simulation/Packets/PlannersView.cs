using System.Net;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Simulation.Packets;

/// <summary>
/// What the planner's exact packet sets say about a packet: it is in what a session's filter accepts, less what lower numbers take.
/// </summary>
internal sealed class PlannersView
{
    private readonly List<(int Place, PacketSet Left)> _left = [];

    public PlannersView(IReadOnlyList<MirrorSession> sessions)
    {
        List<PacketSet> taken = [];
        foreach (var (place, session) in sessions.Index().OrderBy(each => each.Item.Number))
        {
            var accepted = PacketSet.AcceptedBy(Of(session.Filter));
            _left.Add((place, taken.Aggregate(accepted, (left, other) => left.Except(other))));
            taken.Add(accepted);
        }
    }

    /// <summary>The place of the one session in whose set the packet is, or null.</summary>
    public int? TakenBy(SentPacket packet)
    {
        var point = PointOf(packet);
        var takers = _left.Where(each => point.Overlaps(each.Left)).ToList();

        // One packet overlaps a set exactly when nothing of it is outside, and no two sessions have it.
        if (takers.Exists(each => !point.Except(each.Left).IsEmpty) || takers.Count > 1)
            throw new InvalidOperationException($"The planner's sets share a packet: {packet}");
        return takers is [var (place, _)] ? place : null;
    }

    /// <summary>
    /// The set of one packet. Sets have no later fragments, and a packet without ports stands at port 0: only rules for TCP and UDP have
    /// ports here, as the guide has them.
    /// </summary>
    private static PacketSet PointOf(SentPacket packet) => PacketSet.AcceptedBy(Guide.IsDns(packet)
        ? new(Id, [], MirrorsAmazonDns: true)
        : new(
            Id,
            [
                new(
                    DirectionOf(packet.IsIngress), 1, Accepts: true, (byte)packet.Protocol, Only(packet.Source), Only(packet.Destination),
                    Only(packet.SourcePort ?? 0), Only(packet.DestinationPort ?? 0)),
            ],
            MirrorsAmazonDns: false));

    /// <summary>A filter in Core's terms.</summary>
    public static TrafficMirrorFilter Of(MirrorFilter filter) => new(Id, [.. filter.Rules.Select(Of)], filter.HasDns);

    private static TrafficMirrorFilterRule Of(MirrorRule rule) => new(
        DirectionOf(rule.IsIngress), rule.Number, rule.Accepts, (byte?)rule.Protocol, rule.Source, rule.Destination, Of(rule.SourcePorts),
        Of(rule.DestinationPorts));

    private static Id<TrafficMirrorFilter> Id { get; } = Id<TrafficMirrorFilter>.Parse("tmf-1");

    private static PortRange? Of(Ports? ports) => ports is null ? null : new((ushort)ports.From, (ushort)ports.To);

    private static TrafficDirection DirectionOf(bool isIngress) => isIngress ? TrafficDirection.Ingress : TrafficDirection.Egress;

    private static IPNetwork Only(IPAddress address) => new(address, address.GetAddressBytes().Length * 8);

    private static PortRange Only(int port) => new((ushort)port, (ushort)port);
}
