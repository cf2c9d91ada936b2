using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using AutoMirror.Cli.Accounts;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Probing;
using AutoMirror.Cli.Probing.Captures;
using AutoMirror.Cli.Probing.Counting;
using AutoMirror.Cli.Probing.Decoding;
using AutoMirror.Cli.Probing.Receiving;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli;

/// <summary><c>automirror probe</c>: counts what arrives at a sensor, on a socket or in a capture.</summary>
internal static class ProbeCommand
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);

    public static Command Create()
    {
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "Where to listen: ADDR:PORT, [ADDR]:PORT, or a port alone. Port 6081 takes a Gateway Load Balancer's GENEVE.",
            DefaultValueFactory = _ => new IPEndPoint(AnyAddress, OuterPacket.VxlanPort),
            CustomParser = ParseEndPoint,
            HelpName = "ADDR:PORT",
        };
        var read = new Option<string?>("--read")
        {
            Description = "Read a capture (pcap or pcapng) instead; - is standard input.",
            HelpName = "FILE",
        };
        var seconds = new Option<int?>("--for")
        {
            Description = "How many seconds to listen, 1 to 86400. Without it: until Ctrl-C.",
            CustomParser = ParseSeconds,
            HelpName = "SECONDS",
        };
        var write = new Option<string?>("--write")
        {
            Description = "Keep the mirrored packets: as pcap, or where the name ends in .pcapng with an interface for each source.",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing: for --write alone." };
        var account = new SourceOptions();
        var targets = new Option<string[]>("--target")
        {
            Description = "A mirror target of this sensor (can be repeated): who is mirrored to it and sends nothing is silent. "
                + "Without it: the targets whose packets arrive.",
            HelpName = "tmt-…",
        };
        var command = new Verb(
            "probe",
            "Counts the mirrored packets that arrive at a sensor, by VNI, and names the interfaces behind the VNIs where the environment "
                + "has a Region (AWS_REGION) or --from a recording. Needs neither root nor libpcap.")
        {
            listen, read, seconds, write, targets, json, quiet,
        };
        account.AddTo(command);
        command.Examples.AddRange(
        [
            ("automirror probe --for 60", "what arrives in a minute"),
            ("automirror probe --target tmt-0123456789abcdef0 --for 60", "the same, and who is mirrored here and sends nothing"),
            ("tcpdump -s 0 -w - udp port 4789 | automirror probe --read -", "where a sensor has the port"),
        ]);
        command.Validators.Add(result =>
        {
            if (result.GetResult(read) is not { Implicit: false })
                return;
            if (result.GetResult(listen) is { Implicit: false })
                result.AddError("probe listens or reads: --listen and --read exclude each other.");
            if (result.GetResult(seconds) is { Implicit: false })
                result.AddError("--for goes with --listen: a capture is read to its end.");
        });
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var sources = await SourcesAsync(parsed, account, parsed.GetValue(targets) ?? [], cancellationToken);
            var request = new ProbeRequest(
                parsed.GetValue(listen)!, parsed.GetValue(read), parsed.GetValue(seconds), parsed.GetValue(write), parsed.GetValue(json),
                parsed.GetValue(quiet));
            return await RunAsync(request, sources, cancellationToken);
        });
        return command;
    }

    /// <summary>Runs to the end of the capture or of the time, and prints the report.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="sources">Who should be sending, to name what arrives and to miss what doesn't; null where nobody knows.</param>
    /// <param name="cancellationToken">Ends the listening: what was counted until then is the answer.</param>
    internal static Task<int> RunAsync(ProbeRequest request, MirrorSources? sources, CancellationToken cancellationToken)
    {
        // A thread of its own: it waits for packets, and that is no work for the pool.
        var run = () => Run(request, sources, cancellationToken);
        return Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Who is mirrored; null where nobody can say. Counting goes on all the same: what can't be read in AWS is said.</summary>
    private static async Task<MirrorSources?> SourcesAsync(
        ParseResult parsed, SourceOptions source, IReadOnlyCollection<string> targets, CancellationToken cancellationToken)
    {
        if (!source.IsNamed(parsed))
            return null;
        try
        {
            using var account = new AccountReads(await source.OpenAsync(parsed, cancellationToken));
            return await MirrorSources.ReadAsync(account, targets, cancellationToken);
        }
        catch (CommandException problem) when (!source.IsRecorded(parsed))
        {
            await Console.Error.WriteLineAsync($"automirror: interfaces have no names: {problem.Message}");
            return null;
        }
    }

    private static int Run(ProbeRequest request, MirrorSources? sources, CancellationToken cancellationToken)
    {
        using var file = request.Write is { } path ? Create(path, sources) : null;
        var intake = new Intake(new Tally(), file);
        var report = request.Read is { } capture
            ? ReadCapture(capture, intake, sources, cancellationToken)
            : Listen(request, intake, sources, cancellationToken);
        if (request.IsQuiet)
            return CommandLine.Success;
        if (request.Json)
        {
            using var output = Console.OpenStandardOutput();
            ProbeJson.Write(report, output);
        }
        else
        {
            ProbeText.Write(report, Page.OfConsole());
        }

        return CommandLine.Success;
    }

    private static ProbeReport ReadCapture(string path, Intake intake, MirrorSources? sources, CancellationToken cancellationToken)
    {
        try
        {
            using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
            var reader = CaptureReader.Open(stream);
            while (!cancellationToken.IsCancellationRequested && reader.TryRead(out var packet))
                intake.Take(packet);
            return ProbeReport.Of(path, intake.Tally, sources) with { Problem = reader.Problem };
        }
        catch (CaptureFormatException problem)
        {
            throw new CommandException($"{path} can't be read: {problem.Message}.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"{path} can't be read, or what is in it not kept: {problem.Message}");
        }
    }

    private static ProbeReport Listen(ProbeRequest request, Intake intake, MirrorSources? sources, CancellationToken cancellationToken)
    {
        try
        {
            using var receiver = DatagramReceiver.Listen(request.Listen, keepsPackets: request.Write is not null);
            var end = request.Seconds is { } limit ? $"It ends in {limit} s, or with Ctrl-C." : "Ctrl-C ends it.";
            if (!request.IsQuiet)
                Console.Error.WriteLine($"Listening on {receiver.EndPoint}. {end}");
            var startedAt = TimeProvider.System.GetTimestamp();
            while (!cancellationToken.IsCancellationRequested && !IsOver(request, startedAt))
                receiver.Receive(intake, Wait);
            TakeWhatHasArrived(receiver, intake);
            return ProbeReport.Of(receiver.EndPoint.ToString(), intake.Tally, sources) with
            {
                Listened = TimeProvider.System.GetElapsedTime(startedAt),
                Lost = receiver.CountLost(),
            };
        }
        catch (SocketException problem) when (problem.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new CommandException(
                $"{request.Listen} is taken: a sensor or a vxlan device has the port. Capture there and use --read, for example "
                + $"tcpdump -s 0 -w - udp port {request.Listen.Port} | automirror probe --read -");
        }
        catch (SocketException problem)
        {
            throw new CommandException($"nothing can be received on {request.Listen}: {problem.Message}.");
        }
        catch (IOException problem)
        {
            throw new CommandException($"{request.Write} can't be written: {problem.Message}");
        }
    }

    /// <summary>What came before the end counts. Where more comes all the time, a second is enough of it.</summary>
    private static void TakeWhatHasArrived(DatagramReceiver receiver, Intake intake)
    {
        var endedAt = TimeProvider.System.GetTimestamp();
        while (receiver.Receive(intake, TimeSpan.Zero) > 0 && TimeProvider.System.GetElapsedTime(endedAt) < TimeSpan.FromSeconds(1))
        {
        }
    }

    private static bool IsOver(ProbeRequest request, long startedAt) =>
        request.Seconds is { } seconds && TimeProvider.System.GetElapsedTime(startedAt) >= TimeSpan.FromSeconds(seconds);

    private static InnerPacketFile Create(string path, MirrorSources? sources)
    {
        try
        {
            return InnerPacketFile.Create(path, sources);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} can't be written: {problem.Message}");
        }
    }

    private static IPAddress AnyAddress => Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any;

    private static IPEndPoint? ParseEndPoint(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ushort.TryParse(text, out var port))
            return new IPEndPoint(AnyAddress, port);
        if (IPEndPoint.TryParse(text, out var endPoint))
        {
            var hasPort = endPoint.Port != 0 || text.EndsWith(":0", StringComparison.Ordinal);
            return hasPort ? endPoint : new IPEndPoint(endPoint.Address, OuterPacket.VxlanPort);
        }

        result.AddError($"--listen takes ADDR:PORT, such as 0.0.0.0:4789 or [::]:4789, and not '{text}'.");
        return null;
    }

    private static int? ParseSeconds(ArgumentResult result)
    {
        if (int.TryParse(result.Tokens[0].Value, out var seconds) && seconds is >= 1 and <= 86400)
            return seconds;
        result.AddError("--for takes a whole number of seconds from 1 to 86400.");
        return null;
    }
}

/// <summary>What <c>automirror probe</c> was asked for.</summary>
internal sealed record ProbeRequest(IPEndPoint Listen, string? Read, int? Seconds, string? Write, bool Json, bool IsQuiet);
