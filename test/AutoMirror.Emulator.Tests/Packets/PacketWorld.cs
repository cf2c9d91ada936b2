using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Mirroring;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>An account with a web server, a database and a sensor; short words for what tests do with packets.</summary>
internal sealed class PacketWorld
{
    public PacketWorld(Func<EmulatorOptions, EmulatorOptions>? change = null)
    {
        World = new(change);
        Group = Ec2.SecurityGroups.Create("everything", "in and out");
        Ec2.SecurityGroups.Authorize(Group.Id, [new("-1", null, null, "0.0.0.0/0"), new("-1", null, null, null, "::/0")]);
        Ec2.SecurityGroups.Authorize(Group.Id, [new("-1", null, null, null, "::/0")], egress: true);
        Web = Interface();
        Database = Interface(1);
        Sensor = Interface();
        Target = Ec2.Targets.Create(networkInterfaceId: Sensor);
    }

    public World World { get; }

    public Cloud Cloud => World.Cloud;

    public Ec2Engine Ec2 => World.Ec2;

    public SecurityGroup Group { get; }

    /// <summary>The interface that tests mirror.</summary>
    public string Web { get; }

    /// <summary>An interface in another subnet of the same VPC.</summary>
    public string Database { get; }

    /// <summary>An interface in the subnet of <see cref="Web"/>.</summary>
    public string Sensor { get; }

    public TrafficMirrorTarget Target { get; }

    public string AddressOf(string networkInterfaceId) => Ec2.NetworkInterfaces.Table.Find(networkInterfaceId)!.PrivateIpAddress!;

    public string InstanceOf(string networkInterfaceId) => Ec2.NetworkInterfaces.Table.Find(networkInterfaceId)!.Attachment!.InstanceId!;

    public string SubnetOf(int zone) =>
        Ec2.Networks.DescribeSubnets(Query.All).Items.OrderBy(each => each.Zone.Name).ElementAt(zone).Id;

    /// <summary>The primary interface of a new instance in the default subnet of a zone, or in a subnet.</summary>
    public string Interface(
        int zone = 0, string? subnet = null, IReadOnlyList<string>? groups = null, string type = "m5.large", bool ipv6 = false)
    {
        var instance = Ec2.RunInstances(new LaunchRequest
        {
            InstanceType = type, SubnetId = subnet ?? SubnetOf(zone), GroupIds = groups ?? [Group.Id], Ipv6AddressCount = ipv6 ? 1 : 0,
        })[0];
        World.Pass(2);
        return World.InterfaceOf(instance.Id);
    }

    /// <summary>A VPC with one subnet, and a group that lets everything in and out.</summary>
    public (Subnet Subnet, SecurityGroup Group) NewNetwork(string cidrBlock, bool ipv6 = false)
    {
        var vpc = Ec2.Networks.CreateVpc(cidrBlock, ipv6);
        var block = vpc.Ipv6CidrBlock?.Replace("::/56", "::/64", StringComparison.Ordinal);
        var group = Ec2.SecurityGroups.Create($"all of {cidrBlock.Replace('/', '-')}", "in and out", vpc.Id);
        Ec2.SecurityGroups.Authorize(group.Id, [new("-1", null, null, "0.0.0.0/0"), new("-1", null, null, null, "::/0")]);
        Ec2.SecurityGroups.Authorize(group.Id, [new("-1", null, null, null, "::/0")], egress: true);
        return (Ec2.Networks.CreateSubnet(vpc.Id, cidrBlock, ipv6CidrBlock: block), group);
    }

    /// <summary>A filter from lines such as <c>in 10 accept tcp 0.0.0.0/0 10.0.0.0/8 443</c>, with the destination's ports last.</summary>
    public TrafficMirrorFilter Filter(params string[] lines)
    {
        var filter = Ec2.Filters.Create();
        foreach (var line in lines)
        {
            if (line == "dns")
            {
                Ec2.Filters.ModifyNetworkServices(filter.Id, ["amazon-dns"], []);
                continue;
            }

            var words = line.Split(' ');
            Ec2.Filters.CreateRule(
                filter.Id, words[0] == "in" ? "ingress" : "egress", int.Parse(words[1], null), words[2], words[4], words[5],
                words[3] switch { "all" => null, "tcp" => 6, "udp" => 17, "icmp" => 1, var number => int.Parse(number, null) },
                destinationPorts: words.Length > 6 ? PortsOf(words[6]) : null);
        }

        return filter;
    }

    /// <summary>A filter that accepts everything in both directions, of both families.</summary>
    public TrafficMirrorFilter Everything() => Filter(
        "in 1 accept all 0.0.0.0/0 0.0.0.0/0", "in 2 accept all ::/0 ::/0",
        "out 1 accept all 0.0.0.0/0 0.0.0.0/0", "out 2 accept all ::/0 ::/0");

    public TrafficMirrorSession Mirror(
        TrafficMirrorFilter? filter = null, TrafficMirrorTarget? target = null, int number = 1, string? source = null,
        int? packetLength = null, int virtualNetworkId = 7) => Ec2.Sessions.Create(new()
        {
            NetworkInterfaceId = source ?? Web, TargetId = (target ?? Target).Id, FilterId = (filter ?? Everything()).Id,
            SessionNumber = number, PacketLength = packetLength, VirtualNetworkId = virtualNetworkId,
        });

    /// <summary>Sends TCP packets and returns what became of them at the interface that tests mirror.</summary>
    public PacketFate Send(string from, string to, int port = 443, int payload = 100, int count = 1, string protocol = "tcp") => At(
        Web, Cloud.Packets.Send(new PacketRequest
        {
            From = from, To = to, Protocol = protocol, DestinationPort = port, PayloadBytes = payload, Count = count,
        }));

    public static PacketFate At(string networkInterfaceId, IEnumerable<PacketFate> fates) =>
        Assert.Single(fates, fate => fate.NetworkInterfaceId == networkInterfaceId);

    private static PortRange PortsOf(string text) =>
        new(int.Parse(text.Split('-')[0], null), int.Parse(text.Split('-')[^1], null));

    /// <summary>The outer frames of the copies that a target got.</summary>
    public List<EthernetFrame> CapturedFrames(string targetId) =>
        [.. PcapFile.Read(Cloud.Packets.Capture(targetId)).Packets.Select(EthernetFrame.Read)];
}
