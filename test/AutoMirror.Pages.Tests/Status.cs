using AutoMirror.EndToEnd.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary><c>automirror status</c> of a recorded account, with nothing that leads to AWS.</summary>
internal static class Status
{
    private static readonly Dictionary<string, string?> Nowhere = new()
    {
        ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null, ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null,
        ["AWS_PROFILE"] = null, ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>Runs it, and asserts that it is well.</summary>
    public static async Task<string> RunAsync(string recording, params string[] arguments)
    {
        var result = await TryAsync(recording, arguments);
        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}{result.Output}");
        return result.Output;
    }

    /// <summary>What <c>explain ID --json</c> prints.</summary>
    public static async Task<string> ExplainAsync(string recording, string id) =>
        (await Programs.CliAsync(["explain", id, "--json", "--from", recording], Nowhere)).Output;

    public static Task<ToolResult> TryAsync(string recording, params string[] arguments) =>
        Programs.CliAsync(["status", "--from", recording, .. arguments], Nowhere);
}
