using System.Diagnostics;
using AutoMirror.Emulator;
using AutoMirror.Testing;

namespace AutoMirror.Tests;

/// <summary>The programs that are shipped, as they were built together with these tests.</summary>
internal static class Programs
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <summary>The folder of the command line tool.</summary>
    public static string CliFolder { get; } = Repository.PathOf("src", "AutoMirror.Cli", "bin", Configuration, "net10.0");

    /// <summary>The bootstrap that the command line tool carries.</summary>
    public static string Bootstrap { get; } = Path.Combine(CliFolder, "host", "bootstrap.dll");

    /// <summary>Runs the command line tool to its end.</summary>
    public static Task<ToolResult> CliAsync(IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? input = null) =>
        Tool.RunAsync("dotnet", [Path.Combine(CliFolder, "automirror.dll"), .. arguments], environment, input);

    /// <summary>Starts a function's process, which asks the emulator for work.</summary>
    /// <param name="server">The emulator.</param>
    /// <param name="native">A bootstrap compiled ahead of time; null for the built one.</param>
    /// <param name="environment">What differs from a function in its account.</param>
    public static Process StartFunction(EmulatorServer server, string? native = null, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = native is null ? new ProcessStartInfo("dotnet", [Bootstrap]) : new ProcessStartInfo(native);
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (name, value) in new Dictionary<string, string?>
        {
            ["AWS_LAMBDA_RUNTIME_API"] = server.RuntimeApi,
            ["AWS_ENDPOINT_URL"] = server.Url.GetLeftPart(UriPartial.Authority),
            ["AWS_REGION"] = server.Cloud.Options.Region,
            ["AWS_ACCESS_KEY_ID"] = "AKIATESTFUNCTION",
            ["AWS_SECRET_ACCESS_KEY"] = "secret",
            ["AWS_SESSION_TOKEN"] = "token",
        }.Concat(environment ?? new Dictionary<string, string?>()))
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The function did not start.");
    }

    /// <summary>Ends a process and returns what it printed to stdout.</summary>
    public static async Task<string> StopAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output;
    }
}
