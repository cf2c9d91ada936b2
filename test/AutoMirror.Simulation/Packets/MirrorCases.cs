using System.Net;
using System.Net.Sockets;
using CsCheck;

namespace AutoMirror.Simulation.Packets;

/// <summary>Random sessions, and packets at the edges of what their rules say.</summary>
internal static class MirrorCases
{
    private const int Tcp = 6;
    private const int Udp = 17;

    /// <summary>The addresses of the interface that is mirrored.</summary>
    public static readonly IPAddress Own4 = IPAddress.Parse("10.20.0.10");

    private static readonly string[] Version4 =
    [
        .. Enumerable.Repeat("0.0.0.0/0", 6), "0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "10.20.0.0/16", "10.20.0.0/24", "10.20.0.10/32",
        "198.51.100.0/24", "198.51.100.128/25", "198.51.100.7/32", "169.254.169.253/32",
    ];

    private static readonly string[] Version6 =
    [
        .. Enumerable.Repeat("::/0", 5), "::/1", "8000::/1", "2001:db8::/32", "2001:db8::7/128", "2600::/12", "fd00::/8",
        "fd00:ec2::253/128",
    ];

    private static readonly int[] EdgesOfPorts = [0, 53, 67, 68, 123, 443, 546, 49152, 65535];
    private static readonly int[] Payloads = [0, 1, 30, 100, 1400, 1406, 1407, 1446, 1447, 1500, 8800, 8861];

    private static readonly Gen<MirrorRule> Rules = Gen.Select(
        Gen.Select(Gen.Bool, Gen.Int[1, 9], Gen.Int[0, 3]), OneOf<int?>(null, null, null, Tcp, Tcp, Udp, Udp, 1, 58, 47),
        Gen.Select(Gen.Int[0, 2], Gen.UInt, Gen.UInt, Gen.Int[0, 128]), Gen.Select(PortRanges(), PortRanges())).Select(
        (head, protocol, networks, ports) =>
        {
            // One rule has networks of one family, and ports only where the protocol has some.
            var (family, source, destination, length) = networks;
            var (isIngress, number, action) = head;
            var hasPorts = protocol is Tcp or Udp;
            return new MirrorRule(
                isIngress, number, action > 0, protocol, Network(family == 0, source, length),
                Network(family == 0, destination, length / 2), hasPorts ? ports.Item1 : null, hasPorts ? ports.Item2 : null);
        });

    private static readonly Gen<MirrorSession> Sessions = Gen.Select(
        Gen.Int[1, 32766], Rules.Array[0, 10], Gen.Bool, Gen.OneOf(Gen.Const((int?)null), Gen.Int[1, 8500].Select(value => (int?)value)))
        .Select((number, rules, hasDns, length) => new MirrorSession(
            number, new([.. rules.DistinctBy(rule => (rule.IsIngress, rule.Number))], hasDns), length));

    /// <summary>Cases for an interface that has this IPv6 address.</summary>
    public static Gen<MirrorCase> For(IPAddress own6) => Gen.Select(
        Sessions.Array[1, 3], PacketSeeds.Array[1, 40], Gen.Bool,
        (sessions, seeds, isSmall) => new MirrorCase(
            [.. sessions.DistinctBy(session => session.Number)], [.. seeds.Select(seed => Packet(seed, sessions, own6))], isSmall));

    private static Gen<PacketSeed> PacketSeeds { get; } = Gen.Select(
        Gen.Select(Gen.Bool, Gen.Bool, OneOf(Tcp, Udp, Tcp, Udp, Udp, 1, 58, 47, 50)), Gen.UInt, Gen.UInt, Gen.UInt,
        OneOf(Payloads), Gen.Int[0, 30],
        (head, address, source, destination, payload, kind) =>
            new PacketSeed(head.Item1, head.Item2, head.Item3, address, source, destination, payload, kind));

    private static Gen<T> OneOf<T>(params T[] items) => Gen.Int[0, items.Length - 1].Select(index => items[index]);

    private static Gen<Ports?> PortRanges()
    {
        var none = Gen.Const((Ports?)null);
        var some = OneOf<Ports?>(new(443, 443), new(0, 65535));
        var any = Gen.Select(Gen.Int[0, 65535], Gen.Int[0, 65535], (one, other) => (Ports?)new(Math.Min(one, other), Math.Max(one, other)));
        var few = Gen.Select(OneOf(EdgesOfPorts), Gen.Int[0, 2], (from, more) => (Ports?)new(from, Math.Min(65535, from + more)));
        return Gen.OneOf(none, none, none, some, any, few);
    }

    /// <summary>One of those that are likely to meet, or any.</summary>
    private static IPNetwork Network(bool isVersion6, uint choice, int length)
    {
        var names = isVersion6 ? Version6 : Version4;
        if (choice % 6 > 0)
            return IPNetwork.Parse(names[choice / 6 % names.Length]);
        var (bytes, bits) = (new byte[isVersion6 ? 16 : 4], isVersion6 ? length : length / 4);
        new Random((int)(choice / 6)).NextBytes(bytes);
        for (var i = bits; i < bytes.Length * 8; i++)
            bytes[i / 8] &= (byte)~(0x80 >> (i % 8));
        return new(new IPAddress(bytes), bits);
    }

    private static SentPacket Packet(PacketSeed seed, IReadOnlyList<MirrorSession> sessions, IPAddress own6)
    {
        var rules = sessions.SelectMany(session => session.Filter.Rules).ToList();
        var family = seed.IsVersion6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var (own, protocol) = (seed.IsVersion6 ? own6 : Own4, seed.Protocol);
        protocol = protocol is 1 or 58 ? (seed.IsVersion6 ? 58 : 1) : protocol;
        IPAddress[] others =
        [
            .. rules.SelectMany(rule => Edges(rule.Source).Concat(Edges(rule.Destination))).Concat(seed.Kind > 24 ? Guide.Services : [])
                .Where(address => address.AddressFamily == family && !address.Equals(own) && IsSomebodys(address)),
            IPAddress.Parse(seed.IsVersion6 ? "2001:db8::99" : "198.51.100.99"),
        ];
        var other = others[seed.Address % others.Length];
        int[] ports =
        [
            .. EdgesOfPorts, .. rules.SelectMany(rule => (Ports?[])[rule.SourcePorts, rule.DestinationPorts]).OfType<Ports>()
                .SelectMany(range => (int[])[range.From - 1, range.From, range.To, range.To + 1]).Where(port => port is >= 0 and <= 65535),
        ];

        // DNS and the other services more often than by accident, and now and then a later fragment.
        var isDns = seed.Kind < 4;
        other = isDns ? Guide.Resolvers.First(each => each.AddressFamily == family) : other;
        var offset = seed.Kind == 4 ? 1480 : 0;
        var hasPorts = protocol is Tcp or Udp && offset == 0;
        var (near, far) = (ports[seed.Source % ports.Length], isDns ? 53 : ports[seed.Destination % ports.Length]);
        return seed.IsIngress
            ? new(true, other, own, protocol, hasPorts ? far : null, hasPorts ? near : null, seed.Payload, offset)
            : new(false, own, other, protocol, hasPorts ? near : null, hasPorts ? far : null, seed.Payload, offset);
    }

    /// <summary>The first and the last address of a network, and those beside it.</summary>
    private static IEnumerable<IPAddress> Edges(IPNetwork network)
    {
        var first = network.BaseAddress.GetAddressBytes();
        var last = (byte[])first.Clone();
        for (var i = network.PrefixLength; i < last.Length * 8; i++)
            last[i / 8] |= (byte)(0x80 >> (i % 8));
        return [Beside(first, -1), new(first), new(last), Beside(last, 1)];
    }

    private static IPAddress Beside(byte[] address, int step)
    {
        var bytes = (byte[])address.Clone();
        for (var i = bytes.Length - 1; i >= 0; i--)
        {
            bytes[i] = (byte)(bytes[i] + step);
            if (bytes[i] != (step > 0 ? 0 : byte.MaxValue))
                break;
        }

        return new(bytes);
    }

    /// <summary>Whether one machine can have the address: it is no multicast, loopback or unspecified one.</summary>
    private static bool IsSomebodys(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? address.GetAddressBytes() is [> 0 and < 224 and not 127, ..]
        : address.GetAddressBytes() is [>= 0x20 and < 0x40 or 0xfc or 0xfd, ..];

    /// <summary>What a packet is made from, once its sessions are known.</summary>
    private sealed record PacketSeed(
        bool IsIngress, bool IsVersion6, int Protocol, uint Address, uint Source, uint Destination, int Payload, int Kind);
}
