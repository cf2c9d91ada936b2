using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>Packets of interfaces that no instance of the account has: those of participants, and those that AWS services hold.</summary>
public sealed class OtherHostsTests
{
    private const string Participant = "210987654321";
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Fact]
    public void A_participants_packets_are_mirrored_to_a_sensor_in_the_shared_VPC_and_its_metrics_are_its_own()
    {
        var (subnet, group) = _world.NewNetwork("10.50.0.0/16");
        var placed = _world.Ec2.SharedVpcs.Place(new() { OwnerId = Participant, SubnetId = subnet.Id, InstanceType = "m5.large" });
        var target = _world.Ec2.Targets.Create(networkInterfaceId: _world.Interface(subnet: subnet.Id, groups: [group.Id]));
        _world.Mirror(target: target, source: placed.Id);

        var fates = _world.Cloud.Packets.Send(new PacketRequest { From = placed.Id, To = Outside, DestinationPort = 443, Count = 3 });

        Assert.Equal((PacketFateKind.Mirrored, target.Id), (fates.Single().Kind, fates.Single().TargetId));
        Assert.Equal(3, _world.Cloud.Packets.Ledger.Delivered(target.Id));
        Assert.Empty(_world.Cloud.Metrics.Points("NetworkOut", placed.Attachment!.InstanceId!));
    }

    [Fact]
    public void A_databases_packets_are_mirrored()
    {
        var subnet = _world.Ec2.NetworkInterfaces.Table.Find(_world.Sensor)!.SubnetId;
        var database = _world.Ec2.RequesterManaged.Create(RequesterManagedInterface.OfDatabase(subnet)).Id;
        _world.Mirror(source: database);

        var fates = _world.Cloud.Packets.Send(new PacketRequest { From = database, To = Outside, DestinationPort = 443 });

        Assert.Equal(PacketFateKind.Mirrored, fates.Single().Kind);
    }

    [Fact]
    public void Once_a_participants_interface_is_gone_there_is_no_packet_of_it()
    {
        var (subnet, _) = _world.NewNetwork("10.50.0.0/16");
        var placed = _world.Ec2.SharedVpcs.Place(new() { OwnerId = Participant, SubnetId = subnet.Id, InstanceType = "m5.large" });
        _world.Ec2.SharedVpcs.Remove(placed.Id);

        Assert.Throws<PacketException>(
            () => _world.Cloud.Packets.Send(new PacketRequest { From = placed.Id, To = Outside, DestinationPort = 443 }));
    }
}
