using System.Net;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Packets;

/// <summary>
/// EC2's data plane, as far as mirroring goes: packets leave and enter interfaces, and sessions copy them. It has no randomness, and no
/// clock but the cloud's: the same packets in the same state come to the same end.
/// </summary>
public sealed class DataPlane
{
    private const int MostAtOnce = 1_000_000;
    private const int DefaultSourcePort = 49152;
    private const byte EchoRequest = 8;
    private const byte EchoRequest6 = 128;

    private readonly Cloud _cloud;
    private readonly PacketEnds _ends;
    private readonly Journeys _journeys;
    private readonly TargetCaptures _captures;
    private PacketBudgets _budgets;
    private PacketFaults _faults = new();

    internal DataPlane(Cloud cloud)
    {
        _cloud = cloud;
        _ends = new(cloud.Ec2);
        _journeys = new(cloud);
        _captures = new(cloud.Options.CapturedPackets);
        _budgets = new(_faults, cloud.Now);
    }

    /// <summary>What was sent so far, and what became of it.</summary>
    public PacketLedger Ledger { get; } = new();

    /// <summary>What limits copies from now on.</summary>
    public PacketFaults Faults
    {
        get => _faults;
        set
        {
            using (_cloud.Enter())
                (_faults, _budgets) = (value, new(value, _cloud.Now));
        }
    }

    /// <summary>Raised for copies that reached what is behind a target, once the operation that sent them is over.</summary>
    public event Action<MirrorDelivery>? Delivered;

    /// <summary>Sends packets, one request after the other, and returns what became of them at each interface at their ends.</summary>
    /// <exception cref="PacketException">One of them can't be as it is asked for: nothing is sent.</exception>
    public IReadOnlyList<PacketFate> Send(params IReadOnlyList<PacketRequest> requests)
    {
        using (_cloud.Enter())
        {
            var journeys = requests.Select(Plan).ToList();
            return [.. journeys.SelectMany(Carry)];
        }
    }

    /// <summary>Sends Ethernet frames as a capture has them, or IP packets without Ethernet headers.</summary>
    /// <exception cref="PacketException">One of them can't be sent, and the message says which: nothing is sent.</exception>
    public IReadOnlyList<PacketFate> Send(IReadOnlyList<ReadOnlyMemory<byte>> packets, bool haveEthernetHeaders)
    {
        using (_cloud.Enter())
        {
            List<Func<IReadOnlyList<PacketFate>>> sends = [];
            foreach (var (i, bytes) in packets.Index())
            {
                try
                {
                    sends.Add(Plan(bytes, haveEthernetHeaders));
                }
                catch (PacketException problem)
                {
                    throw new PacketException($"packet {i + 1}: {problem.Message}");
                }
            }

            return [.. sends.SelectMany(send => send())];
        }
    }

    /// <summary>The copies that last reached a target, as a capture at the sensor has them: pcap, with outer headers.</summary>
    public byte[] Capture(string targetId)
    {
        using (_cloud.Enter())
            return _captures.Write(targetId);
    }

    private Journey Plan(PacketRequest request)
    {
        if (request.Count is < 1 or > MostAtOnce)
            throw new PacketException($"count is {request.Count}: it is 1 to {MostAtOnce}");
        var (from, to) = _ends.Of(request);
        var protocol = IpProtocol.Parse(request.Protocol);
        var payload = request.Payload?.ToArray() ?? new byte[Bytes(request.PayloadBytes)];
        var isLater = request.FragmentOffset > 0;
        var segment = isLater ? payload : Segment(request, protocol, from.Address, to.Address, payload);
        if (request.FragmentOffset is < 0 or > 65_528 || request.FragmentOffset % 8 != 0)
            throw new PacketException($"fragmentOffset is {request.FragmentOffset}: it is 0 to 65528, in steps of 8");
        var packet = PacketBuilder.Ip(from.Address, to.Address, protocol, segment, request.FragmentOffset, request.MoreFragments);
        return new(packet, null, from, to, request.Count);
    }

    private static byte[] Segment(PacketRequest request, byte protocol, IPAddress from, IPAddress to, byte[] payload) => protocol switch
    {
        IpProtocol.Tcp => PacketBuilder.Tcp(from, to, SourcePort(request), DestinationPort(request), payload),
        IpProtocol.Udp => PacketBuilder.Udp(from, to, SourcePort(request), DestinationPort(request), payload),
        IpProtocol.Icmp or IpProtocol.IcmpV6 => PacketBuilder.Icmp(
            from, to, protocol, Octet("icmpType", request.IcmpType ?? (protocol == IpProtocol.Icmp ? EchoRequest : EchoRequest6)),
            Octet("icmpCode", request.IcmpCode), payload),
        _ => payload,
    };

    private static int SourcePort(PacketRequest request) => Port("sourcePort", request.SourcePort ?? DefaultSourcePort);

    private static int DestinationPort(PacketRequest request) => Port(
        "destinationPort", request.DestinationPort ?? throw new PacketException($"a {request.Protocol} packet needs a destinationPort"));

    private static int Port(string name, int port) =>
        port is >= 0 and <= 65535 ? port : throw new PacketException($"{name} is {port}: it is 0 to 65535");

    private static byte Octet(string name, int value) =>
        value is >= 0 and <= 255 ? (byte)value : throw new PacketException($"{name} is {value}: it is 0 to 255");

    private static int Bytes(int count) =>
        count is >= 0 and <= 65_535 ? count : throw new PacketException($"payloadBytes is {count}: it is 0 to 65535");

    private Func<IReadOnlyList<PacketFate>> Plan(ReadOnlyMemory<byte> bytes, bool hasEthernetHeader)
    {
        var frame = hasEthernetHeader ? EthernetFrame.Read(bytes) : null;
        if (frame is { IsArp: true })
            return () => CarryArp(frame);
        if (frame is { Type: not (EthernetFrame.Ipv4 or EthernetFrame.Ipv6) })
            throw new PacketException($"EtherType 0x{frame.Type:x4}: a VPC carries IPv4, IPv6 and ARP");
        var packet = IpPacket.Read(frame?.Payload ?? bytes);
        var (from, to) = _ends.Of(packet, frame);
        return () => Carry(new(packet, frame, from, to, 1));
    }

    /// <summary>ARP stays on the link, and "Traffic Mirroring can't mirror" it.</summary>
    private IReadOnlyList<PacketFate> CarryArp(EthernetFrame frame)
    {
        var (from, to) = _ends.Of(frame);
        const string Why = "Traffic Mirroring can't mirror ARP";
        List<PacketFate> fates = [];
        if (from is not null)
            fates.Add(Passing.FateAt(from, isEgress: true, PacketFateKind.NeverMirrored, Why, 1));
        if (to is not null)
            fates.Add(Passing.FateAt(to, isEgress: false, PacketFateKind.NeverMirrored, Why, 1));
        return Note(fates);
    }

    private IReadOnlyList<PacketFate> Carry(Journey journey) => Note(_journeys.Carry(journey, _budgets, delivery =>
    {
        _captures.Add(delivery);
        _cloud.Afterwards(() => Delivered?.Invoke(delivery));
    }));

    private IReadOnlyList<PacketFate> Note(IReadOnlyList<PacketFate> fates)
    {
        foreach (var fate in fates)
        {
            var instance = _cloud.Ec2.NetworkInterfaces.Table.Find(fate.NetworkInterfaceId)?.Attachment?.InstanceId;
            Ledger.Add(fate, instance, _cloud.Now);
            _cloud.Metrics.Add(fate, instance);
        }

        return fates;
    }
}
