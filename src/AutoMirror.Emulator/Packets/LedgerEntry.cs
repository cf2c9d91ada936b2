namespace AutoMirror.Emulator.Packets;

/// <summary>What became of an interface's packets in one direction, added up.</summary>
public sealed record LedgerEntry
{
    public required string NetworkInterfaceId { get; init; }

    /// <summary>The instance that had the interface; null for none.</summary>
    public string? InstanceId { get; init; }

    /// <summary><c>egress</c> or <c>ingress</c>.</summary>
    public required string Direction { get; init; }

    public required PacketFateKind Kind { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Because { get; init; }

    public string? SessionId { get; init; }

    public string? TargetId { get; init; }

    public int? VirtualNetworkId { get; init; }

    /// <summary>How many packets.</summary>
    public long Packets { get; init; }

    /// <summary>How many bytes their copies carry; 0 where there are no copies.</summary>
    public long Bytes { get; init; }

    /// <summary>How many copies were cut.</summary>
    public long Truncated { get; init; }

    /// <summary>When the first of them was sent.</summary>
    public DateTimeOffset FirstAt { get; init; }

    /// <summary>When the last of them was sent.</summary>
    public DateTimeOffset LastAt { get; init; }
}
