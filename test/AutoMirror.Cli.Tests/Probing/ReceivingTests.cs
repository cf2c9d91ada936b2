using System.Net;
using System.Net.Sockets;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;
using AutoMirror.Cli.Probing.Receiving;

namespace AutoMirror.Cli.Tests.Probing;

public sealed class ReceivingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly string _file = Path.GetTempFileName();

    public static TheoryData<string, string> Ways => new()
    {
        { "plain", "127.0.0.1" }, { "plain", "::1" }, { "plain", "::" },
        { "batched", "127.0.0.1" }, { "batched", "::1" }, { "batched", "::" },
        { "batched, kept", "127.0.0.1" }, { "batched, kept", "::" },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Every_datagram_is_counted_with_its_length_and_its_sender(string way, string address)
    {
        if (Listen(way, address) is not { } receiver)
            return;
        using var _ = receiver;
        var tally = new Tally();
        var sender = address == "::" ? "127.0.0.1" : address;
        int[] payloads = [0, 1, 400, 1400, 8900, 60_000];
        foreach (var payload in payloads)
            Send(receiver, sender, Traffic.Vxlan(7, Traffic.Web(payload: payload)));
        Send(receiver, sender, Traffic.Vxlan(9, Traffic.Web(), flags: 1), [], [8]);

        Receive(receiver, new Intake(tally), payloads.Length + 3);

        var source = Assert.Single(tally.Sources);
        Assert.Equal((payloads.Length, payloads.Sum(each => each + 54)), (source.Packets, source.Bytes));
        Assert.Equal((IPAddress.Parse(sender), 0), (Address.ToAddress(source.Key.Address), source.Truncated));
        Assert.Equal((1, 2), (tally[Reading.VxlanFlags], tally[Reading.ShortVxlan]));
        Assert.True(source.FirstAt > 0);
        Assert.NotEqual(1, receiver.CountLost());
    }

    [Theory]
    [InlineData("plain", "pcap")]
    [InlineData("batched, kept", "pcap")]
    [InlineData("batched, kept", "pcapng")]
    public void What_is_kept_is_the_whole_packet(string way, string extension)
    {
        if (Listen(way, "127.0.0.1") is not { } receiver)
            return;
        using var _ = receiver;
        var path = Path.ChangeExtension(_file, extension);
        var whole = Traffic.Web(payload: 8000);
        using (var file = InnerPacketFile.Create(path, new MirrorSources([new(7, null, "eni-7")])))
        {
            Send(receiver, "127.0.0.1", Traffic.Vxlan(7, whole), Traffic.Vxlan(8, whole[..100]), Traffic.Vxlan(8, [], flags: 9));
            Receive(receiver, new Intake(new Tally(), file), 3);
        }

        using var stream = File.OpenRead(path);
        var reader = CaptureReader.Open(stream);
        Assert.True(reader.TryRead(out var first));
        Assert.Equal(whole, first.Bytes.ToArray());
        Assert.True(reader.TryRead(out var second));
        Assert.Equal((100, whole.Length), (second.Bytes.Length, second.Length));
        Assert.False(reader.TryRead(out var none));
        Assert.Null(reader.Problem);
    }

    [Fact]
    public void What_the_kernel_had_no_room_for_is_known()
    {
        if (!OperatingSystem.IsLinux() || Listen("batched", "127.0.0.1") is not { } receiver)
            return;
        using var _ = receiver;
        var datagram = Traffic.Vxlan(7, Traffic.Web(payload: 60_000));
        for (var i = 0; i < 2_000; i++)
            Send(receiver, "127.0.0.1", datagram);
        var tally = new Tally();
        var intake = new Intake(tally);
        while (receiver.Receive(intake, TimeSpan.Zero) > 0)
        {
        }

        Assert.Equal(2_000, tally.Packets + receiver.CountLost());
        Assert.True(receiver.CountLost() > 0);
    }

    [Fact]
    public void A_port_that_is_taken_is_refused()
    {
        using var first = new PlainReceiver(new IPEndPoint(IPAddress.Loopback, 0));

        var problem = Assert.Throws<SocketException>(() => new PlainReceiver(first.EndPoint));

        Assert.Equal(SocketError.AddressAlreadyInUse, problem.SocketErrorCode);
    }

    public void Dispose()
    {
        foreach (var extension in (string[])["tmp", "pcap", "pcapng"])
            File.Delete(Path.ChangeExtension(_file, extension));
    }

    private static DatagramReceiver? Listen(string way, string address)
    {
        var endPoint = new IPEndPoint(IPAddress.Parse(address), 0);
        return way == "plain" ? new PlainReceiver(endPoint)
            : LinuxReceiver.IsSupported ? new LinuxReceiver(endPoint, way.EndsWith("kept", StringComparison.Ordinal))
            : null;
    }

    private static void Send(DatagramReceiver receiver, string to, params byte[][] datagrams)
    {
        var address = IPAddress.Parse(to);
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        foreach (var datagram in datagrams)
            socket.SendTo(datagram, new IPEndPoint(address, receiver.EndPoint.Port));
    }

    private static void Receive(DatagramReceiver receiver, Intake intake, int count)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (intake.Tally.Packets < count && TimeProvider.System.GetElapsedTime(startedAt) < Patience)
            receiver.Receive(intake, TimeSpan.FromMilliseconds(100));
        Assert.Equal(count, intake.Tally.Packets);
    }
}
