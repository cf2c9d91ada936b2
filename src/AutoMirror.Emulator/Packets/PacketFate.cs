namespace AutoMirror.Emulator.Packets;

/// <summary>What became of packets at an interface.</summary>
public sealed record PacketFate
{
    /// <summary>The interface that they left or were for.</summary>
    public required string NetworkInterfaceId { get; init; }

    /// <summary><c>egress</c> or <c>ingress</c>, as the interface sees it.</summary>
    public required string Direction { get; init; }

    public required PacketFateKind Kind { get; init; }

    /// <summary>Why, in words: the rule that decided, or what was in the way.</summary>
    public required string Because { get; init; }

    /// <summary>How many packets.</summary>
    public required int Count { get; init; }

    /// <summary>How many bytes of them the copies carry altogether, Ethernet headers included; 0 where there are no copies.</summary>
    public long Bytes { get; init; }

    /// <summary>How many copies were cut, by the session's packet length or by an MTU.</summary>
    public int Truncated { get; init; }

    /// <summary>The session that took them; null when none did.</summary>
    public string? SessionId { get; init; }

    /// <summary>The session's target.</summary>
    public string? TargetId { get; init; }

    /// <summary>The session's VNI.</summary>
    public int? VirtualNetworkId { get; init; }

    /// <summary>The filter rule that accepted them; null when it was a network service.</summary>
    public string? FilterRuleId { get; init; }

    /// <summary>Whether copies left the source, whether or not they arrived: these are what EC2 counts as mirrored.</summary>
    internal bool IsSent { get; init; }
}
