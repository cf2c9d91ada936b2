using System.CommandLine;

namespace AutoMirror.Cli;

/// <summary>How every verb ends: exit codes, and errors in words.</summary>
internal static class CommandLine
{
    /// <summary>All is well.</summary>
    public const int Success = 0;

    /// <summary>It failed; stderr says why.</summary>
    public const int Failure = 1;

    /// <summary>The command was not understood; stderr says what would be.</summary>
    public const int WrongUsage = 2;

    /// <summary>What was asked about is so: changes are pending, problems were found, cases differ, coverage is below.</summary>
    public const int IsSo = 3;

    /// <summary>Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;

    // After Ctrl-C: a call that is under way gets its answer, and an emulated account is saved.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    /// <summary>Parses and runs. Wrong usage goes to stderr, so that stdout holds answers alone.</summary>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments)
    {
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"automirror: {error.Message}");
            await Console.Error.WriteLineAsync($"Try: automirror {Verb(parsed)}--help");
            return WrongUsage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = LongestEnd,
            });
        }
        catch (InterruptedException ended)
        {
            await Console.Error.WriteLineAsync($"automirror: {ended.Message}");
            return Interrupted;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("automirror: ended before there was an answer. Nothing was changed.");
            return Interrupted;
        }
        catch (UsageException problem)
        {
            await Console.Error.WriteLineAsync($"automirror: {problem.Message}");
            return WrongUsage;
        }
        catch (CommandException problem)
        {
            await Console.Error.WriteLineAsync($"automirror: {problem.Message}");
            return Failure;
        }
    }

    private static string Verb(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
}

/// <summary>A verb cannot go on; the message says what is wrong and what to do.</summary>
internal class CommandException(string message) : Exception(message);

/// <summary>A person ended a verb that changes something; the message says what was done, and what does the rest.</summary>
internal sealed class InterruptedException(string message) : OperationCanceledException(message);

/// <summary>What was typed cannot be meant so.</summary>
internal sealed class UsageException(string message) : CommandException(message);
