using System.Net;
using System.Net.Sockets;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing.Receiving;

/// <summary>Receives one datagram a call, as every system can.</summary>
internal sealed class PlainReceiver : DatagramReceiver
{
    private const int MostInARow = 64;

    private readonly byte[] _buffer = new byte[LongestDatagram];
    private readonly SocketAddress _sender;

    public PlainReceiver(IPEndPoint endPoint)
        : base(endPoint)
    {
        _sender = new SocketAddress(endPoint.AddressFamily);

        // A datagram that was announced may yet be found broken and dropped; waiting for the next one is not for the call that receives.
        Socket.Blocking = false;
    }

    /// <inheritdoc/>
    public override int Receive(Intake intake, TimeSpan wait)
    {
        if (!Socket.Poll(wait, SelectMode.SelectRead))
            return 0;
        var now = Now();
        var count = 0;
        for (; count < MostInARow && TryReceive(out var length); count++)
            intake.Take(new Datagram(AddressOf(_sender), _buffer.AsSpan(0, length), length), IsGeneve, now);
        return count;
    }

    private bool TryReceive(out int length)
    {
        length = 0;

        // An empty datagram has no byte that is available: only asking for readiness finds it.
        if (!Socket.Poll(0, SelectMode.SelectRead))
            return false;
        try
        {
            length = Socket.ReceiveFrom(_buffer, SocketFlags.None, _sender);
            return true;
        }
        catch (SocketException problem) when (problem.SocketErrorCode is SocketError.WouldBlock or SocketError.ConnectionReset)
        {
            // Windows reports as a reset that something sent earlier was refused; nothing was sent from here.
            return false;
        }
    }

    /// <summary>The address in a sockaddr_in or sockaddr_in6: after family and port, and after the flow label where there is one.</summary>
    private static UInt128 AddressOf(SocketAddress sender)
    {
        var bytes = sender.Buffer.Span;
        return sender.Family == AddressFamily.InterNetworkV6 ? Address.Version6(bytes[8..]) : Address.Version4(bytes[4..]);
    }
}
