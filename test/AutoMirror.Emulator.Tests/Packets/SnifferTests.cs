using AutoMirror.Emulator.LoadBalancing;
using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>Wireshark's dissectors, which know Ethernet, IP, VXLAN and GENEVE from the RFCs, read the captures of targets.</summary>
public sealed class SnifferTests
{
    private const string Outside = "198.51.100.7";
    private const string Checks =
        "-o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -o udp.ignore_ipv6_zero_checksum:TRUE "
            + "-o ip.defragment:FALSE -o ipv6.defragment:FALSE -o tcp.analyze_sequence_numbers:FALSE";

    private readonly PacketWorld _world = new();

    [NeedsToolFact("tshark")]
    public async Task Copies_of_any_packet_are_well_formed()
    {
        var (subnet, group) = _world.NewNetwork("10.9.0.0/16", ipv6: true);
        var source = _world.Interface(subnet: subnet.Id, groups: [group.Id], ipv6: true);
        var target = _world.Ec2.Targets.Create(networkInterfaceId: _world.Interface(subnet: subnet.Id, groups: [group.Id]));
        _world.Mirror(source: source, target: target, virtualNetworkId: 0xabcdef);
        var random = new Random(16);
        List<PacketRequest> packets = [];
        for (var i = 0; i < 300; i++)
        {
            var other = random.Of(Outside, "2001:db8::7");
            var packet = new PacketRequest
            {
                From = source, To = other, Protocol = random.Of("tcp", "udp", other == Outside ? "icmp" : "icmpv6", "253"),
                SourcePort = random.Next(40_000, 50_000), DestinationPort = random.Next(40_000, 50_000),
                PayloadBytes = random.Of(8, 100, 1001, 1400, 8000), MoreFragments = random.Next(9) == 0,
                FragmentOffset = random.Next(9) == 0 ? 1480 : 0,
            };
            packets.Add(random.Next(2) == 0 ? packet : packet with { From = other, To = source });
        }

        var fates = _world.Cloud.Packets.Send(packets);
        Assert.All(fates, fate => Assert.Equal((PacketFateKind.Mirrored, 0), (fate.Kind, fate.Truncated)));

        await AssertNothingIsWrongAsync(target.Id);
        var read = await ReadAsync(target.Id, "-T fields -e vxlan.vni -e vxlan.flags -e udp.dstport -E occurrence=f");
        Assert.Equal(Enumerable.Repeat("11259375\t0x0800\t4789", 300), read);
    }

    [NeedsToolFact("tshark")]
    public async Task A_cut_packet_is_one_that_says_that_it_was_longer()
    {
        _world.Mirror(packetLength: 100);
        _world.Send(_world.Web, Outside, 40_001, payload: 1000);

        var read = await ReadAsync(_world.Target.Id, "-T fields -e frame.len -e ip.len -E occurrence=a -E aggregator=,");

        Assert.Equal($"{14 + 20 + 8 + 8 + 100}\t{20 + 8 + 8 + 100},{20 + 20 + 1000}", Assert.Single(read));
    }

    [NeedsToolFact("tshark")]
    public async Task Copies_through_a_Gateway_Load_Balancer_are_GENEVE_with_the_three_options_of_AWS()
    {
        var balancing = _world.Cloud.LoadBalancing;
        var balancer = balancing.CreateLoadBalancer("appliances", "gateway", [_world.SubnetOf(0)]);
        var members = balancing.TargetGroups.Create("appliances", "GENEVE", 6081, balancer.VpcId);
        balancing.TargetGroups.Register(members.Id, new RegisteredTarget(_world.InstanceOf(_world.Sensor)));
        balancing.CreateListener(balancer.Id, members.Id);
        var service = _world.Ec2.VpcEndpoints.CreateService([balancer.Id]);
        var endpoint = _world.Ec2.VpcEndpoints.Create(_world.Ec2.Networks.DefaultVpc.Id, service.Name, _world.SubnetOf(0));
        _world.Ec2.VpcEndpoints.Accept(service.Id, endpoint.Id);
        var target = _world.Ec2.Targets.Create(gatewayLoadBalancerEndpointId: endpoint.Id);
        _world.Mirror(target: target, virtualNetworkId: 4242);
        _world.Send(_world.Web, Outside, 40_001);

        await AssertNothingIsWrongAsync(target.Id);
        var read = await ReadAsync(
            target.Id, "-T fields -e geneve.vni -e geneve.option.class -e geneve.proto_type -e vxlan.vni -e ip.dst -E aggregator=,");
        var words = Assert.Single(read).Split('\t');
        Assert.Equal(["0x000000", "0x0108,0x0108,0x0108", "0x0800", "4242"], words[..4]);
        Assert.Equal([_world.AddressOf(_world.Sensor), Outside], words[4].Split(',').Where((_, i) => i != 1));
    }

    /// <summary>No dissector finds a length, a checksum or a field that can't be.</summary>
    private async Task AssertNothingIsWrongAsync(string targetId) => Assert.Empty(await ReadAsync(
        targetId, "-T fields -e frame.number -e _ws.expert.message", "_ws.malformed || _ws.expert.severity >= 0x600000"));

    private async Task<string[]> ReadAsync(string targetId, string options, string filter = "frame")
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, _world.Cloud.Packets.Capture(targetId));
            var result = await Tool.RunAsync("tshark", ["-r", file, "-Y", filter, .. Checks.Split(' '), .. options.Split(' ')]);
            Assert.True(result.ExitCode == 0, result.Error);
            return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
