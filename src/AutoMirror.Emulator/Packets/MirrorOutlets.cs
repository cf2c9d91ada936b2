using System.Net;
using System.Net.Sockets;

namespace AutoMirror.Emulator.Packets;

/// <summary>Sends the copies of a cloud out as real datagrams. Like EC2, it does not care whether anybody takes them.</summary>
internal sealed class MirrorOutlets : IDisposable
{
    private readonly Cloud _cloud;
    private readonly IReadOnlyList<MirrorOutlet> _outlets;
    private readonly Socket _version4 = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly Socket? _version6 =
        Socket.OSSupportsIPv6 ? new(AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp) : null;

    public MirrorOutlets(Cloud cloud, IReadOnlyList<MirrorOutlet> outlets)
    {
        _cloud = cloud;
        _outlets = outlets;
        cloud.Packets.Delivered += Send;
    }

    public void Dispose()
    {
        _cloud.Packets.Delivered -= Send;
        _version4.Dispose();
        _version6?.Dispose();
    }

    private void Send(MirrorDelivery delivery)
    {
        var own = _outlets.Where(outlet => outlet.TargetId == delivery.TargetId).ToList();
        foreach (var outlet in own.Count > 0 ? own : _outlets.Where(outlet => outlet.TargetId is null))
        {
            for (var i = 0; i < delivery.Count; i++)
                TrySend(delivery.Vxlan, outlet.EndPoint);
        }
    }

    private void TrySend(ReadOnlyMemory<byte> datagram, IPEndPoint to)
    {
        try
        {
            (to.AddressFamily == AddressFamily.InterNetworkV6 ? _version6 : _version4)?.SendTo(datagram.Span, to);
        }
        catch (SocketException)
        {
            // Nobody listens, or the way is shut: a copy that nobody gets is lost, and the one who sent the packet never hears of it.
        }
    }
}
