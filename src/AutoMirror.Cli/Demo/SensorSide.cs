using System.Net;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Receiving;
using AutoMirror.Emulator.Packets;

namespace AutoMirror.Cli.Demo;

/// <summary>The sensor's end: what <c>automirror probe</c> counts there, on a socket that real datagrams come to.</summary>
internal sealed class SensorSide : IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);

    private readonly DatagramReceiver _receiver = DatagramReceiver.Listen(new IPEndPoint(IPAddress.Loopback, 0), keepsPackets: false);

    /// <summary>Where the emulator has to send copies.</summary>
    public IPEndPoint EndPoint => _receiver.EndPoint;

    /// <summary>Counts what has come since the last time.</summary>
    /// <param name="sources">Who is mirrored.</param>
    public ProbeReport Count(MirrorSources sources)
    {
        var intake = new Intake(new Tally());
        while (_receiver.Receive(intake, Quiet) > 0)
        {
        }

        return ProbeReport.Of("the sensor", intake.Tally, sources);
    }

    /// <summary>Holds what the probe counted against the emulator's ledger.</summary>
    /// <param name="report">What the probe counted.</param>
    /// <param name="fates">What became of the packets that were sent.</param>
    /// <param name="unmirrored">An interface of which nothing may come.</param>
    /// <returns>What does not agree.</returns>
    public static IEnumerable<string> Wrong(ProbeReport report, IReadOnlyList<PacketFate> fates, string unmirrored)
    {
        var sent = fates.Where(fate => fate.Kind == PacketFateKind.Mirrored).GroupBy(fate => fate.VirtualNetworkId!.Value)
            .ToDictionary(each => each.Key, each => (each.Sum(fate => (long)fate.Count), each.Sum(fate => fate.Bytes)));
        var came = report.Networks.ToDictionary(
            each => each.VirtualNetworkId,
            each => (each.Sources.Sum(source => source.Packets), each.Sources.Sum(source => source.Bytes)));
        foreach (var network in sent.Keys.Union(came.Keys).Where(each => sent.GetValueOrDefault(each) != came.GetValueOrDefault(each)))
        {
            yield return $"of VNI {network} the ledger has {sent.GetValueOrDefault(network)} packets and bytes, "
                + $"and the probe {came.GetValueOrDefault(network)}";
        }

        if (fates.Any(fate => fate.NetworkInterfaceId == unmirrored && fate.SessionId is not null))
            yield return $"packets of {unmirrored}, which is opted out, were mirrored";
    }

    /// <inheritdoc/>
    public void Dispose() => _receiver.Dispose();
}
