using System.Diagnostics;

namespace AutoMirror.Testing;

/// <summary>A command of the machine, run as a person would run it.</summary>
public static class Tool
{
    /// <summary>Whether <paramref name="command"/> is found on PATH.</summary>
    public static bool IsOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, command)));

    /// <summary>Runs a command to its end and returns what it printed; kills it, with its children, when the time is over.</summary>
    public static async Task<ToolResult> RunAsync(
        string command,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? input = null,
        string? folder = null,
        TimeSpan? timeLimit = null)
    {
        var start = new ProcessStartInfo(command, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? Repository.Root,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command} did not start.");
        using var limit = new CancellationTokenSource(timeLimit ?? TimeSpan.FromMinutes(2));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        if (input is not null)
            await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"{command} {string.Join(' ', start.ArgumentList)} ran out of its time.\n{await output}\n{await error}");
        }

        return new ToolResult(process.ExitCode, await output, await error);
    }
}

/// <summary>What a command left behind.</summary>
public sealed record ToolResult(int ExitCode, string Output, string Error);
