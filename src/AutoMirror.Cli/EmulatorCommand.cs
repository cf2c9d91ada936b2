using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AutoMirror.Cli.Emulated;
using AutoMirror.Cli.Printing;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Recordings;

namespace AutoMirror.Cli;

/// <summary><c>automirror emulator</c>: an EC2, SSM and Lambda stand-in for any AWS client, until Ctrl-C.</summary>
internal static class EmulatorCommand
{
    private const int DefaultPort = 4566;

    public static Command Create()
    {
        var port = WholeNumberOption.Create(
            "--port", "The port on 127.0.0.1; 0 takes a free one.", least: 0, most: 65535, fallback: DefaultPort, "-p");
        var region =
            new Option<string?>("--region") { Description = "The Region that it stands for. Else the recording's, else us-east-1." };
        var account =
            new Option<string?>("--account")
            {
                Description = "The account that it stands for, 12 digits. Else the recording's, else 123456789012.",
            };
        account.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } id && (id.Length != 12 || !id.All(char.IsAsciiDigit)))
                result.AddError("--account takes 12 digits.");
        });

        var withFunction =
            new Option<bool>("--with-function")
            {
                Description = "Deploy AutoMirror into it: a sensor, the function with its role, and the rules that start it.",
            };
        var mirrorTo = new Option<MirrorOutlet[]>("--mirror-to")
        {
            Description = "Where mirrored packets are sent as real datagrams: ADDR:PORT for all targets, TARGET=ADDR:PORT for one. "
                + "Can be repeated.",
            CustomParser = ParseOutlets,
            HelpName = "[TARGET=]ADDR:PORT",
        };

        var load = new Option<string?>("--load")
        {
            Description = "Begin with a recorded account: what automirror record, or the aws CLI, has written there.",
            HelpName = "DIR",
        };
        var save = new Option<string?>("--save")
        {
            Description = "On exit, write the account as automirror record does.",
            HelpName = "DIR",
        };
        var output = new OutputOptions();
        var command = new Verb(
            "emulator",
            "Runs the emulated AWS by itself, on loopback, for the aws CLI, an SDK or Terraform. Everything is kept in memory "
                + "only.") { port, region, account, withFunction, mirrorTo, load, save };
        output.AddTo(command, hasTables: false);
        command.Examples.AddRange(
        [
            ("automirror emulator", "an empty account on 127.0.0.1:4566"),
            ("automirror emulator --with-function", "one in which the function runs and reacts"),
            ("automirror emulator --load recorded/", "a recorded account, to try changes on"),
            ("automirror emulator --load recorded/ --save recorded/", "an account that is still there tomorrow"),
        ]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var recording = parsed.GetValue(load) is { } folder ? Open(folder) : null;
            var defaults = new EmulatorOptions();
            var options = defaults with
            {
                Port = parsed.GetValue(port),
                Region = parsed.GetValue(region) ?? recording?.Region ?? defaults.Region,
                AccountId = parsed.GetValue(account) ?? recording?.AccountId ?? defaults.AccountId,
                MirrorTo = parsed.GetValue(mirrorTo) ?? [],
            };
            await using var server = await StartAsync(options, cancellationToken);
            if (recording is not null)
                Load(recording, server.Cloud);
            var deployment = parsed.GetValue(withFunction) ? await Deployment.SetUpAsync(server, cancellationToken) : null;
            output.Print(parsed, EmulatorDocument.Of(server, recording), (_, _) => Tell(server, deployment, recording));
            await UntilInterruptedAsync(cancellationToken);
            if (parsed.GetValue(save) is { } place)
            {
                var saved = await SavedAccount.SaveAsync(server, place);
                if (!output.IsQuiet(parsed) && !output.IsJson(parsed))
                    Console.WriteLine($"Saved: {Counted.Of(saved.Files.Count, "file")} in {place}.");
            }

            return CommandLine.Success;
        });
        return command;
    }

    private static AccountRecording Open(string folder)
    {
        try
        {
            return AccountRecording.Open(folder);
        }
        catch (RecordingException problem)
        {
            throw new UsageException($"--load takes a recorded account: {problem.Message}");
        }
    }

    private static void Load(AccountRecording recording, Cloud cloud)
    {
        try
        {
            recording.LoadInto(cloud);
        }
        catch (RecordingException problem)
        {
            throw new CommandException($"the recorded account can't be loaded. {problem.Message}");
        }
    }

    private static MirrorOutlet[]? ParseOutlets(ArgumentResult result)
    {
        var outlets = result.Tokens.Select(token => ParseOutlet(token.Value)).ToList();
        var wrong = result.Tokens.Zip(outlets).FirstOrDefault(each => each.Second is null).First;
        if (wrong is null)
            return [.. outlets.OfType<MirrorOutlet>()];
        result.AddError($"--mirror-to takes ADDR:PORT or tmt-…=ADDR:PORT, such as 127.0.0.1:4789, and not '{wrong.Value}'.");
        return null;
    }

    private static MirrorOutlet? ParseOutlet(string text)
    {
        var (target, endPoint) = text.Split('=') switch
        {
            [var all] => (null, all),
            [{ Length: > 0 } one, var its] => (one, its),
            _ => (null, ""),
        };
        endPoint = endPoint.Replace("localhost:", "127.0.0.1:", StringComparison.OrdinalIgnoreCase);
        return IPEndPoint.TryParse(endPoint, out var parsed) && parsed.Port != 0 ? new MirrorOutlet(target, parsed) : null;
    }

    private static void Tell(EmulatorServer server, Deployment? deployment, AccountRecording? recording)
    {
        var (options, url) = (server.Cloud.Options, server.Url.GetLeftPart(UriPartial.Authority));
        Console.WriteLine($"""
            The emulated AWS listens on {url}, account {options.AccountId}, Region {options.Region}. Ctrl-C ends it, and all it holds.

              export AWS_ENDPOINT_URL={url} AWS_REGION={options.Region} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
              aws ec2 create-traffic-mirror-filter
              automirror invoke infra/events/resync.json

            What it holds, for a person: {new Uri(server.Url, "/_automirror/")}
            """);
        foreach (var missing in recording?.Missing ?? [])
            Console.WriteLine($"The recording has no {missing}: the account begins without what is in it.");
        if (deployment is not null)
            Console.WriteLine(Describe(deployment));
        foreach (var outlet in options.MirrorTo)
            Console.WriteLine($"Mirrored packets of {outlet.TargetId ?? "all targets"} go to {outlet.EndPoint} as VXLAN.");
    }

    private static async Task UntilInterruptedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
    }

    private static string Describe(Deployment deployment) => $"""

        AutoMirror is deployed into it, as the Terraform module does it, and the function runs:

          sensor       {deployment.CaptureInterface}, the mirror target {deployment.TargetId}, the mirror filter {deployment.FilterId}
          function     {deployment.Name}, log group {deployment.LogGroup}
          role         {deployment.RoleName}, whose permissions are enforced
          rules        {string.Join(", ", deployment.Rules)}
          failures     the queue {deployment.QueueName}

        In another window, with the variables above:

          aws ec2 run-instances --image-id ami-0abcdef1234567890 --instance-type m5.large \
            --tag-specifications 'ResourceType=instance,Tags=[{"{Key=Mirror,Value=true}"}]'
          aws ec2 describe-traffic-mirror-sessions
          aws logs filter-log-events --log-group-name {deployment.LogGroup}
        """;

    private static async Task<EmulatorServer> StartAsync(EmulatorOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await EmulatorServer.StartAsync(options, cancellationToken);
        }
        catch (IOException problem)
        {
            throw new CommandException(
                $"the emulator can't listen on port {options.Port}: {problem.Message} Choose another with --port, or 0 for a free one.");
        }
    }

    /// <param name="Url">The value for <c>AWS_ENDPOINT_URL</c>.</param>
    /// <param name="Missing">Files that the recording does not have.</param>
    private sealed record EmulatorDocument(string Url, string Region, string Account, string State, IReadOnlyList<string> Missing)
    {
        public static EmulatorDocument Of(EmulatorServer server, AccountRecording? recording) => new(
            server.Url.GetLeftPart(UriPartial.Authority), server.Cloud.Options.Region, server.Cloud.Options.AccountId,
            new Uri(server.Url, "/_automirror/").ToString(), recording?.Missing ?? []);
    }
}
