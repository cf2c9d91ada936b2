using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;

namespace AutoMirror.Emulator.Tests.Packets;

public sealed class TruncationTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    /// <summary>The payload is behind 14 bytes of Ethernet, 20 of IPv4 and 20 of TCP.</summary>
    [Theory]
    [InlineData(100, 154, 0)]
    [InlineData(101, 154, 1)]
    [InlineData(0, 54, 0)]
    [InlineData(1400, 154, 1)]
    public void The_packet_length_counts_from_the_inner_packets_first_byte(int payload, long bytes, int truncated)
    {
        _world.Mirror(packetLength: 154);

        var fate = _world.Send(_world.Web, Outside, payload: payload);

        Assert.Equal((bytes, truncated), (fate.Bytes, fate.Truncated));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(13)]
    [InlineData(35)]
    public void A_packet_length_may_cut_headers(int length)
    {
        _world.Mirror(packetLength: length);
        _world.Send(_world.Web, Outside);

        Assert.Equal(length, CopyOf(_world.Target.Id).Length);
    }

    /// <summary>"The maximum MTU value supported by Traffic Mirroring with no packet truncation is 8947 bytes": 9001 - 54.</summary>
    [Theory]
    [InlineData(9001, 8947, 0)]
    [InlineData(9001, 8948, 1)]
    [InlineData(1500, 1446, 0)]
    [InlineData(1500, 1447, 1)]
    public void An_interface_target_takes_whole_packets_up_to_54_bytes_less_than_its_MTU(int mtu, int packet, int truncated)
    {
        _world.Mirror();
        _world.Ec2.NetworkInterfaces.SetMtu(_world.Sensor, mtu);

        var fate = _world.Send(_world.Web, Outside, payload: packet - 40);

        Assert.Equal((Math.Min(packet, mtu - 54) + 14, truncated), (fate.Bytes, fate.Truncated));
    }

    [Theory]
    [InlineData(8927, 0)]
    [InlineData(8928, 1)]
    public void With_IPv6_it_is_74_bytes_less(int packet, int truncated)
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16", ipv6: true);
        var source = _world.Interface(subnet: subnet.Id, groups: [group.Id], ipv6: true);
        var target = _world.Ec2.Targets.Create(networkInterfaceId: _world.Interface(subnet: subnet.Id, groups: [group.Id]));
        _world.Mirror(target: target, source: source);
        var request = new PacketRequest { From = source, To = "2001:db8::1", DestinationPort = 443, PayloadBytes = packet - 60 };

        Assert.Equal(truncated, PacketWorld.At(source, _world.Cloud.Packets.Send(request)).Truncated);
    }

    [Theory]
    [InlineData(8446, 0)]
    [InlineData(8447, 1)]
    public void Through_a_Gateway_Load_Balancer_endpoint_it_is_8446(int packet, int truncated)
    {
        var balancing = _world.Cloud.LoadBalancing;
        var balancer = balancing.CreateLoadBalancer("appliances", "gateway", [_world.SubnetOf(0)]);
        var members = balancing.TargetGroups.Create("appliances", "GENEVE", 6081, balancer.VpcId);
        balancing.TargetGroups.Register(members.Id, new LoadBalancing.RegisteredTarget(_world.InstanceOf(_world.Sensor)));
        balancing.CreateListener(balancer.Id, members.Id);
        var service = _world.Ec2.VpcEndpoints.CreateService([balancer.Id], acceptanceRequired: false);
        var endpoint = _world.Ec2.VpcEndpoints.Create(balancer.VpcId, service.Name, _world.SubnetOf(0));
        _world.Mirror(target: _world.Ec2.Targets.Create(gatewayLoadBalancerEndpointId: endpoint.Id));

        Assert.Equal(truncated, _world.Send(_world.Web, Outside, payload: packet - 40).Truncated);
    }

    [Fact]
    public void A_Network_Load_Balancer_has_a_packet_length_of_8500_and_no_MTU_of_a_sensor()
    {
        _world.Mirror(target: _world.World.LoadBalancer());

        var fate = _world.Send(_world.Web, Outside, payload: 8900);

        Assert.Equal((8500, 1), (fate.Bytes, fate.Truncated));
    }

    private byte[] CopyOf(string targetId)
    {
        var (_, packets) = PcapFile.Read(_world.Cloud.Packets.Capture(targetId));
        return packets[^1][(14 + 20 + 8 + 8)..].ToArray();
    }
}
