using System.CommandLine;
using System.Diagnostics;
using AutoMirror.Aws.Hosting;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Events;

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
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var command = new Verb(
            "invoke",
            "Runs the function once on an event, here and with your own permissions. Its answer, one JSON document, goes to stdout, its "
                + "log to stderr.")
        {
            file,
            timeout,
        };
        output.AddTo(command, hasTables: false);
        aws.AddTo(command);
        command.Examples.AddRange(
        [
            ("automirror invoke infra/events/resync.json --profile prod", "a full sync with the profile prod"),
            ("echo '{\"dryRun\":true}' | automirror invoke -", "what a full sync would do"),
            ("echo '{\"allowDeletes\":true}' | automirror invoke -", "a full sync without the policy's limits"),
        ]);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(file)!, TimeSpan.FromSeconds(parsed.GetValue(timeout)), aws.Read(parsed), output.IsQuiet(parsed),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string file, TimeSpan timeout, Variables variables, bool isQuiet, CancellationToken cancellationToken)
    {
        var payload = await ReadAsync(file, cancellationToken);
        using var connection = await Connection.OpenAsync(variables, cancellationToken);
        await using var log = isQuiet ? Stream.Null : Console.OpenStandardError();
        using var function = connection.Function(log);
        var invocation = new Invocation(Guid.NewGuid().ToString(), DateTimeOffset.UtcNow + timeout)
        {
            Account = NamesAccount(payload) ? await connection.AccountAsync(cancellationToken) : null,
        };
        switch (await function.InvokeAsync(payload, invocation, cancellationToken))
        {
            case InvocationOutcome.Answered when isQuiet:
                return CommandLine.Success;
            case InvocationOutcome.Answered { Json: var json }:
                await using (var output = Console.OpenStandardOutput())
                {
                    await output.WriteAsync(json, cancellationToken);
                    await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
                }

                return CommandLine.Success;
            case InvocationOutcome.Failed failed:
                if (cancellationToken.IsCancellationRequested)
                {
                    throw new InterruptedException(
                        "ended before the function had answered. What it did stays; the same command does the rest.");
                }

                throw new CommandException($"the function failed ({failed.ErrorType}). {failed.Message}");
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whether an event says which account it is of, so that the own one has to be known.</summary>
    private static bool NamesAccount(byte[] payload)
    {
        var readings = EventParser.Parse(payload) switch
        {
            Payload.Events { Readings: var events } => events,
            Payload.Batch { Records: var records } => records.Select(record => record.Reading),
            _ => throw new UnreachableException(),
        };
        return readings.OfType<EventReading.Understood>().Any(reading => reading.Event.Account is not null);
    }

    private static async Task<byte[]> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var input = file == "-" ? Console.OpenStandardInput() : File.OpenRead(file);
            using var buffer = new MemoryStream();
            var part = new byte[81920];
            while (await input.ReadAsync(part, cancellationToken) is > 0 and var read)
            {
                // While it is read, and not after: a pipe may have no end.
                if (buffer.Length + read > LargestEvent)
                    throw new UsageException($"{file} is larger than the 6 MB that Lambda takes.");
                buffer.Write(part, 0, read);
            }

            return buffer.ToArray();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the event can't be read: {problem.Message}");
        }
    }
}
