namespace AutoMirror.Emulator.Packets;

/// <summary>Packets to send, all alike. One end has to be an interface of the account; the other may be any address.</summary>
public sealed record PacketRequest
{
    /// <summary>Who sends: an interface's id, or an address.</summary>
    public required string From { get; init; }

    /// <summary>Who should get it: an interface's id, or an address.</summary>
    public required string To { get; init; }

    /// <summary><c>tcp</c>, <c>udp</c>, <c>icmp</c>, <c>icmpv6</c>, or an IANA number.</summary>
    public string Protocol { get; init; } = "tcp";

    /// <summary>The source port of TCP and UDP; null is 49152.</summary>
    public int? SourcePort { get; init; }

    /// <summary>The destination port, which TCP and UDP need.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>The type of ICMP; null is an echo request.</summary>
    public int? IcmpType { get; init; }

    /// <summary>The code of ICMP.</summary>
    public int IcmpCode { get; init; }

    /// <summary>How many bytes there are behind the header of the protocol.</summary>
    public int PayloadBytes { get; init; }

    /// <summary>These bytes, where it matters which; null for zeros.</summary>
    public ReadOnlyMemory<byte>? Payload { get; init; }

    /// <summary>Where in the IP packet's payload this fragment begins, in bytes, a multiple of eight.</summary>
    public int FragmentOffset { get; init; }

    /// <summary>Whether it is a fragment with others behind it.</summary>
    public bool MoreFragments { get; init; }

    /// <summary>How many of them are sent.</summary>
    public int Count { get; init; } = 1;
}
