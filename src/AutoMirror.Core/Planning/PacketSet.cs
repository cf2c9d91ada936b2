using System.Net;
using System.Net.Sockets;
using AutoMirror.Core.Model;

namespace AutoMirror.Core.Planning;

/// <summary>A set of packets, as far as mirror filters tell them apart: disjoint boxes
/// over kind, family, protocol, addresses and ports.</summary>
internal sealed class PacketSet
{
    private readonly IReadOnlyList<Box> _boxes;

    private PacketSet(IReadOnlyList<Box> boxes) => _boxes = boxes;

    public bool IsEmpty => _boxes.Count == 0;

    /// <summary>What a filter accepts: in each direction the first rule that matches, by number, decides; no match means no.</summary>
    /// <remarks>Traffic Mirroring guide, "Traffic mirror filters". Amazon's DNS is a
    /// network service of its own, apart from the rules.</remarks>
    public static PacketSet AcceptedBy(TrafficMirrorFilter filter)
    {
        var accepted = new List<Box>();
        if (filter.MirrorsAmazonDns)
            accepted.Add(Box.AmazonDns);

        foreach (var direction in filter.Rules.GroupBy(rule => rule.Direction))
        {
            var undecided = new PacketSet([Box.Of(direction.Key)]);
            foreach (var rule in direction.OrderBy(rule => rule.RuleNumber))
            {
                var matched = Box.Of(rule);
                if (rule.Accepts)
                    accepted.AddRange(undecided._boxes.Select(box => box.Intersect(matched)).OfType<Box>());
                undecided = undecided.Except(new PacketSet([matched]));
            }
        }

        return new PacketSet(accepted);
    }

    /// <summary>The packets of this set that are not in the other.</summary>
    public PacketSet Except(PacketSet other) =>
        new(other._boxes.Aggregate(_boxes, (left, box) => [.. left.SelectMany(each => each.Except(box))]));

    public bool Overlaps(PacketSet other) => _boxes.Any(box => other._boxes.Any(theirs => box.Intersect(theirs) is not null));

    /// <summary>From the first value to the last, both included.</summary>
    private readonly record struct Interval(UInt128 From, UInt128 To)
    {
        public Interval? Intersect(Interval other) =>
            UInt128.Max(From, other.From) is var from && UInt128.Min(To, other.To) is var to && from <= to ? new(from, to) : null;
    }

    /// <summary>One interval in each dimension.</summary>
    private sealed record Box(params Interval[] Sides)
    {
        private const int DnsKind = 2;
        private static readonly Interval Ports = new(0, ushort.MaxValue);
        private static readonly Interval Protocols = new(0, byte.MaxValue);
        private static readonly Interval Addresses = new(0, UInt128.MaxValue);
        private static readonly Interval Families = new(4, 6);

        public static Box AmazonDns { get; } = new(Point(DnsKind), Families, Protocols, Addresses, Addresses, Ports, Ports);

        public static Box Of(TrafficDirection direction) =>
            new(Point((uint)direction), Families, Protocols, Addresses, Addresses, Ports, Ports);

        public static Box Of(TrafficMirrorFilterRule rule) => new(
            Point((uint)rule.Direction),
            Point(rule.Source.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 4u : 6u),
            rule.Protocol is { } protocol ? Point(protocol) : Protocols,
            AddressesOf(rule.Source),
            AddressesOf(rule.Destination),
            PortsOf(rule.SourcePorts),
            PortsOf(rule.DestinationPorts));

        public Box? Intersect(Box other)
        {
            var sides = new Interval[Sides.Length];
            for (var i = 0; i < sides.Length; i++)
            {
                if (Sides[i].Intersect(other.Sides[i]) is not { } common)
                    return null;
                sides[i] = common;
            }

            return new Box(sides);
        }

        /// <summary>What is left when <paramref name="hole"/> is cut out: at most two boxes for each dimension.</summary>
        public IEnumerable<Box> Except(Box hole)
        {
            if (Intersect(hole) is not { } common)
            {
                yield return this;
                yield break;
            }

            var rest = Sides;
            for (var i = 0; i < rest.Length; i++)
            {
                if (rest[i].From < common.Sides[i].From)
                    yield return With(rest, i, new(rest[i].From, common.Sides[i].From - 1));
                if (rest[i].To > common.Sides[i].To)
                    yield return With(rest, i, new(common.Sides[i].To + 1, rest[i].To));
                rest = With(rest, i, common.Sides[i]).Sides;
            }
        }

        private static Box With(Interval[] sides, int index, Interval side)
        {
            var copy = (Interval[])sides.Clone();
            copy[index] = side;
            return new Box(copy);
        }

        private static Interval Point(UInt128 value) => new(value, value);

        private static Interval PortsOf(PortRange? ports) => ports is { } range ? new(range.From, range.To) : Ports;

        private static Interval AddressesOf(IPNetwork network)
        {
            var bytes = network.BaseAddress.GetAddressBytes();
            var first = bytes.Aggregate(UInt128.Zero, (value, next) => (value << 8) | next);
            var hostBits = (bytes.Length * 8) - network.PrefixLength;
            return hostBits == 128 ? Addresses : new(first, first + ((UInt128.One << hostBits) - 1));
        }
    }
}
