using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;
using AutoMirror.Cli.Probing.Receiving;

namespace AutoMirror.Benchmarks;

/// <summary>What one core of the probe holds: counting alone, reading a capture, and receiving from a socket's buffer.</summary>
internal static class ProbeSpeed
{
    private const int Flows = 4096;
    private const int Sources = 200;
    private const int AtOnce = 1500;
    private const int ThreadCpuClock = 3;

    /// <summary>Measures and prints.</summary>
    public static void Run(int seconds)
    {
        foreach (var length in (int[])[64, 1400, 8900])
        {
            Print($"counting, copies of {length} bytes", Counting(length, seconds));
            Print($"reading a capture, copies of {length} bytes", Reading(length, seconds));
            Print($"receiving, copies of {length} bytes", Receiving(length, seconds, keepsPackets: false));
            if (!LinuxReceiver.IsSupported)
                continue;
            Print($"receiving whole packets, copies of {length} bytes", Receiving(length, seconds, keepsPackets: true));
        }
    }

    private static void Print(string what, Result result) => Console.WriteLine(
        $"{what,-46} {result.Packets / result.Elapsed.TotalSeconds / 1e6,6:F2} million/s, "
        + $"{result.Packets / result.Cpu.TotalSeconds / 1e6,6:F2} million a CPU second");

    private static Result Counting(int length, int seconds)
    {
        var datagrams = Datagrams(length);
        var intake = new Intake(new Tally());
        return Measure(
            seconds,
            () =>
            {
                for (var i = 0; i < datagrams.Length; i++)
                    intake.Take(new Datagram((UInt128)(i % Sources), datagrams[i], datagrams[i].Length), isGeneve: false, 1);
            },
            intake.Tally);
    }

    private static Result Reading(int length, int seconds)
    {
        var stream = new MemoryStream();
        var writer = new PcapWriter(stream, LinkType.Raw);
        foreach (var datagram in Datagrams(length))
            writer.Write(Ip(datagram), datagram.Length + 28, 1);
        writer.Dispose();
        var capture = stream.ToArray();
        var intake = new Intake(new Tally());
        return Measure(
            seconds,
            () =>
            {
                var reader = CaptureReader.Open(new MemoryStream(capture));
                while (reader.TryRead(out var packet))
                    intake.Take(packet);
            },
            intake.Tally);
    }

    /// <summary>Fills the socket's buffer, which is not measured, and empties it, which is: so a slow sender does not show.</summary>
    private static Result Receiving(int length, int seconds, bool keepsPackets)
    {
        using var receiver = DatagramReceiver.Listen(new IPEndPoint(IPAddress.Loopback, 0), keepsPackets);
        using var sender = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        sender.Connect(receiver.EndPoint);
        var datagrams = Datagrams(length);
        var intake = new Intake(new Tally());
        Empty(receiver, intake, sender, datagrams);
        var (packets, elapsed, cpu) = (0L, TimeSpan.Zero, TimeSpan.Zero);
        while (elapsed < TimeSpan.FromSeconds(seconds))
        {
            foreach (var datagram in datagrams.AsSpan(0, AtOnce))
                sender.Send(datagram);
            var (before, cpuBefore, startedAt) = (intake.Tally.Packets, ThreadCpu(), Stopwatch.GetTimestamp());
            while (intake.Tally.Packets < before + AtOnce - receiver.CountLost())
                receiver.Receive(intake, TimeSpan.Zero);
            elapsed += Stopwatch.GetElapsedTime(startedAt);
            cpu += ThreadCpu() - cpuBefore;
            packets += intake.Tally.Packets - before;
        }

        return new Result(packets, elapsed, cpu);
    }

    private static void Empty(DatagramReceiver receiver, Intake intake, Socket sender, byte[][] datagrams)
    {
        for (var i = 0; i < 200; i++)
        {
            foreach (var datagram in datagrams.AsSpan(0, 100))
                sender.Send(datagram);
            while (intake.Tally.Packets < (i + 1) * 100)
                receiver.Receive(intake, TimeSpan.Zero);
        }
    }

    private static Result Measure(int seconds, Action work, Tally tally)
    {
        // The first part of a second is for the compiler.
        for (var startedAt = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(startedAt) < TimeSpan.FromSeconds(1); work())
        {
        }

        var (before, cpu, started) = (tally.Packets, ThreadCpu(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds))
            work();
        return new Result(tally.Packets - before, Stopwatch.GetElapsedTime(started), ThreadCpu() - cpu);
    }

    /// <summary>Copies of TCP packets in both directions of some thousand flows.</summary>
    private static byte[][] Datagrams(int length) =>
    [
        .. Enumerable.Range(0, Flows * 2).Select(each =>
        {
            var bytes = new byte[8 + Math.Max(length, 54)];
            (bytes[0], bytes[20], bytes[21], bytes[22], bytes[31]) = (8, 8, 0, 0x45, 6);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), (uint)(1000 + (each % Sources)) << 8);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(24), (ushort)(bytes.Length - 22));
            var (from, to) = each < Flows ? (34, 38) : (38, 34);
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(from), 0x0A000000u + (uint)(each % Flows));
            BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(to), 0xC6336407u);
            return bytes;
        }),
    ];

    private static byte[] Ip(byte[] payload)
    {
        var bytes = new byte[28 + payload.Length];
        (bytes[0], bytes[9]) = (0x45, 17);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), (ushort)bytes.Length);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(22), OuterPacket.VxlanPort);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(24), (ushort)(bytes.Length - 20));
        payload.CopyTo(bytes, 28);
        return bytes;
    }

    private static TimeSpan ThreadCpu()
    {
        Span<long> time = stackalloc long[2];
        return OperatingSystem.IsLinux() && GetClock(ThreadCpuClock, ref MemoryMarshal.GetReference(time)) == 0
            ? TimeSpan.FromSeconds(time[0]) + TimeSpan.FromTicks(time[1] / 100)
            : Process.GetCurrentProcess().TotalProcessorTime;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetClock(int clock, ref long time);

    private sealed record Result(long Packets, TimeSpan Elapsed, TimeSpan Cpu);
}
