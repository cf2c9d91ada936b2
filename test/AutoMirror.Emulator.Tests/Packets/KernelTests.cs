using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using AutoMirror.Emulator.Packets;
using static AutoMirror.Emulator.Tests.Packets.NetworkNamespace;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>Linux's own VXLAN device, as a sensor has it, receives what <c>--mirror-to</c> sends.</summary>
public sealed class KernelTests
{
    private const int Vni = 0x123456;
    private const int Port = 40001;

    private readonly PacketWorld _world = new();

    [NeedsVxlanDeviceFact]
    public void The_kernel_takes_copies_of_IPv4_apart_and_hands_over_what_is_in_them() => Run(() =>
    {
        _world.Mirror(virtualNetworkId: Vni);
        AddDevice(_world.Web, _world.AddressOf(_world.Web), "198.51.100.7");

        using var outlets = new MirrorOutlets(_world.Cloud, [new(null, new(IPAddress.Loopback, 4789))]);
        Receive(_world.AddressOf(_world.Web), "198.51.100.7", _world.Web);

        Assert.Equal(_world.Cloud.Packets.Ledger.Delivered(), PacketsOfDevice());
    });

    [NeedsVxlanDeviceFact]
    public void The_kernel_takes_copies_of_IPv6_apart_too() => Run(() =>
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16", ipv6: true);
        var source = _world.Interface(subnet: subnet.Id, groups: [group.Id], ipv6: true);
        var target = _world.Ec2.Targets.Create(networkInterfaceId: _world.Interface(subnet: subnet.Id, groups: [group.Id]));
        _world.Mirror(target: target, source: source, virtualNetworkId: Vni);
        var own = _world.Ec2.NetworkInterfaces.Table.Find(source)!.Ipv6Address!;
        AddDevice(source, own, "2001:db8::7");

        using var outlets = new MirrorOutlets(_world.Cloud, [new(target.Id, new(IPAddress.Loopback, 4789))]);
        Receive(own, "2001:db8::7", source);

        Assert.Equal(_world.Cloud.Packets.Ledger.Delivered(), PacketsOfDevice());
    });

    [NeedsVxlanDeviceFact]
    public void A_device_counts_the_copies_of_its_VNI_in_both_directions_and_no_others() => Run(() =>
    {
        _world.Mirror(virtualNetworkId: Vni);
        _world.Mirror(source: _world.Database, virtualNetworkId: Vni + 1);
        Ip($"link add mirror type vxlan id {Vni} dstport 4789 local 127.0.0.1");
        Ip("link set mirror mtu 9001 up");

        using var outlets = new MirrorOutlets(_world.Cloud, [new(null, new(IPAddress.Loopback, 4789))]);
        SendOthers(_world.Web, "198.51.100.7");
        SendOthers(_world.Database, "198.51.100.7");

        Assert.Equal(160, _world.Cloud.Packets.Ledger.Delivered());
        Assert.Equal(80, PacketsOfDevice());
    });

    /// <summary>
    /// The device stands in the source's place: it has its addresses, so the kernel takes what was for the source (and would take what the
    /// source sent for its own echo).
    /// </summary>
    private void AddDevice(string source, string own, string other)
    {
        var mac = _world.Ec2.NetworkInterfaces.Table.Find(source)!.MacAddress;
        var (family, bits, nodad) = own.Contains(':', StringComparison.Ordinal) ? ("-6 ", 128, " nodad") : ("-4 ", 32, "");
        Ip($"link add mirror address {mac} type vxlan id {Vni} dstport 4789 local 127.0.0.1");
        Ip("link set mirror mtu 9001 up");
        Ip($"{family}addr add {own}/{bits} dev mirror{nodad}");
        Ip($"{family}route add {other}/{bits} dev mirror");

        // The kernel takes packets for an IPv6 address a moment after it has it.
        var takes = SpinWait.SpinUntil(
            () => Ip($"{family}route show table local dev mirror").Contains(own, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.True(takes, $"{own} gets no packets.");
    }

    /// <summary>Sends datagrams to the source, and receives each as the source would.</summary>
    private void Receive(string own, string other, string source)
    {
        var address = IPAddress.Parse(own);
        using var socket = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = 5000 };
        socket.Bind(new IPEndPoint(address, Port));
        var (random, buffer) = (new Random(16), new byte[65_536]);
        foreach (var length in (ReadOnlySpan<int>)[0, 1, 17, 1400, 1473, 8000, 8873])
        {
            var payload = new byte[length];
            random.NextBytes(payload);
            var fates = _world.Cloud.Packets.Send(new PacketRequest
            {
                From = other, To = source, Protocol = "udp", SourcePort = 50_000 + length, DestinationPort = Port, Payload = payload,
            });
            Assert.All(fates, fate => Assert.Equal((PacketFateKind.Mirrored, 0), (fate.Kind, fate.Truncated)));

            EndPoint from = new IPEndPoint(address, 0);
            var received = socket.ReceiveFrom(buffer, ref from);
            Assert.Equal(payload, buffer[..received]);
            Assert.Equal(new IPEndPoint(IPAddress.Parse(other), 50_000 + length), from);
        }
    }

    /// <summary>Packets that the kernel counts, and that nobody takes.</summary>
    private void SendOthers(string source, string other) => _world.Cloud.Packets.Send(
        new PacketRequest { From = source, To = other, DestinationPort = 443, PayloadBytes = 100, Count = 50 },
        new PacketRequest { From = other, To = source, DestinationPort = 443, PayloadBytes = 1000, Count = 20 },
        new PacketRequest { From = source, To = other, Protocol = "icmp", PayloadBytes = 56, Count = 10 });

    private static long PacketsOfDevice()
    {
        using var all = JsonDocument.Parse(Ip("-j -s link show mirror"));
        return all.RootElement[0].GetProperty("stats64").GetProperty("rx").GetProperty("packets").GetInt64();
    }
}
