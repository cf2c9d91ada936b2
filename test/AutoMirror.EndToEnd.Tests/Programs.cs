using System.Diagnostics;
using AutoMirror.Emulator;
using AutoMirror.Testing;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The programs that are shipped, as they were built together with these tests.</summary>
internal static class Programs
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The folder of the command line tool.</summary>
    public static string CliFolder { get; } = Repository.PathOf("src", "AutoMirror.Cli", "bin", Configuration, "net10.0");

    /// <summary>The bootstrap that the command line tool carries.</summary>
    public static string Bootstrap { get; } = Path.Combine(CliFolder, "host", "bootstrap.dll");

    /// <summary>Runs the command line tool to its end.</summary>
    public static Task<ToolResult> CliAsync(
        IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? input = null) =>
        Tool.RunAsync("dotnet", [Path.Combine(CliFolder, "automirror.dll"), .. arguments], environment, input);

    /// <summary>Starts a function's process, which asks the emulator for work.</summary>
    /// <param name="server">The emulator.</param>
    /// <param name="native">A bootstrap compiled ahead of time; null for the built one.</param>
    /// <param name="environment">What differs from a function in its account.</param>
    public static FunctionProcess StartFunction(
        EmulatorServer server, string? native = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = native is null ? new ProcessStartInfo("dotnet", [Bootstrap]) : new ProcessStartInfo(native);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.Environment["AWS_SESSION_TOKEN"] = "token";
        foreach (var (name, value) in server.FunctionEnvironment("AKIATESTFUNCTION"))
            start.Environment[name] = value;
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>())
            start.Environment[name] = value;

        return new FunctionProcess(Process.Start(start) ?? throw new InvalidOperationException("The function did not start."));
    }
}

/// <summary>A function's process. What it prints is read all the time: a pipe that is full would stop it.</summary>
internal sealed class FunctionProcess(Process process) : IDisposable
{
    private readonly Task<string> _output = process.StandardOutput.ReadToEndAsync();
    private readonly Task<string> _error = process.StandardError.ReadToEndAsync();

    public bool HasExited => process.HasExited;

    public void Kill() => process.Kill();

    public Task WaitForExitAsync() => process.WaitForExitAsync();

    /// <summary>Ends it, and returns what it printed to stdout.</summary>
    public async Task<string> StopAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        await _error;
        return await _output;
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }
}
