using System.Buffers.Binary;
using System.Net;

namespace AutoMirror.Cli.Tests.Probing;

/// <summary>Packets made by hand, plainly, layer by layer.</summary>
internal static class Traffic
{
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const ushort Ipv4 = 0x0800;
    public const ushort Ipv6 = 0x86DD;

    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(each => (byte)each)];

    public static byte[] Ethernet(byte[] payload, ushort? type = null)
    {
        var carried = payload.Length > 0 && payload[0] >> 4 == 6 ? Ipv6 : Ipv4;
        return [2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, .. Short(type ?? carried), .. payload];
    }

    /// <summary>A version 4 packet; the length, the fragment field and the options can be set to anything.</summary>
    public static byte[] Packet4(
        string from, string to, byte protocol, byte[] payload, int? length = null, int fragment = 0, int optionWords = 0) =>
    [
        (byte)(0x45 + optionWords), 0, .. Short(length ?? (20 + (optionWords * 4) + payload.Length)),
        0, 1, .. Short(fragment), 64, protocol, 0, 0,
        .. IPAddress.Parse(from).GetAddressBytes(), .. IPAddress.Parse(to).GetAddressBytes(), .. new byte[optionWords * 4], .. payload,
    ];

    /// <summary>A version 6 packet; extension headers are part of the payload, and <paramref name="next"/> names the first.</summary>
    public static byte[] Packet6(string from, string to, byte next, byte[] payload, int? payloadLength = null) =>
    [
        0x60, 0, 0, 0, .. Short(payloadLength ?? payload.Length), next, 64,
        .. IPAddress.Parse(from).GetAddressBytes(), .. IPAddress.Parse(to).GetAddressBytes(), .. payload,
    ];

    public static byte[] UdpSegment(int from, int to, byte[] payload, int? length = null) =>
        [.. Short(from), .. Short(to), .. Short(length ?? (8 + payload.Length)), 0, 0, .. payload];

    public static byte[] TcpSegment(int from, int to, byte[] payload) =>
        [.. Short(from), .. Short(to), 0, 0, 0, 1, 0, 0, 0, 0, 0x50, 0x10, 0x20, 0, 0, 0, 0, 0, .. payload];

    /// <summary>What a web server answers: the copy that most tests are about. 14 + 20 + 20 + <paramref name="payload"/> bytes.</summary>
    public static byte[] Web(
        string from = "10.0.0.5", string to = "198.51.100.7", int payload = 100, int fromPort = 443, int toPort = 40000) =>
        Ethernet(Packet4(from, to, Tcp, TcpSegment(fromPort, toPort, Bytes(payload))));

    public static byte[] Vxlan(int virtualNetworkId, byte[] frame, byte flags = 0x08) =>
        [flags, 0, 0, 0, (byte)(virtualNetworkId >> 16), (byte)(virtualNetworkId >> 8), (byte)virtualNetworkId, 0, .. frame];

    public static byte[] Geneve(byte[] packet, byte first = 0, ushort type = Ipv4) =>
        [first, 0, .. Short(type), 0, 0, 0, 0, .. packet];

    /// <summary>A whole frame at the sensor that brings a copy.</summary>
    public static byte[] Mirrored(
        int virtualNetworkId, byte[] frame, string from = "10.0.0.5", string to = "10.0.9.9", int toPort = 4789) =>
        Ethernet(Packet4(from, to, Udp, UdpSegment(50000, toPort, Vxlan(virtualNetworkId, frame))));

    public static byte[] Short(int value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        return bytes;
    }
}
