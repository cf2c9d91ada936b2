using System.Diagnostics;
using AutoMirror.Cli.Emulated;
using AutoMirror.Emulator;

namespace AutoMirror.Cli.Demo;

/// <summary>The function as it runs in AWS: a process of its own that asks the Runtime API for work.</summary>
internal sealed class BootstrapProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    private BootstrapProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Ends with the process.</summary>
    public Task Ended => _process.WaitForExitAsync();

    /// <summary>Whether it was compiled ahead of time.</summary>
    public required bool IsNative { get; init; }

    /// <summary>The log lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>Starts the function that this program carries.</summary>
    public static BootstrapProcess Start(EmulatorServer server)
    {
        var program = FunctionProgram.Find();
        var start = new ProcessStartInfo(program.Command[0], program.Command.Skip(1));
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in server.FunctionEnvironment("AKIADEMOFUNCTION"))
            start.Environment[name] = value;
        start.Environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256";
        foreach (
            var inherited in (string[])[
                "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_EC2", "AWS_ENDPOINT_URL_SSM", "AUTOMIRROR_DEPLOYMENT", "AUTOMIRROR_PREFIX",
                "AWS_LAMBDA_LOG_LEVEL"])
        {
            start.Environment.Remove(inherited);
        }

        return new BootstrapProcess(
            Process.Start(start) ?? throw new CommandException("the function did not start."))
        { IsNative = program is FunctionProgram.Native };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_lines)
            _lines.Add(line);
    }
}
