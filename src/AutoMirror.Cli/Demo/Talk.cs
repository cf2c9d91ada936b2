using Amazon.EC2.Model;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Probing;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Packets;

namespace AutoMirror.Cli.Demo;

/// <summary>Packets of the day: web and database talk, batch does too, and the sensor counts.</summary>
internal sealed class Talk(EmulatorServer server, Account account, SensorSide sensor, Screen screen)
{
    private const int PostgreSql = 5432;
    private const int Queries = 20;
    private const int Answers = 30;
    private const int Uploads = 10;

    private readonly List<string> _wrong = [];

    /// <summary>What did not come as it should have.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Lets them talk, and shows what the probe says at the sensor.</summary>
    /// <param name="web">An instance that is mirrored.</param>
    /// <param name="database">Another one.</param>
    /// <param name="batch">One that is opted out.</param>
    /// <param name="mirrored">How many of the packets reach the sensor: every one is seen at both ends, if at all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task PlayAsync(Instance web, Instance database, Instance batch, int mirrored, CancellationToken cancellationToken)
    {
        var (from, to, other) = (PrimaryOf(web), PrimaryOf(database), PrimaryOf(batch));
        var fates = server.Cloud.Packets.Send(
            new PacketRequest { From = from, To = to, DestinationPort = PostgreSql, PayloadBytes = 200, Count = Queries },
            new PacketRequest
            {
                From = to, To = from, SourcePort = PostgreSql, DestinationPort = 49152, PayloadBytes = 1200, Count = Answers,
            },
            new PacketRequest { From = other, To = "198.51.100.7", DestinationPort = 443, PayloadBytes = 800, Count = Uploads });
        screen.Step(
            $"web and database talk: {Queries} packets there, {Answers} back; batch sends {Uploads} to the Internet; the probe says:");
        var report = sensor.Count(await SourcesAsync(cancellationToken));
        using var text = new StringWriter();
        ProbeText.Write(report, new Page(text, width: null, hasColours: false));
        foreach (var line in text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries))
            screen.Say($"          {line.TrimEnd()}");
        _wrong.AddRange(SensorSide.Wrong(report, fates, other));
        if (report.Packets != mirrored)
            _wrong.Add($"{report.Packets} packets came to the sensor instead of {mirrored}");
    }

    /// <summary>How many packets reach the sensor when all is well: web's and database's, each at both of its ends.</summary>
    public const int All = 2 * (Queries + Answers);

    private static string PrimaryOf(Instance instance) =>
        instance.NetworkInterfaces.Single(each => each.Attachment.DeviceIndex == 0).NetworkInterfaceId;

    // Datagrams come from this machine, not from the interfaces' addresses: here the VNI alone tells who it is.
    private async Task<MirrorSources> SourcesAsync(CancellationToken cancellationToken) => new(
    [
        .. from session in await account.SessionsAsync(cancellationToken)
           let instance = session.Tags?.Find(tag => tag.Key == "automirror:instance-id")?.Value
           select new MirrorSource(
               session.VirtualNetworkId!.Value, null, session.NetworkInterfaceId, null, account.Names.GetValueOrDefault(instance ?? ""),
               session.TrafficMirrorTargetId),
    ]);
}
