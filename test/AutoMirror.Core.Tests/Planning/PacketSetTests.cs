using System.Net;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using CsCheck;

namespace AutoMirror.Core.Tests.Planning;

public class PacketSetTests
{
    private static readonly string[] Networks = [
        "0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3/32", "128.0.0.0/1", "::/0", "fd00::/8", "fd00::1/128"];
    private static readonly string[] Addresses = [
        "10.1.2.3", "10.1.9.9", "10.200.0.1", "200.0.0.1", "0.0.0.0", "255.255.255.255", "fd00::1", "fd00::2", "2001:db8::1", "::"];
    private static readonly ushort[] Ports = [0, 22, 80, 443, 1000, 65535];

    /// <summary>Each line is a rule: direction, number, + or -, protocol, from, to, and the port or ports at the destination.</summary>
    [Theory]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0", "i 1 + * 0.0.0.0/0 0.0.0.0/0", "fully")]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0", "e 1 + * 0.0.0.0/0 0.0.0.0/0", "none")]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0", "i 1 + * ::/0 ::/0", "none")]
    [InlineData("i 1 + 6 0.0.0.0/0 0.0.0.0/0", "i 1 + 17 0.0.0.0/0 0.0.0.0/0", "none")]
    [InlineData("i 1 + 6 0.0.0.0/0 0.0.0.0/0", "i 1 + * 0.0.0.0/0 0.0.0.0/0", "fully")]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0", "i 1 + 6 0.0.0.0/0 0.0.0.0/0", "partly")]
    [InlineData("i 1 + 6 0.0.0.0/0 10.0.0.0/8", "i 1 + 6 0.0.0.0/0 10.1.0.0/16", "partly")]
    [InlineData("i 1 + 6 0.0.0.0/0 10.0.0.0/8 443", "i 1 + 6 0.0.0.0/0 0.0.0.0/0 1-1000", "fully")]
    [InlineData("i 1 + 6 0.0.0.0/0 10.0.0.0/8 443", "i 1 + 6 0.0.0.0/0 0.0.0.0/0 80", "none")]
    [InlineData("i 1 + 6 0.0.0.0/0 10.0.0.0/8", "i 1 - 6 0.0.0.0/0 10.0.0.0/8; i 2 + * 0.0.0.0/0 0.0.0.0/0", "none")]
    [InlineData("i 1 + 6 0.0.0.0/0 10.0.0.0/8", "i 2 - 6 0.0.0.0/0 10.0.0.0/8; i 1 + * 0.0.0.0/0 0.0.0.0/0", "fully")]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0", "i 1 + * 0.0.0.0/1 0.0.0.0/0; i 2 + * 128.0.0.0/1 0.0.0.0/0", "fully")]
    [InlineData("i 1 + * ::/0 ::/0", "i 1 + * ::/1 ::/0; i 2 + * 8000::/1 ::/0", "fully")]
    [InlineData("dns", "i 1 + * 0.0.0.0/0 0.0.0.0/0; e 1 + * 0.0.0.0/0 0.0.0.0/0", "none")]
    [InlineData("i 1 + 6 0.0.0.0/0 0.0.0.0/0 1-444", "i 1 + 6 0.0.0.0/0 0.0.0.0/0 1-443", "partly")]
    [InlineData("i 1 + 6 0.0.0.0/0 0.0.0.0/0 2-443", "i 1 + 6 0.0.0.0/0 0.0.0.0/0 3-443", "partly")]
    [InlineData("i 1 + 6 0.0.0.0/0 0.0.0.0/0 1-445", "i 1 + 6 0.0.0.0/0 0.0.0.0/0 1-443; i 2 + 6 0.0.0.0/0 0.0.0.0/0 445", "partly")]
    [InlineData("dns", "dns", "fully")]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0; dns", "i 1 + * 0.0.0.0/0 0.0.0.0/0", "partly")]
    [InlineData("i 1 + * 0.0.0.0/0 0.0.0.0/0", "", "none")]
    public void How_much_one_filter_takes_of_another(string ours, string theirs, string taken)
    {
        var (a, b) = (PacketSet.AcceptedBy(Filter(ours)), PacketSet.AcceptedBy(Filter(theirs)));
        Assert.Equal(taken, !a.Overlaps(b) ? "none" : a.Except(b).IsEmpty ? "fully" : "partly");
    }

    [Fact]
    public void Filter_without_rules_accepts_nothing() => Assert.True(PacketSet.AcceptedBy(Filter("")).IsEmpty);

    [Fact]
    public void Sets_agree_with_single_packets_held_against_the_rules()
    {
        var filter = Gen.Select(Gen.Int[0, 1], Gen.Int[1, 9], Gen.Bool, Gen.Int[0, 2], Gen.Int, Gen.Int, Gen.Int[0, 3]).Array[0, 6]
            .Select(rules => new TrafficMirrorFilter(
            Id<TrafficMirrorFilter>.Parse("tmf-1"),
            [
                .. rules.DistinctBy(rule => (rule.Item1, rule.Item2))
                    .Select(
                        rule =>
                            Rule(
                                (TrafficDirection)rule.Item1, rule.Item2, rule.Item3, rule.Item4, (uint)rule.Item5, (uint)rule.Item6,
                                rule.Item7)),
            ],
            false));
        Gen.Select(filter, filter).Sample(
            (ours, theirs) =>
            {
                var (a, b) = (PacketSet.AcceptedBy(ours), PacketSet.AcceptedBy(theirs));
                var left = a.Except(b);
                var (isAny, isCommon, isLeft) = (false, false, false);
                foreach (var packet in Packets())
                {
                    var (mine, its) = (Accepts(ours, packet), Accepts(theirs, packet));
                    (isAny, isCommon, isLeft) = (isAny || mine, isCommon || (mine && its), isLeft || (mine && !its));
                }

                // The packets stand for every region that the rules can tell apart.
                Assert.Equal(isAny, !a.IsEmpty);
                Assert.Equal(isCommon, a.Overlaps(b));
                Assert.Equal(isLeft, !left.IsEmpty);
            },
            iter: 300);
    }

    private static TrafficMirrorFilterRule Rule(
        TrafficDirection direction, int number, bool accepts, int protocol, uint source, uint destination, int ports)
    {
        var family = source % 2 == 0 ? 5 : 0;
        var count = family == 0 ? 5 : 3;
        return new(
            direction,
            number,
            accepts,
            protocol switch { 0 => null, 1 => 6, _ => 17 },
            IPNetwork.Parse(Networks[family + (source / 2 % count)]),
            IPNetwork.Parse(Networks[family + (destination % count)]),
            null,
            ports switch { 0 => null, 1 => new(443, 443), 2 => new(0, 443), _ => new(80, 65535) });
    }

    private static IEnumerable<(TrafficDirection Direction, byte Protocol, IPAddress From, IPAddress To, ushort Port)> Packets() =>
        from direction in Enum.GetValues<TrafficDirection>()
        from protocol in (byte[])[1, 6, 17]
        from source in Addresses.Select(IPAddress.Parse)
        from destination in Addresses.Select(IPAddress.Parse)
        where source.AddressFamily == destination.AddressFamily
        from port in Ports
        select (direction, protocol, source, destination, port);

    private static bool Accepts(
        TrafficMirrorFilter filter, (TrafficDirection Direction, byte Protocol, IPAddress From, IPAddress To, ushort Port) packet) =>
        filter.Rules.Where(rule => rule.Direction == packet.Direction).OrderBy(rule => rule.RuleNumber).FirstOrDefault(rule =>
            (rule.Protocol is null || rule.Protocol == packet.Protocol)
            && rule.Source.BaseAddress.AddressFamily == packet.From.AddressFamily && rule.Source.Contains(packet.From)
            && rule.Destination.Contains(packet.To)
            && (rule.DestinationPorts is not { } ports || (packet.Port >= ports.From && packet.Port <= ports.To)))?.Accepts is true;

    private static TrafficMirrorFilter Filter(string text)
    {
        var lines = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new(Id<TrafficMirrorFilter>.Parse("tmf-1"), [.. lines.Where(line => line != "dns").Select(Parsed)], lines.Contains("dns"));
    }

    private static TrafficMirrorFilterRule Parsed(string line)
    {
        var words = line.Split(' ');
        int Number(string word) => int.Parse(word, System.Globalization.CultureInfo.InvariantCulture);
        return new(
            words[0] == "i" ? TrafficDirection.Ingress : TrafficDirection.Egress,
            Number(words[1]),
            words[2] == "+",
            words[3] == "*" ? null : (byte)Number(words[3]),
            IPNetwork.Parse(words[4]),
            IPNetwork.Parse(words[5]),
            null,
            words.Length == 6 ? null : new((ushort)Number(words[6].Split('-')[0]), (ushort)Number(words[6].Split('-')[^1])));
    }
}
