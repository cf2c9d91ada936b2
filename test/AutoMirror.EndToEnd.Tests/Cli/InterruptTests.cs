using System.Text.RegularExpressions;
using AutoMirror.Aws.Tests;
using AutoMirror.Emulator.Faults;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>Ctrl-C: a verb that changes something ends, says what was done, and leaves the rest to the next run.</summary>
public sealed partial class InterruptTests
{
    private const int Sessions = 30;

    [Theory]
    [InlineData("sync", "CreateTrafficMirrorSession", "ended after")]
    [InlineData("remove --all-owned --yes", "DeleteTrafficMirrorSession", "deleted, and /automirror/mode is \"off\", which stays")]
    [InlineData("adopt --tag CreatedBy=script --yes", "CreateTags", "What was taken over stays so")]
    public async Task What_was_done_is_said_and_the_same_command_does_the_rest(string arguments, string action, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("targets/default", await account.NewLoadBalancerTargetAsync());
        await account.LaunchAsync(count: Sessions);
        if (action != "CreateTrafficMirrorSession")
            await account.CliAsync("sync");
        if (action == "CreateTags")
            await GiveAwayAsync(account);
        account.Cloud.Requests.Clear();
        account.Cloud.Latency = new Latency(TimeSpan.FromMilliseconds(150), TimeSpan.FromMilliseconds(160));

        using var running = RunningCli.Start(account.Environment, arguments.Split(' '));
        while (!account.CallsOfFunction().Contains(action))
            await Task.Yield();
        await running.InterruptAsync();

        var (code, error) = (await running.EndAsync(), await running.Error.ReadToEndAsync());
        Assert.True(code == 130, $"{code}: {error}");
        Assert.Contains(words, error, StringComparison.Ordinal);
        Assert.Matches("([Tt]he same command|automirror sync) does the rest", error);
        var done = int.Parse(Number().Match(error).Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(done, 0, Sessions - 1);
        account.Cloud.Latency = null;
        var isRemoval = action.StartsWith("Delete", StringComparison.Ordinal);
        var rest = await account.CliAsync([.. arguments.Split(' '), .. isRemoval ? ["--no-wait"] : (string[])[]]);
        Assert.True(rest.ExitCode == 0, rest.Error);
        Assert.Equal(isRemoval ? 0 : Sessions, (await account.SessionsAsync()).Count);
    }

    [Fact]
    public async Task A_verb_that_only_reads_says_that_nothing_was_changed()
    {
        await using var account = await EmulatedAccount.StartAsync();
        account.Cloud.Latency = new Latency(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.1));

        using var running = RunningCli.Start(account.Environment, "status");
        while (account.Cloud.Requests.Snapshot().Count == 0 && !running.HasExited)
            await Task.Yield();
        await running.InterruptAsync();

        Assert.Equal(130, await running.EndAsync());
        Assert.Equal("automirror: ended before there was an answer. Nothing was changed.\n", await running.Error.ReadToEndAsync());
    }

    /// <summary>Makes all sessions a script's.</summary>
    private static async Task GiveAwayAsync(EmulatedAccount account)
    {
        foreach (var session in await account.SessionsAsync())
        {
            await account.Ec2.DeleteTagsAsync(new([session.TrafficMirrorSessionId]) { Tags = [new() { Key = "automirror:managed-by" }] });
            await account.Ec2.CreateTagsAsync(new([session.TrafficMirrorSessionId], [new("CreatedBy", "script")]));
        }
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
