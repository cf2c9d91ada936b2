using System.CommandLine;
using System.Diagnostics;
using AutoMirror.Aws.Hosting;

namespace AutoMirror.Cli;

/// <summary><c>automirror invoke EVENT.json|-</c>: runs the function once, here, against the AWS of the environment.</summary>
internal static class InvokeCommand
{
    private const int LargestEvent = 6 * 1024 * 1024;

    public static Command Create()
    {
        var file = new Argument<string>("EVENT") { Description = "A file with the event in JSON, or - for standard input." };
        var timeout = WholeNumberOption.Create(
            "--timeout-seconds", "How long the function may take, as its timeout in Lambda does.", least: 1, most: 900, fallback: 300);
        var command = new Command(
            "invoke",
            "Runs the function once on an event, against the AWS endpoint, Region and credentials of the environment. Its answer goes to "
                + "stdout, its log to stderr.")
        {
            file,
            timeout,
        };
        command.SetAction(
            (parsed, cancellationToken) =>
                RunAsync(parsed.GetValue(file)!, TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string file, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var payload = await ReadAsync(file, cancellationToken);
        await using var log = Console.OpenStandardError();
        using var function = MirrorFunction.FromEnvironment(log, isPersons: true);
        var invocation = new Invocation(Guid.NewGuid().ToString(), DateTimeOffset.UtcNow + timeout);
        switch (await function.InvokeAsync(payload, invocation, cancellationToken))
        {
            case InvocationOutcome.Answered { Json: var json }:
                await using (var output = Console.OpenStandardOutput())
                {
                    await output.WriteAsync(json, cancellationToken);
                    await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
                }

                return CommandLine.Success;
            case InvocationOutcome.Failed failed:
                cancellationToken.ThrowIfCancellationRequested();
                throw new CommandException($"the function failed ({failed.ErrorType}). {failed.Message}");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            using var buffer = new MemoryStream();
            await input.CopyToAsync(buffer, cancellationToken);
            return buffer.Length <= LargestEvent
                ? buffer.ToArray()
                : throw new UsageException($"{file} is larger than the 6 MB that Lambda takes.");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the event can't be read: {problem.Message}");
        }
    }
}
