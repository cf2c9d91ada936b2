using AutoMirror.Emulator.Packets;

namespace AutoMirror.Emulator.Tests.Packets;

public sealed class BudgetTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Fact]
    public void Without_bandwidth_copies_are_skipped_and_counted_and_production_goes_on()
    {
        var session = _world.Mirror();
        _world.Cloud.Packets.Faults = new() { InstanceBitsPerSecond = Limit(_world.InstanceOf(_world.Web), 0) };

        var fates = _world.Cloud.Packets.Send(
            new PacketRequest { From = _world.Web, To = _world.Database, DestinationPort = 443, PayloadBytes = 100, Count = 5 });

        var skipped = PacketWorld.At(_world.Web, fates);
        Assert.Equal((PacketFateKind.Skipped, 5, session.Id, 770L), (skipped.Kind, skipped.Count, skipped.SessionId, skipped.Bytes));
        Assert.Equal(PacketFateKind.NoSession, PacketWorld.At(_world.Database, fates).Kind);
        Assert.Equal(0, _world.Cloud.Packets.Ledger.Delivered());
    }

    [Fact]
    public void Copies_get_what_production_leaves_and_the_clock_gives_it_back()
    {
        _world.Mirror();
        var instance = _world.InstanceOf(_world.Web);

        // Ten packets of 154 bytes and ten copies of 162.
        _world.Cloud.Packets.Faults = new() { InstanceBitsPerSecond = Limit(instance, 8 * ((10 * 154) + (4 * 162) + 1)) };
        var fates = Send(10);

        Assert.Equal([(PacketFateKind.Mirrored, 4), (PacketFateKind.Skipped, 6)], fates.Select(fate => (fate.Kind, fate.Count)));
        _world.World.Pass(1);
        Assert.Equal([(PacketFateKind.Mirrored, 4), (PacketFateKind.Skipped, 6)], Send(10).Select(fate => (fate.Kind, fate.Count)));
    }

    [Fact]
    public void A_sensor_that_cannot_keep_up_loses_copies_that_the_source_has_sent()
    {
        _world.Mirror();
        _world.Cloud.Packets.Faults = new() { TargetPacketsPerSecond = Limit(_world.Target.Id, 3) };

        var fates = Send(10);

        Assert.Equal([(PacketFateKind.Mirrored, 3), (PacketFateKind.CopyLost, 7)], fates.Select(fate => (fate.Kind, fate.Count)));
        Assert.Equal(10, Metric("NetworkPacketsMirrorOut"));
        Assert.Equal(0, Metric("NetworkPacketsSkipMirrorOut"));
    }

    [Fact]
    public void What_EC2_publishes_is_what_the_ledger_has()
    {
        _world.Mirror();
        Send(3);
        _world.Send(Outside, _world.Web, count: 2);
        _world.Cloud.Packets.Faults = new() { InstanceBitsPerSecond = Limit(_world.InstanceOf(_world.Web), 0) };
        Send(4);

        Assert.Equal((3, 2), (Metric("NetworkPacketsMirrorOut"), Metric("NetworkPacketsMirrorIn")));
        Assert.Equal((4, 0), (Metric("NetworkPacketsSkipMirrorOut"), Metric("NetworkPacketsSkipMirrorIn")));
        Assert.Equal((3 * 154, 2 * 154, 4 * 154), (Metric("NetworkMirrorOut"), Metric("NetworkMirrorIn"), Metric("NetworkSkipMirrorOut")));
        Assert.Equal((7, 2, 7 * 154), (Metric("NetworkPacketsOut"), Metric("NetworkPacketsIn"), Metric("NetworkOut")));
        Assert.Equal(5, _world.Cloud.Packets.Ledger.Count(_world.Web, PacketFateKind.Mirrored));
        Assert.Equal(4, _world.Cloud.Packets.Ledger.Count(_world.Web, PacketFateKind.Skipped));
    }

    [Fact]
    public void A_target_that_is_gone_has_no_copies_that_EC2_would_count()
    {
        var sensor = _world.Ec2.NetworkInterfaces.Create(new() { SubnetId = _world.SubnetOf(0) });
        _world.Mirror(target: _world.Ec2.Targets.Create(networkInterfaceId: sensor.Id));
        Send(1);
        Assert.Equal(1, Metric("NetworkPacketsMirrorOut"));

        _world.Ec2.NetworkInterfaces.Delete(sensor.Id);
        Send(1);

        Assert.Equal(1, Metric("NetworkPacketsMirrorOut"));
    }

    private IReadOnlyList<PacketFate> Send(int count) => _world.Cloud.Packets.Send(
        new PacketRequest { From = _world.Web, To = Outside, DestinationPort = 443, PayloadBytes = 100, Count = count });

    private double Metric(string name) => _world.Cloud.Metrics.Points(name, _world.InstanceOf(_world.Web)).Values.Sum();

    private static Dictionary<string, long> Limit(string id, long rate) => new() { [id] = rate };
}
