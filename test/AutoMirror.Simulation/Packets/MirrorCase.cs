using System.Net;

namespace AutoMirror.Simulation.Packets;

/// <summary>Some sessions of one interface, and packets that pass it.</summary>
internal sealed record MirrorCase(IReadOnlyList<MirrorSession> Sessions, IReadOnlyList<SentPacket> Packets, bool HasSmallMtu)
{
    public override string ToString() => string.Join('\n', [.. Sessions, .. Packets, HasSmallMtu ? "a small MTU" : "a large MTU"]);
}

/// <summary>A session: how it is numbered, what its filter says, and how much of a packet it copies.</summary>
internal sealed record MirrorSession(int Number, MirrorFilter Filter, int? PacketLength);

/// <summary>A filter: its rules, and whether it has the network service <c>amazon-dns</c>.</summary>
internal sealed record MirrorFilter(IReadOnlyList<MirrorRule> Rules, bool HasDns)
{
    public override string ToString() => string.Join("\n    ", [HasDns ? "DNS" : "no DNS", .. Rules]);
}

/// <summary>A rule of a filter, for inbound or outbound traffic.</summary>
internal sealed record MirrorRule(
    bool IsIngress, int Number, bool Accepts, int? Protocol, IPNetwork Source, IPNetwork Destination, Ports? SourcePorts,
    Ports? DestinationPorts);

/// <summary>Ports from the first to the last.</summary>
internal sealed record Ports(int From, int To);

/// <summary>A packet as it passes the interface; without ports where its protocol has none, or it is a later fragment.</summary>
internal sealed record SentPacket(
    bool IsIngress, IPAddress Source, IPAddress Destination, int Protocol, int? SourcePort, int? DestinationPort, int PayloadBytes,
    int FragmentOffset);
