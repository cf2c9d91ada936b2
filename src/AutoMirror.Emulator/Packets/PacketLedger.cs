namespace AutoMirror.Emulator.Packets;

/// <summary>The account of all packets: what was sent, and what became of it, by interface, direction, session and reason.</summary>
public sealed class PacketLedger
{
    private readonly Dictionary<object, LedgerEntry> _entries = [];

    /// <summary>The entries, in the order in which they were begun.</summary>
    public IReadOnlyList<LedgerEntry> Entries => [.. _entries.Values];

    /// <summary>How many copies reached a target, or the targets of all.</summary>
    public long Delivered(string? targetId = null) => _entries.Values
        .Where(entry => entry.Kind == PacketFateKind.Mirrored && (targetId is null || entry.TargetId == targetId))
        .Sum(entry => entry.Packets);

    /// <summary>How many packets of an interface ended like this.</summary>
    public long Count(string networkInterfaceId, PacketFateKind kind) => _entries.Values
        .Where(entry => entry.NetworkInterfaceId == networkInterfaceId && entry.Kind == kind).Sum(entry => entry.Packets);

    internal void Add(PacketFate fate, string? instanceId, DateTimeOffset at)
    {
        var key = (fate.NetworkInterfaceId, instanceId, fate.Direction, fate.Kind, fate.SessionId, fate.TargetId, fate.Because);
        var before = _entries.GetValueOrDefault(key) ?? new LedgerEntry
        {
            NetworkInterfaceId = fate.NetworkInterfaceId, InstanceId = instanceId, Direction = fate.Direction, Kind = fate.Kind,
            Because = fate.Because, SessionId = fate.SessionId, TargetId = fate.TargetId, VirtualNetworkId = fate.VirtualNetworkId,
            FirstAt = at,
        };
        _entries[key] = before with
        {
            Packets = before.Packets + fate.Count,
            Bytes = before.Bytes + fate.Bytes,
            Truncated = before.Truncated + fate.Truncated,
            VirtualNetworkId = fate.VirtualNetworkId,
            LastAt = at,
        };
    }
}
