using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>What differs on a terminal: questions, colours, wrapped lines, progress. <c>script</c> lends one.</summary>
public sealed class TerminalTests
{
    private const string Escape = "\u001b[";

    [NeedsToolFact("script")]
    public async Task Colours_and_progress_are_for_a_terminal()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync(count: 3);

        var onTerminal = await OnTerminalAsync(account, "sync");
        await account.LaunchAsync();
        var inPipe = await account.CliAsync("sync");

        Assert.Contains(Escape, onTerminal.Output, StringComparison.Ordinal);
        Assert.Contains(" of 3, ", onTerminal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape, inPipe.Output, StringComparison.Ordinal);
        Assert.Equal("", inPipe.Error);
    }

    [NeedsToolFact("script")]
    public async Task NO_COLOR_is_heeded_on_a_terminal()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();

        var plain = await OnTerminalAsync(account, "plan", ("NO_COLOR", "1"));

        Assert.Contains("session to make", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape + "1m", plain.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Escape + "2m", plain.Output, StringComparison.Ordinal);
    }

    [NeedsToolFact("script")]
    public async Task A_narrow_terminal_wraps_words_and_cuts_no_id()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var instance = await account.LaunchAsync();

        var narrow = await OnTerminalAsync(account, "plan", before: "stty cols 60;");

        Assert.Contains(instance.NetworkInterfaces[0].NetworkInterfaceId, narrow.Output, StringComparison.Ordinal);
        Assert.Contains(account.TargetId, narrow.Output, StringComparison.Ordinal);
        Assert.All(
            narrow.Output.Split('\n').Where(line => line.Contains("the instance's tag", StringComparison.Ordinal)),
            line => Assert.True(line.TrimEnd().Length <= 60 + Escape.Length + 4, line));
    }

    [NeedsToolFact("script")]
    public async Task Only_setup_and_remove_ask_and_no_is_no()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        await account.CliAsync("sync");

        var no = await OnTerminalAsync(account, "remove --all-owned --no-wait", input: "n\n");
        Assert.Contains("Do it? [y/N]", no.Output, StringComparison.Ordinal);
        Assert.Single(await account.SessionsAsync());
        var adopt = await OnTerminalAsync(account, "adopt --tag a=b");
        Assert.DoesNotContain("[y/N]", adopt.Output, StringComparison.Ordinal);

        var yes = await OnTerminalAsync(account, "remove --all-owned --no-wait", input: "y\n");
        Assert.Contains("1 session deleted", yes.Output, StringComparison.Ordinal);
        Assert.Empty(await account.SessionsAsync());
    }

    private static Task<ToolResult> OnTerminalAsync(
        EmulatedAccount account, string arguments, (string Name, string Value)? variable = null, string? input = null,
        string before = "stty cols 200;")
    {
        var environment = new Dictionary<string, string?>(account.Environment) { ["TERM"] = "xterm", ["NO_COLOR"] = null };
        if (variable is var (name, value))
            environment[name] = value;
        var command = $"{before} dotnet {Path.Combine(Programs.CliFolder, "automirror.dll")} {arguments}";
        return Tool.RunAsync("script", ["--quiet", "--return", "--command", command, "/dev/null"], environment, input ?? "");
    }
}
