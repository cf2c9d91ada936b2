using System.Net;
using System.Net.Sockets;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing.Receiving;

/// <summary>A UDP socket whose datagrams go to the intake, on the caller's thread.</summary>
internal abstract class DatagramReceiver : IDisposable
{
    /// <summary>No UDP datagram is longer.</summary>
    protected const int LongestDatagram = 65_536;

    private const int SocketLevel = 1;
    private const int ForceReceiveBuffer = 33;
    private const int MemoryInformation = 55;
    private const int DropsIndex = 8;
    private const int WantedBuffer = 32 * 1024 * 1024;

    private protected DatagramReceiver(IPEndPoint endPoint)
    {
        Socket = new Socket(endPoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            if (endPoint.AddressFamily == AddressFamily.InterNetworkV6)
                Socket.DualMode = true;
            EnlargeBuffer(Socket);
            Socket.Bind(endPoint);
            EndPoint = (IPEndPoint)Socket.LocalEndPoint!;
            IsGeneve = EndPoint.Port == OuterPacket.GenevePort;
        }
        catch
        {
            Socket.Dispose();
            throw;
        }
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Whether it listens where a Gateway Load Balancer sends to.</summary>
    protected bool IsGeneve { get; }

    /// <summary>The socket, bound.</summary>
    protected Socket Socket { get; }

    /// <summary>Listens in the fastest way that the machine has.</summary>
    /// <param name="endPoint">Where; :: takes IPv4 too.</param>
    /// <param name="keepsPackets">Whole datagrams are wanted; otherwise their headers are enough, and less is copied.</param>
    /// <exception cref="SocketException">The address or the port can't be had.</exception>
    public static DatagramReceiver Listen(IPEndPoint endPoint, bool keepsPackets) => LinuxReceiver.IsSupported
        ? new LinuxReceiver(endPoint, keepsPackets)
        : new PlainReceiver(endPoint);

    /// <summary>Hands on some of what has arrived, and returns how much; waits for something, at most so long.</summary>
    /// <param name="intake">Where datagrams go.</param>
    /// <param name="wait">How long to wait when there is nothing.</param>
    public abstract int Receive(Intake intake, TimeSpan wait);

    /// <summary>How many datagrams the kernel had no room for, so that they were never seen here; null where it doesn't say.</summary>
    public long? CountLost()
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            // SO_MEMINFO, Linux 4.12: nine counts, of which the last is what the socket dropped.
            Span<byte> counts = stackalloc byte[(DropsIndex + 1) * sizeof(uint)];
            return Socket.GetRawSocketOption(SocketLevel, MemoryInformation, counts) == counts.Length
                ? BitConverter.ToUInt32(counts[(DropsIndex * sizeof(uint))..])
                : null;
        }
        catch (SocketException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Socket.Dispose();

    /// <summary>Now, in nanoseconds since 1970.</summary>
    protected static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    /// <summary>A larger buffer outlasts longer pauses. The kernel gives what net.core.rmem_max allows, and root more than that.</summary>
    private static void EnlargeBuffer(Socket socket)
    {
        socket.ReceiveBufferSize = WantedBuffer;
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            socket.SetRawSocketOption(SocketLevel, ForceReceiveBuffer, BitConverter.GetBytes(WantedBuffer));
        }
        catch (SocketException)
        {
            // Only with CAP_NET_ADMIN; what the first call got will do.
        }
    }
}
