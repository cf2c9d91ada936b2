using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;
using CsCheck;
using Xunit;

namespace AutoMirror.Simulation.Packets;

/// <summary>No packet gets lost in the books, whatever the limits: fates, ledger, copies and metrics agree.</summary>
public sealed class ConservationTests
{
    private const int VxlanHeader = 8;
    private const int BitsPerByte = 8;

    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void Every_packet_has_one_fate_and_all_books_say_the_same() => Gen.Select(
        MirrorCases.For(new MirroredInterface().Own6), Gen.Select(Gen.Int[1, 500], Gen.Int[0, 2000]).Array[1, 9],
        Gen.Long[0, 20_000_000], Gen.Long[0, 2_000]).Sample(
        (mirrorCase, pace, bits, copies) => Check(mirrorCase, pace, bits, copies), iter: Seeds.Cases(300));

    private static void Check(MirrorCase mirrorCase, (int Count, int Milliseconds)[] pace, long bitsPerSecond, long copiesPerSecond)
    {
        var time = new VirtualTime(Start);
        var mirrored = new MirroredInterface(time);
        var (cloud, instance) = (mirrored.Cloud, mirrored.InstanceId);
        cloud.Packets.Faults = new()
        {
            InstanceBitsPerSecond = new Dictionary<string, long> { [instance] = bitsPerSecond },
            TargetPacketsPerSecond = new Dictionary<string, long> { [mirrored.TargetId] = copiesPerSecond },
        };
        List<MirrorDelivery> deliveries = [];
        cloud.Packets.Delivered += deliveries.Add;
        List<int> counts = [];
        var fates = mirrored.Play(mirrorCase, place =>
        {
            var (count, wait) = pace[place % pace.Length];
            time.AdvanceTo(time.Now.AddMilliseconds(wait));
            counts.Add(count);
            return count;
        });

        foreach (var (count, its) in counts.Zip(fates))
        {
            Assert.Equal(count, its.Sum(fate => fate.Count));
            Assert.All(its, fate => Assert.True(fate.Count > 0));
            Assert.Single(its.Select(fate => fate.SessionId).Distinct());
        }

        var all = fates.SelectMany(its => its).ToList();
        CheckLedger(cloud.Packets.Ledger, all);
        CheckDeliveries(deliveries, all);
        CheckMetrics(name => Sum(cloud, name, instance), all);
        var seconds = (time.Now - Start).TotalSeconds + 1;
        Assert.True(Of(all, PacketFateKind.Mirrored).Sum(fate => fate.Count) <= copiesPerSecond * seconds);
        Assert.True(
            all.Where(IsSent).Sum(fate => fate.Bytes + ((long)VxlanHeader * fate.Count)) * BitsPerByte <= bitsPerSecond * seconds);
    }

    private static void CheckLedger(PacketLedger ledger, List<PacketFate> all)
    {
        var said = ledger.Entries.GroupBy(entry => (entry.Direction, entry.Kind, entry.SessionId))
            .ToDictionary(each => each.Key, each => (
                each.Sum(entry => entry.Packets), each.Sum(entry => entry.Bytes), each.Sum(entry => entry.Truncated)));
        var seen = all.GroupBy(fate => (fate.Direction, fate.Kind, fate.SessionId))
            .ToDictionary(each => each.Key, each => (
                each.Sum(fate => (long)fate.Count), each.Sum(fate => fate.Bytes), each.Sum(fate => (long)fate.Truncated)));
        Assert.Equal(seen, said);
    }

    private static void CheckDeliveries(List<MirrorDelivery> deliveries, List<PacketFate> all)
    {
        Assert.Equal(
            Of(all, PacketFateKind.Mirrored).Select(fate => (fate.SessionId!, fate.Count, fate.Bytes)),
            deliveries.Select(each => (each.SessionId, each.Count, (long)(each.Vxlan.Length - VxlanHeader) * each.Count)));
        Assert.All(deliveries, each => Assert.Equal(each.Frame[^each.Vxlan.Length..].ToArray(), each.Vxlan.ToArray()));
    }

    private static void CheckMetrics(Func<string, double> metric, List<PacketFate> all)
    {
        foreach (var (direction, suffix) in (ReadOnlySpan<(string, string)>)[("ingress", "In"), ("egress", "Out")])
        {
            var passed = all.Where(fate => fate.Direction == direction).ToList();
            var (sent, skipped) = (passed.Where(IsSent).ToList(), Of(passed, PacketFateKind.Skipped).ToList());
            Assert.Equal(passed.Sum(fate => fate.Count), metric($"NetworkPackets{suffix}"));
            Assert.Equal(sent.Sum(fate => fate.Count), metric($"NetworkPacketsMirror{suffix}"));
            Assert.Equal(sent.Sum(fate => fate.Bytes), metric($"NetworkMirror{suffix}"));
            Assert.Equal(skipped.Sum(fate => fate.Count), metric($"NetworkPacketsSkipMirror{suffix}"));
            Assert.Equal(skipped.Sum(fate => fate.Bytes), metric($"NetworkSkipMirror{suffix}"));
        }
    }

    private static double Sum(Emulator.Cloud cloud, string name, string instance) => cloud.Metrics.Points(name, instance).Values.Sum();

    private static bool IsSent(PacketFate fate) => fate.Kind is PacketFateKind.Mirrored or PacketFateKind.CopyLost;

    private static IEnumerable<PacketFate> Of(IEnumerable<PacketFate> fates, PacketFateKind kind) => fates.Where(fate => fate.Kind == kind);
}
