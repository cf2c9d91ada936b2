using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AutoMirror.Cli.Emulated;
using AutoMirror.Cli.Printing;
using AutoMirror.Emulator;
using AutoMirror.Emulator.Packets;

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
            new Option<string>("--region") { Description = "The Region that it stands for.", DefaultValueFactory = _ => "us-east-1" };
        var account =
            new Option<string>("--account")
            {
                Description = "The account that it stands for, 12 digits.",
                DefaultValueFactory = _ => "123456789012",
            };
        account.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() is not { Length: 12 } id || !id.All(char.IsAsciiDigit))
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

        var output = new OutputOptions();
        var command = new Verb(
            "emulator",
            "Runs the emulated AWS by itself, on loopback, for the aws CLI, an SDK or Terraform. Everything is kept in memory "
                + "only.") { port, region, account, withFunction, mirrorTo };
        output.AddTo(command, hasTables: false);
        command.Examples.AddRange(
        [
            ("automirror emulator", "an empty account on 127.0.0.1:4566"),
            ("automirror emulator --with-function", "one in which the function runs and reacts"),
        ]);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new EmulatorOptions
            {
                Port = parsed.GetValue(port),
                Region = parsed.GetValue(region)!,
                AccountId = parsed.GetValue(account)!,
                MirrorTo = parsed.GetValue(mirrorTo) ?? [],
            }, parsed.GetValue(withFunction), cancellationToken));
        return command;
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

    private static async Task<int> RunAsync(EmulatorOptions options, bool withFunction, CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(options, cancellationToken);
        Console.WriteLine($"""
            The emulated AWS listens on {server.Url.GetLeftPart(UriPartial.Authority)}, account {options.AccountId}, Region {options.Region}. Ctrl-C ends it, and all it holds.

              export AWS_ENDPOINT_URL={server.Url.GetLeftPart(UriPartial.Authority)} AWS_REGION={options.Region} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
              aws ec2 create-traffic-mirror-filter
              automirror invoke infra/events/resync.json

            What it holds, for a person: {new Uri(server.Url, "/_automirror/")}
            """);
        if (withFunction)
            Console.WriteLine(Describe(await Deployment.SetUpAsync(server, cancellationToken)));
        foreach (var outlet in options.MirrorTo)
            Console.WriteLine($"Mirrored packets of {outlet.TargetId ?? "all targets"} go to {outlet.EndPoint} as VXLAN.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Ended.");
        }

        return CommandLine.Success;
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
}
