using System.Net;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;

namespace AutoMirror.Cli.Explanations;

/// <summary>What of an interface's traffic no sensor of the deployment sees, in words.</summary>
internal sealed class BlindSpots
{
    private const string Never =
        "ARP, DHCP, instance metadata, NTP with Amazon's service and Windows activation, which EC2 never mirrors";

    private static readonly (byte Protocol, string Name)[] Protocols = [(6, "TCP"), (17, "UDP"), (1, "ICMP"), (58, "ICMPv6")];
    private static readonly (IPNetwork All, string Name)[] Families = [(IPNetwork.Parse("0.0.0.0/0"), "IPv4"),
        (IPNetwork.Parse("::/0"), "IPv6")];
    private static readonly TrafficDirection[] Directions = [TrafficDirection.Ingress, TrafficDirection.Egress];
    private static readonly PacketSet AmazonDns = PacketSet.AcceptedBy(
        new TrafficMirrorFilter(Id<TrafficMirrorFilter>.Parse("tmf-0"), [], true));

    private readonly List<PacketSet> _seen = [];
    private readonly List<string> _spots = [];

    private BlindSpots()
    {
    }

    /// <summary>The blind spots.</summary>
    /// <param name="own">The deployment's sessions, as they are, or will be after a sync.</param>
    /// <param name="foreign">Everybody else's sessions on the interface.</param>
    public static IReadOnlyList<string> Of(
        IReadOnlyList<SeenBy> own, IReadOnlyList<TrafficMirrorSession> foreign,
        IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> filters)
    {
        if (own.Count == 0)
            return ["everything: it has no session to a sensor"];
        var blind = new BlindSpots();
        foreach (var session in own)
            blind.Add(session, [.. foreign.Where(each => each.SessionNumber.CompareTo(session.Number) < 0)], filters);
        foreach (var family in Families)
            blind.Look(family);
        if (blind.HowBlind(AmazonDns) != Blindness.None)
            blind._spots.Add("DNS with Amazon's resolver (UDP and TCP 53): the filter lacks the network service amazon-dns");
        blind._spots.AddRange(own.Where(each => each.Length is not null).Select(each => $"what follows the first {each.Length} bytes of "
            + "a packet"));
        blind._spots.Add(Never);
        return blind._spots;
    }

    private void Add(
        SeenBy session, List<TrafficMirrorSession> lower, IReadOnlyDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> filters)
    {
        if (!filters.TryGetValue(session.Filter, out var filter) || !filter.IsUnderstood)
        {
            _spots.Add($"nobody can say what {session.Filter} accepts, which can't be read");
            return;
        }

        var left = PacketSet.AcceptedBy(filter);
        foreach (var other in lower)
        {
            if (filters.TryGetValue(other.FilterId, out var theirs) && theirs.IsUnderstood)
                left = left.Except(PacketSet.AcceptedBy(theirs));
            else
                _spots.Add($"whatever the foreign session {other.Id} takes, whose filter can't be read");
        }

        _seen.Add(left);
    }

    private void Look((IPNetwork All, string Name) family)
    {
        if (Directions.All(direction => HowBlind(Packets(direction, family.All, null)) == Blindness.Whole))
        {
            _spots.Add(family.Name);
            return;
        }

        foreach (var direction in Directions)
        {
            var way = direction == TrafficDirection.Ingress ? "inbound" : "outbound";
            switch (HowBlind(Packets(direction, family.All, null)))
            {
                case Blindness.Whole:
                    _spots.Add($"{way} {family.Name}");
                    break;
                case Blindness.Part:
                    LookCloser(direction, way, family);
                    break;
            }
        }
    }

    private void LookCloser(TrafficDirection direction, string way, (IPNetwork All, string Name) family)
    {
        var found = (
            from each in Protocols
            let how = HowBlind(Packets(direction, family.All, each.Protocol))
            where how != Blindness.None
            select how == Blindness.Whole
                ? $"{way} {each.Name} over {family.Name}"
                : $"part of the {way} {each.Name} over {family.Name}, by the filter's rules").ToList();
        _spots.AddRange(found.Count > 0 ? found : [$"some {way} protocols over {family.Name} other than TCP, UDP and ICMP"]);
    }

    private Blindness HowBlind(PacketSet packets)
    {
        var left = _seen.Aggregate(packets, (rest, seen) => rest.Except(seen));
        return left.IsEmpty ? Blindness.None : _seen.Exists(seen => packets.Overlaps(seen)) ? Blindness.Part : Blindness.Whole;
    }

    private static PacketSet Packets(TrafficDirection direction, IPNetwork all, byte? protocol) => PacketSet.AcceptedBy(
        new TrafficMirrorFilter(
            Id<TrafficMirrorFilter>.Parse("tmf-0"), [new TrafficMirrorFilterRule(direction, 1, true, protocol, all, all)], false));

    private enum Blindness
    {
        None,
        Part,
        Whole,
    }
}

/// <summary>How one of the deployment's sessions sees an interface.</summary>
internal sealed record SeenBy(SessionNumber Number, Id<TrafficMirrorFilter> Filter, PacketLength? Length);
