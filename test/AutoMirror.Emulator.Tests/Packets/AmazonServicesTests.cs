using AutoMirror.Emulator.Packets;

namespace AutoMirror.Emulator.Tests.Packets;

/// <summary>Traffic with Amazon's own services in a VPC: what is never mirrored, and DNS, which a filter has a switch for.</summary>
public sealed class AmazonServicesTests
{
    private const string Outside = "198.51.100.7";

    private readonly PacketWorld _world = new();

    [Theory]
    [InlineData("169.254.169.253")]
    [InlineData("172.31.0.2")]
    public void Amazons_DNS_is_mirrored_where_the_filter_has_the_service_and_by_no_rule(string resolver)
    {
        var filter = _world.Everything();
        _world.Mirror(filter);
        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(_world.Web, resolver, 53, protocol: "udp").Kind);

        _world.Ec2.Filters.ModifyNetworkServices(filter.Id, ["amazon-dns"], []);

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, resolver, 53, protocol: "udp").Kind);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, resolver, 53).Kind);
        var answer = new PacketRequest { From = resolver, To = _world.Web, Protocol = "udp", SourcePort = 53, DestinationPort = 40000 };
        Assert.Equal(PacketFateKind.Mirrored, PacketWorld.At(_world.Web, _world.Cloud.Packets.Send(answer)).Kind);
    }

    [Fact]
    public void The_service_alone_mirrors_nothing_but_DNS_and_other_peoples_DNS_is_traffic_like_any()
    {
        _world.Mirror(_world.Filter("dns"), number: 1, virtualNetworkId: 1);
        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(_world.Web, Outside).Kind);
        Assert.Equal(PacketFateKind.NotAccepted, _world.Send(_world.Web, "8.8.8.8", 53, protocol: "udp").Kind);

        _world.Mirror(_world.Filter("out 1 accept udp 0.0.0.0/0 0.0.0.0/0 53"), number: 2, virtualNetworkId: 2);
        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, "8.8.8.8", 53, protocol: "udp").Kind);
    }

    [Theory]
    [InlineData("169.254.169.254", "tcp", 80, "instance metadata")]
    [InlineData("169.254.169.123", "udp", 123, "NTP")]
    [InlineData("169.254.169.250", "tcp", 1688, "Windows activation")]
    [InlineData("169.254.169.251", "tcp", 1688, "Windows activation")]
    [InlineData("172.31.0.1", "udp", 67, "DHCP")]
    public void What_Traffic_Mirroring_cannot_mirror_is_not_mirrored_whatever_the_filter(string to, string protocol, int port, string kind)
    {
        _world.Mirror(_world.Everything());

        var fate = _world.Send(_world.Web, to, port, protocol: protocol);

        Assert.Equal(PacketFateKind.NeverMirrored, fate.Kind);
        Assert.Contains(kind, fate.Because, StringComparison.Ordinal);
    }

    [Fact]
    public void NTP_with_somebody_else_is_mirrored()
    {
        _world.Mirror();

        Assert.Equal(PacketFateKind.Mirrored, _world.Send(_world.Web, "192.0.2.1", 123, protocol: "udp").Kind);
    }
}
