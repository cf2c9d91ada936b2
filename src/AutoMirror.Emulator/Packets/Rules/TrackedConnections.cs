using System.Net;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets.Rules;

/// <summary>
/// Security groups are stateful: what answers a packet that was allowed is allowed, too, whatever the rules ("Amazon EC2 security group
/// connection tracking"). A connection that is idle is forgotten: TCP's after five days, UDP's after 30 seconds, or after 180 once both
/// ends have spoken; that of any other protocol after 30 seconds, which is not documented.
/// </summary>
internal sealed class TrackedConnections
{
    private static readonly TimeSpan TcpIdle = TimeSpan.FromSeconds(432_000);
    private static readonly TimeSpan UdpStreamIdle = TimeSpan.FromSeconds(180);
    private static readonly TimeSpan OtherIdle = TimeSpan.FromSeconds(30);

    private readonly Dictionary<Connection, Activity> _connections = [];

    /// <summary>Notes a packet that an interface's groups allowed.</summary>
    public void Allowed(string networkInterfaceId, bool isEgress, IpPacket packet, DateTimeOffset now)
    {
        var connection = Connection.Of(networkInterfaceId, isEgress, packet);
        var isAnswered = _connections.TryGetValue(connection, out var before) && (before.IsAnswered || before.BeganOutside == isEgress);
        _connections[connection] = new(before?.BeganOutside ?? !isEgress, isAnswered, now);
    }

    /// <summary>Whether a packet answers one that was allowed in the other direction.</summary>
    public bool IsAnswer(string networkInterfaceId, bool isEgress, IpPacket packet, DateTimeOffset now)
    {
        var connection = Connection.Of(networkInterfaceId, isEgress, packet);
        if (!_connections.TryGetValue(connection, out var activity) || activity.BeganOutside != isEgress)
            return false;
        if (now - activity.LastAt <= IdleOf(connection.Protocol, activity.IsAnswered))
            return true;
        _connections.Remove(connection);
        return false;
    }

    private static TimeSpan IdleOf(byte protocol, bool isAnswered) => protocol switch
    {
        IpProtocol.Tcp => TcpIdle,
        IpProtocol.Udp when isAnswered => UdpStreamIdle,
        _ => OtherIdle,
    };

    /// <summary>A connection as the interface sees it: its own end first, whoever sent the packet.</summary>
    private sealed record Connection(string NetworkInterfaceId, byte Protocol, IPAddress Own, int OwnPort, IPAddress Other, int OtherPort)
    {
        public static Connection Of(string networkInterfaceId, bool isEgress, IpPacket packet)
        {
            var (sourcePort, destinationPort) = (packet.SourcePort ?? 0, packet.DestinationPort ?? 0);
            return isEgress
                ? new(networkInterfaceId, packet.Protocol, packet.Source, sourcePort, packet.Destination, destinationPort)
                : new(networkInterfaceId, packet.Protocol, packet.Destination, destinationPort, packet.Source, sourcePort);
        }
    }

    private sealed record Activity(bool BeganOutside, bool IsAnswered, DateTimeOffset LastAt);
}
