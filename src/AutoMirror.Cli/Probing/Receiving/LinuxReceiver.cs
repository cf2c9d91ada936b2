using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Probing.Receiving;

/// <summary>Receives many datagrams a call, with Linux's recvmmsg.</summary>
/// <remarks>
/// With MSG_TRUNC the kernel tells a datagram's whole length and copies only as much of it as there is room for. Counting needs the
/// headers alone, so most of each packet is never copied.
/// </remarks>
internal sealed unsafe partial class LinuxReceiver : DatagramReceiver
{
    private const int Batch = 64;
    private const int HeadersOnly = 512;
    private const int SenderLength = 28;
    private const int SenderRoom = 32;
    private const int DontWait = 0x40;
    private const int TellWholeLength = 0x20;
    private const int TryAgain = 11;
    private const int Interrupted = 4;

    private readonly int _room;
    private readonly BatchedMessage* _messages;

    // Pinned, and kept here as long as the pointers into it are.
    private readonly byte[] _memory;

    public LinuxReceiver(IPEndPoint endPoint, bool keepsPackets)
        : base(endPoint)
    {
        _room = keepsPackets ? LongestDatagram : HeadersOnly;
        _memory = GC.AllocateArray<byte>(Batch * (sizeof(BatchedMessage) + sizeof(IoVector) + SenderRoom + _room), pinned: true);
        _messages = (BatchedMessage*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        var vectors = (IoVector*)(_messages + Batch);
        var senders = (byte*)(vectors + Batch);
        var buffers = senders + (Batch * SenderRoom);
        for (var i = 0; i < Batch; i++)
        {
            vectors[i] = new IoVector { Base = buffers + (i * _room), Length = (nuint)_room };
            _messages[i].Header.Name = senders + (i * SenderRoom);
            _messages[i].Header.Vectors = vectors + i;
            _messages[i].Header.VectorCount = 1;
        }
    }

    /// <summary>The layout of the kernel's structures below is that of 64-bit Linux.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && Environment.Is64BitProcess;

    /// <inheritdoc/>
    public override int Receive(Intake intake, TimeSpan wait)
    {
        for (var i = 0; i < Batch; i++)
            _messages[i].Header.NameLength = SenderLength;
        var count = ReceiveMany(Socket.SafeHandle, _messages, Batch, DontWait | TellWholeLength, 0);
        if (count < 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error is not (TryAgain or Interrupted))
                throw new SocketException(error);
            Socket.Poll(wait, SelectMode.SelectRead);
            return 0;
        }

        var now = Now();
        for (var i = 0; i < count; i++)
        {
            var length = (int)_messages[i].Length;
            var kept = new ReadOnlySpan<byte>(_messages[i].Header.Vectors->Base, Math.Min(length, _room));
            var sender = new ReadOnlySpan<byte>(_messages[i].Header.Name, SenderLength);
            intake.Take(new Datagram(AddressOf(sender), kept, length), IsGeneve, now);
        }

        return count;
    }

    private static UInt128 AddressOf(ReadOnlySpan<byte> sender) => MemoryMarshal.Read<ushort>(sender) == (ushort)AddressFamily.InterNetwork
        ? Address.Version4(sender[4..])
        : Address.Version6(sender[8..]);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    private static partial int ReceiveMany(SafeHandle socket, BatchedMessage* messages, uint count, int flags, nint timeout);

    /// <summary>struct iovec.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct IoVector
    {
        public byte* Base;
        public nuint Length;
    }

    /// <summary>struct msghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct MessageHeader
    {
        public byte* Name;
        public uint NameLength;
        public IoVector* Vectors;
        public nuint VectorCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary>struct mmsghdr.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct BatchedMessage
    {
        public MessageHeader Header;
        public uint Length;
    }
}
