using System.Net;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;

namespace AutoMirror.Cli.Tests.Probing;

public class CountingTests
{
    private readonly Tally _tally = new();

    [Fact]
    public void Each_VNI_has_its_packets_and_bytes()
    {
        Take(7, Traffic.Web(), Traffic.Web(payload: 0));
        Take(8, Traffic.Web(payload: 1));

        Assert.Equal(
            [(7, 2, 154 + 54), (8, 1, 55)],
            _tally.Sources.Select(each => (each.Key.VirtualNetworkId, (int)each.Packets, (int)each.Bytes)));
    }

    [Fact]
    public void Every_packet_is_counted_once_as_a_copy_as_other_traffic_or_as_unreadable()
    {
        Take(7, Traffic.Web(), Traffic.Ethernet([1], 0x0806));
        TakeFrame(Traffic.Web(), 0);
        TakeFrame([1], 0);

        Assert.Equal(4, _tally.Packets);
        Reading[] readings = [Reading.MirrorCopy, Reading.OtherTraffic, Reading.InnerNotIp, Reading.CutHeaders];
        Assert.All(readings, each => Assert.Equal(1, _tally[each]));
    }

    [Fact]
    public void Sources_that_share_a_VNI_are_told_apart_by_their_address()
    {
        TakeFrame(Traffic.Mirrored(7, Traffic.Web(), from: "10.0.0.5"), 0);
        TakeFrame(Traffic.Mirrored(7, Traffic.Web(), from: "10.0.0.6"), 0);

        Assert.Equal(["10.0.0.5", "10.0.0.6"], _tally.Sources.Select(each => Address.ToAddress(each.Key.Address).ToString()));
    }

    [Fact]
    public void A_flow_with_both_directions_is_no_one_way_flow()
    {
        Take(7, Traffic.Web(), Answer(), Traffic.Web(), Answer());

        Assert.Equal((1, 0, 0, 0), Flows());
    }

    [Fact]
    public void A_flow_of_which_only_the_interfaces_packets_came_is_outbound_only()
    {
        Take(7, Traffic.Web(), Traffic.Web(), Traffic.Web(toPort: 40001));

        Assert.Equal((2, 2, 0, 0), Flows());
    }

    [Fact]
    public void A_flow_of_which_only_packets_for_the_interface_came_is_inbound_only()
    {
        Take(7, Answer());

        Assert.Equal((1, 0, 1, 0), Flows());
    }

    [Fact]
    public void A_flow_of_other_addresses_has_no_known_direction()
    {
        Take(7, Traffic.Web(from: "10.0.0.50"));

        Assert.Equal((1, 0, 0, 1), Flows());
    }

    [Fact]
    public void An_endpoint_that_talks_to_itself_is_heard_both_ways()
    {
        Take(7, Traffic.Web(from: "10.0.0.5", to: "10.0.0.5", fromPort: 1, toPort: 1));

        Assert.Equal((1, 0, 0, 0), Flows());
    }

    [Fact]
    public void The_same_flow_at_two_interfaces_is_two_flows()
    {
        Take(7, Traffic.Web());
        Take(8, Traffic.Web());

        Assert.All(_tally.Sources, each => Assert.Equal((1, 1), (each.Flows, each.OutboundOnly)));
    }

    [Fact]
    public void The_first_and_the_last_moment_are_kept()
    {
        TakeFrame(Traffic.Mirrored(7, Traffic.Web()), 100);
        TakeFrame(Traffic.Mirrored(7, Traffic.Web()), 300);

        Assert.Equal((100, 300), (_tally.Sources.Single().FirstAt, _tally.Sources.Single().LastAt));
    }

    [Fact]
    public void Further_sources_are_counted_together()
    {
        var frame = Traffic.Web();
        for (var i = 0; i < Tally.MostSources + 3; i++)
            TakeFrame(Traffic.Mirrored(i, frame), 0);
        TakeFrame(Traffic.Mirrored(1, frame), 0);

        Assert.Equal(Tally.MostSources, _tally.Sources.Count());
        Assert.Equal((3, 3 * 154, Tally.MostSources + 4), (_tally.PacketsOfFurtherSources, _tally.BytesOfFurtherSources, _tally.Packets));
        Assert.Equal(2, _tally.Sources.ElementAt(1).Packets);
    }

    [Fact]
    public void Further_flows_are_counted_and_the_known_ones_go_on()
    {
        var source = new SourceCount(new SourceKey(7, 1), 0);
        var table = new FlowTable();
        for (var i = 0; i < FlowTable.Most + 10; i++)
            table.Add(source, new Flow(1, 2, (ushort)i, (ushort)(i >> 16), 6));
        table.Add(source, new Flow(2, 1, 0, 5, 6));

        Assert.Equal((FlowTable.Most, 10), (source.Flows, table.NotFollowed));
        Assert.Equal(FlowTable.Most - 1, source.OutboundOnly);
    }

    [Fact]
    public void No_packet_of_a_known_source_allocates()
    {
        byte[][] frames =
            [Traffic.Mirrored(7, Traffic.Web()), Traffic.Mirrored(8, Answer()), Traffic.Web(), Traffic.Mirrored(9, [1, 2]), [0]];
        var intake = new Intake(_tally);
        TakeAll(intake, frames, 10);

        var before = GC.GetAllocatedBytesForCurrentThread();
        TakeAll(intake, frames, 10_000);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(7, "10.0.0.5", "eni-5")]
    [InlineData(7, "10.0.0.6", "eni-6")]
    [InlineData(7, "10.0.0.7", null)]
    [InlineData(8, "10.9.9.9", "eni-8")]
    [InlineData(9, "10.0.0.5", null)]
    public void A_name_needs_the_VNI_and_the_address_where_that_is_known(int virtualNetworkId, string address, string? name)
    {
        var sources = new MirrorSources([
            new(7, IPAddress.Parse("10.0.0.5"), "eni-5"), new(7, IPAddress.Parse("10.0.0.6"), "eni-6"), new(8, null, "eni-8")]);

        Assert.Equal(name, sources.Find(virtualNetworkId, Address.Of(IPAddress.Parse(address)))?.NetworkInterfaceId);
    }

    private static byte[] Answer() => Traffic.Web(from: "198.51.100.7", to: "10.0.0.5", fromPort: 40000, toPort: 443);

    private static void TakeAll(Intake intake, byte[][] frames, int times)
    {
        for (var i = 0; i < times; i++)
        {
            foreach (var frame in frames)
                intake.Take(new CapturedPacket(frame, frame.Length, LinkType.Ethernet, i));
        }
    }

    private void Take(int virtualNetworkId, params byte[][] copies)
    {
        foreach (var copy in copies)
            TakeFrame(Traffic.Mirrored(virtualNetworkId, copy), 0);
    }

    private void TakeFrame(byte[] frame, long nanoseconds) =>
        new Intake(_tally).Take(new CapturedPacket(frame, frame.Length, LinkType.Ethernet, nanoseconds));

    private (long, long, long, long) Flows() =>
        _tally.Sources.Single() is var source ? (source.Flows, source.OutboundOnly, source.InboundOnly, source.OneWayUnknown) : default;
}
