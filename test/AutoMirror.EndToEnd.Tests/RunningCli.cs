using System.Diagnostics;
using System.Text;
using System.Text.Json;
using AutoMirror.Testing;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>A command of the command line tool that runs until its time is over or somebody ends it.</summary>
internal sealed class RunningCli : IDisposable
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMinutes(1);

    private readonly Process _process;

    private RunningCli(Process process) => _process = process;

    /// <summary>What it prints to stdout.</summary>
    public StreamReader Output => _process.StandardOutput;

    /// <summary>What it prints to stderr.</summary>
    public StreamReader Error => _process.StandardError;

    public bool HasExited => _process.HasExited;

    public static RunningCli Start(params IEnumerable<string> arguments) => Start(new Dictionary<string, string?>(), arguments);

    public static RunningCli Start(IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Programs.CliFolder, "automirror.dll"), .. arguments]);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new(Process.Start(start) ?? throw new InvalidOperationException("The command line tool did not start."));
    }

    /// <summary>The first line that begins with a text.</summary>
    public static async Task<string> LineAsync(StreamReader reader, string beginning)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"It ended without a line that begins with '{beginning}'.");
    }

    /// <summary>The first JSON document of what it prints, whose last line is a brace alone.</summary>
    public static async Task<JsonElement> DocumentAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is { } line)
        {
            text.AppendLine(line);
            if (line == "}")
                return JsonDocument.Parse(text.ToString()).RootElement;
        }

        throw new InvalidOperationException($"It ended without a document: {text}");
    }

    /// <summary>Ends it as a service manager does, and Ctrl-C. (A shell in the background hands on that SIGINT is ignored.)</summary>
    public async Task InterruptAsync() => await Tool.RunAsync("kill", ["-TERM", $"{_process.Id}"]);

    /// <summary>Waits for its end, and returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(LongestEnd);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
