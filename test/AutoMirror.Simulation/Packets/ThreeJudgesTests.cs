using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;
using CsCheck;
using Xunit;
using Xunit.Abstractions;

namespace AutoMirror.Simulation.Packets;

/// <summary>
/// The emulator's data plane, the guide read sentence by sentence, and the planner's packet sets agree on every packet: which session takes
/// it, and how much of it is copied.
/// </summary>
public sealed class ThreeJudgesTests(ITestOutputHelper output)
{
    [Fact]
    public void The_data_plane_the_guide_and_the_planner_agree_on_every_packet()
    {
        var tally = new Tally();
        var mirrored = new ThreadLocal<MirroredInterface>(() => new());
        MirrorCases.For(new MirroredInterface().Own6).Sample(
            mirrorCase => Compare(mirrored.Value!, mirrorCase, tally), iter: Seeds.Cases(2_000));
        output.WriteLine(tally.ToString());
        Assert.True(tally.IsWorthSomething, tally.ToString());
    }

    private static void Compare(MirroredInterface mirrored, MirrorCase mirrorCase, Tally tally)
    {
        var planner = new PlannersView(mirrorCase.Sessions);
        foreach (var (packet, fate) in mirrorCase.Packets.Zip(mirrored.Play(mirrorCase).Select(fates => fates.Single())))
        {
            var byGuide = Guide.TakenBy(mirrorCase.Sessions, packet);
            var byDataPlane = fate.Kind == PacketFateKind.Mirrored ? fate.VirtualNetworkId - 1 : null;
            Assert.True(byGuide == byDataPlane, $"{packet}: the guide has session {byGuide}, the data plane {byDataPlane} ({fate})");
            Assert.True(
                byDataPlane is not null
                    || fate.Kind == (Guide.CannotBeMirrored(packet) ? PacketFateKind.NeverMirrored : PacketFateKind.NotAccepted),
                $"{packet}: {fate}");
            if (byGuide is { } place)
            {
                var bytes = Guide.CopiedBytes(packet, mirrorCase.Sessions[place].PacketLength, MirroredInterface.MtuOf(mirrorCase));
                Assert.Equal(bytes, fate.Bytes);
                Assert.Equal(bytes < Guide.LengthOf(packet) + 14 ? 1 : 0, fate.Truncated);
            }

            // Sets know neither the kinds that are never mirrored, whatever a filter says, nor packets that have lost their ports.
            var isInSets = !Guide.CannotBeMirrored(packet) && packet.FragmentOffset == 0;
            if (isInSets)
            {
                var byPlanner = planner.TakenBy(packet);
                Assert.True(byPlanner == byDataPlane, $"{packet}: the planner has session {byPlanner}, the data plane {byDataPlane}");
            }

            tally.Count(packet, byGuide, fate.Truncated > 0, isInSets);
        }
    }

    /// <summary>How much was compared, so that nobody takes a test for one that compares nothing.</summary>
    private sealed class Tally
    {
        private readonly Dictionary<string, long> _counts = [];

        public bool IsWorthSomething =>
            (string[])["packets", "by session 0", "by session 1", "by session 2", "by none", "truncated", "of DNS", "three judges"]
                is var all && all.All(name => _counts.GetValueOrDefault(name) > 0);

        public void Count(SentPacket packet, int? place, bool isTruncated, bool isInSets)
        {
            lock (_counts)
            {
                Add("packets", true);
                Add(place is { } taker ? $"by session {taker}" : "by none", true);
                Add("truncated", isTruncated);
                Add("of DNS", Guide.IsDns(packet));
                Add("three judges", isInSets);
            }
        }

        public override string ToString() => string.Join(", ", _counts.Select(each => $"{each.Key} {each.Value}"));

        private void Add(string name, bool isSo) => _counts[name] = _counts.GetValueOrDefault(name) + (isSo ? 1 : 0);
    }
}
