using System.Net;
using AutoMirror.Cli.Tracing;
using AutoMirror.Emulator.Packets;
using AutoMirror.Testing;
using CsCheck;
using Xunit;

namespace AutoMirror.Simulation.Packets;

/// <summary><c>automirror explain --packet</c> names the session that the data plane mirrors the packet by, and its rule.</summary>
public sealed class ExplanationTests
{
    private static readonly IPAddress Resolver = AmazonTraffic.ResolverOf(IPNetwork.Parse("10.20.0.0/16"));

    [Fact]
    public void What_is_explained_is_what_the_data_plane_does()
    {
        var mirrored = new ThreadLocal<MirroredInterface>(() => new());
        var (taken, left) = (0, 0);
        MirrorCases.For(new MirroredInterface().Own6).Sample(
            mirrorCase =>
            {
                foreach (var (packet, fate) in mirrorCase.Packets.Zip(mirrored.Value!.Play(mirrorCase).Select(fates => fates.Single())))
                {
                    // Nobody writes down a later fragment: it has no ports.
                    if (packet.FragmentOffset > 0)
                        continue;
                    var trace = PacketTrace.Of(mirrorCase.Sessions.Index().Select(Traced), PacketText.Parse(Written(packet)), Resolver);
                    var expected = fate.Kind == PacketFateKind.Mirrored ? $"{fate.VirtualNetworkId - 1}" : null;
                    Assert.True(expected == trace.Taker?.Id, $"{packet}: explained by {trace.Taker?.Id}, mirrored by {expected} ({fate})");
                    Assert.Equal(fate.Kind == PacketFateKind.NeverMirrored, trace.NeverMirrored is not null);
                    if (trace.Asked is [.., (_, FilterDecision.ByRule { Rule: { Accepts: true } rule })])
                        Assert.Contains($" rule {rule.RuleNumber} ", fate.Because, StringComparison.Ordinal);
                    Interlocked.Increment(ref expected is null ? ref left : ref taken);
                }
            }, iter: Seeds.Cases(500));
        Assert.True(taken > 100 && left > 100, $"{taken} packets were taken, {left} were not");
    }

    private static TracedSession Traced((int Place, MirrorSession Session) each) =>
        new($"{each.Place}", each.Session.Number, "tmt-1", PlannersView.Of(each.Session.Filter));

    private static string Written(SentPacket packet)
    {
        static string End(IPAddress address, int? port) => port is { } number ? $"{new IPEndPoint(address, number)}" : $"{address}";
        var ends = $"{End(packet.Source, packet.SourcePort)} > {End(packet.Destination, packet.DestinationPort)}";
        return $"{packet.Protocol} {ends} {(packet.IsIngress ? "in" : "out")}";
    }
}
