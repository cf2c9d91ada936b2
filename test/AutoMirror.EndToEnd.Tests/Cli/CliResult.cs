using System.Text.Json;
using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>Runs the command line tool in an emulated account.</summary>
internal static class CliResult
{
    public static Task<ToolResult> CliAsync(this EmulatedAccount account, params string[] arguments) =>
        Programs.CliAsync(arguments, account.Environment);

    /// <summary>Runs a verb with --json, and reads its one document.</summary>
    public static async Task<JsonElement> JsonAsync(this EmulatedAccount account, params string[] arguments) =>
        Read(await Programs.CliAsync([.. arguments, "--json"], account.Environment), exitCode: 0);

    /// <summary>Runs a verb on a recording, without an environment that leads anywhere.</summary>
    public static Task<JsonElement> JsonFromAsync(string folder, params string[] arguments) => JsonFromAsync(folder, 0, arguments);

    /// <summary>The same, for a verb that ends with another exit code.</summary>
    public static async Task<JsonElement> JsonFromAsync(string folder, int exitCode, params string[] arguments) =>
        Read(await Programs.CliAsync([.. arguments, "--json", "--from", folder], Nowhere), exitCode);

    /// <summary>An environment without AWS.</summary>
    public static IReadOnlyDictionary<string, string?> Nowhere { get; } = new Dictionary<string, string?>
    {
        ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null, ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null,
        ["AWS_PROFILE"] = null, ["HOME"] = "/nonexistent", ["AWS_EC2_METADATA_DISABLED"] = "true",
    };

    /// <summary>The one document of a result.</summary>
    public static JsonElement Read(ToolResult result, int exitCode)
    {
        Assert.True(result.ExitCode == exitCode, $"{result.ExitCode}: {result.Error}{result.Output}");
        return JsonDocument.Parse(result.Output).RootElement;
    }

    /// <summary>The texts of a field in a list of objects.</summary>
    public static IReadOnlyList<string?> Texts(this JsonElement list, string field) =>
        [.. list.EnumerateArray().Select(each => each.GetProperty(field).GetString())];
}
