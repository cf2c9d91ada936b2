using System.Net;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Packets;

namespace AutoMirror.Simulation.Packets;

/// <summary>An emulated account with one interface that is mirrored and a sensor, both in groups that let everything through.</summary>
internal sealed class MirroredInterface
{
    private const int SmallMtu = 1500;
    private const int LargeMtu = 9001;

    private readonly string _sensor;

    public MirroredInterface(TimeProvider? time = null)
    {
        Cloud = new(new EmulatorOptions { PendingFor = TimeSpan.Zero, Time = time ?? TimeProvider.System });
        var ec2 = Cloud.Ec2;
        var vpc = ec2.Networks.CreateVpc("10.20.0.0/16", true);
        var block = vpc.Ipv6CidrBlock!.Replace("::/56", "::/64", StringComparison.Ordinal);
        var subnet = ec2.Networks.CreateSubnet(vpc.Id, "10.20.0.0/24", ipv6CidrBlock: block);
        var group = ec2.SecurityGroups.Create("all", "in and out", vpc.Id);
        ec2.SecurityGroups.Authorize(group.Id, [new("-1", null, null, "0.0.0.0/0"), new("-1", null, null, null, "::/0")]);
        ec2.SecurityGroups.Authorize(group.Id, [new("-1", null, null, null, "::/0")], egress: true);
        Id = Launch(subnet.Id, group.Id, MirrorCases.Own4.ToString());
        _sensor = Launch(subnet.Id, group.Id, "10.20.0.20");
        TargetId = ec2.Targets.Create(networkInterfaceId: _sensor).Id;
    }

    public Cloud Cloud { get; }

    public string Id { get; }

    public string TargetId { get; }

    public string InstanceId => Cloud.Ec2.NetworkInterfaces.Table.Find(Id)!.Attachment!.InstanceId!;

    public IPAddress Own6 => IPAddress.Parse(Cloud.Ec2.NetworkInterfaces.Table.Find(Id)!.Ipv6Address!);

    /// <summary>Sets the sessions up, sends the packets, and takes the sessions away again.</summary>
    /// <param name="mirrorCase">The sessions and the packets.</param>
    /// <param name="countOf">How many of a packet are sent, by its place; one of each otherwise.</param>
    /// <returns>What became of each packet at the interface; a session has the VNI of its place, counted from 1.</returns>
    public IReadOnlyList<IReadOnlyList<PacketFate>> Play(MirrorCase mirrorCase, Func<int, int>? countOf = null)
    {
        Cloud.Ec2.NetworkInterfaces.SetMtu(_sensor, MtuOf(mirrorCase));
        var filters = mirrorCase.Sessions.Select(session => FilterOf(session.Filter)).ToList();
        var sessions = mirrorCase.Sessions.Index().Select(each => Cloud.Ec2.Sessions.Create(new()
        {
            NetworkInterfaceId = Id, TargetId = TargetId, FilterId = filters[each.Index], SessionNumber = each.Item.Number,
            VirtualNetworkId = each.Index + 1, PacketLength = each.Item.PacketLength,
        }).Id).ToList();
        try
        {
            return [.. mirrorCase.Packets.Select((packet, place) => Send(packet, countOf?.Invoke(place) ?? 1))];
        }
        finally
        {
            sessions.ForEach(Cloud.Ec2.Sessions.Delete);
            filters.ForEach(Cloud.Ec2.Filters.Delete);
        }
    }

    /// <summary>The MTU of the sensor.</summary>
    public static int MtuOf(MirrorCase mirrorCase) => mirrorCase.HasSmallMtu ? SmallMtu : LargeMtu;

    private IReadOnlyList<PacketFate> Send(SentPacket packet, int count) => [.. Cloud.Packets.Send(new PacketRequest
    {
        From = packet.IsIngress ? packet.Source.ToString() : Id, To = packet.IsIngress ? Id : packet.Destination.ToString(),
        Protocol = packet.Protocol.ToString(null as IFormatProvider), SourcePort = packet.SourcePort,
        DestinationPort = packet.DestinationPort, PayloadBytes = packet.PayloadBytes, FragmentOffset = packet.FragmentOffset, Count = count,
    }).Where(fate => fate.NetworkInterfaceId == Id)];

    private string FilterOf(MirrorFilter filter)
    {
        var filters = Cloud.Ec2.Filters;
        var id = filters.Create().Id;
        foreach (var rule in filter.Rules)
        {
            filters.CreateRule(
                id, rule.IsIngress ? "ingress" : "egress", rule.Number, rule.Accepts ? "accept" : "reject", rule.Source.ToString(),
                rule.Destination.ToString(), rule.Protocol, Of(rule.SourcePorts), Of(rule.DestinationPorts));
        }

        if (filter.HasDns)
            filters.ModifyNetworkServices(id, ["amazon-dns"], []);
        return id;
    }

    private static Emulator.Ec2.Mirroring.PortRange? Of(Ports? ports) => ports is null ? null : new(ports.From, ports.To);

    private string Launch(string subnetId, string groupId, string address)
    {
        var instance = Cloud.Ec2.RunInstances(new LaunchRequest
        {
            InstanceType = "m5.large",
            NetworkInterfaces =
                [new() { SubnetId = subnetId, GroupIds = [groupId], PrivateIpAddress = address, Ipv6AddressCount = 1 }],
        })[0];
        Cloud.Advance();
        return Cloud.Ec2.Instances.InterfacesOf(instance.Id)[0].Id;
    }
}
