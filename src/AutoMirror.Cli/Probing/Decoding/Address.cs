using System.Buffers.Binary;
using System.Net;

namespace AutoMirror.Cli.Probing.Decoding;

/// <summary>Addresses as numbers, so that a packet's need no object: IPv6 as it is, IPv4 as IPv6 maps it (::ffff:a.b.c.d).</summary>
internal static class Address
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    /// <summary>Reads an IPv4 address.</summary>
    public static UInt128 Version4(ReadOnlySpan<byte> bytes) => MappedPrefix | BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>Reads an IPv6 address.</summary>
    public static UInt128 Version6(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt128BigEndian(bytes);

    /// <summary>The number of an address.</summary>
    public static UInt128 Of(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = address.MapToIPv6().TryWriteBytes(bytes, out _);
        return Version6(bytes);
    }

    /// <summary>The address of a number.</summary>
    public static IPAddress ToAddress(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        var address = new IPAddress(bytes);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
