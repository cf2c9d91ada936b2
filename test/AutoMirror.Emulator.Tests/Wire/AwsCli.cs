using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Wire;

/// <summary>The aws command line tool, pointed at an emulator.</summary>
internal sealed class AwsCli(EmulatorServer server)
{
    /// <summary>Runs a command that has to succeed, and returns what the query picks from its answer.</summary>
    public async Task<string> AwsAsync(string arguments, string query = "@")
    {
        var result = await RunAsync(arguments, query);
        Assert.True(result.ExitCode == 0, $"aws {arguments}\n{result.Error}");
        return result.Output.Trim();
    }

    /// <summary>Runs a command that has to be refused, and returns what the tool writes to stderr.</summary>
    public async Task<string> RefusedAsync(string arguments)
    {
        var result = await RunAsync(arguments, "@");
        Assert.NotEqual(0, result.ExitCode);
        return result.Error;
    }

    private Task<ToolResult> RunAsync(string arguments, string query)
    {
        string[] global = ["--endpoint-url", server.Url.ToString(), "--output", "text", "--query", query];
        return Tool.RunAsync("aws", [.. global, .. arguments.Split(' ')], Client.Environment(server));
    }
}
