using AutoMirror.Aws;
using AutoMirror.Aws.Tests;
using AutoMirror.Cli;
using AutoMirror.Cli.Changing;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Model;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Cli;

/// <summary>What <c>remove</c> does in the minute after the switch-off, in virtual time.</summary>
public sealed class RemovalRunTests
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_a_warm_function_makes_meanwhile_goes_too()
    {
        await using var account = await MirroredAsync();
        var running = Run(account).CarryOutAsync(waits: true, CancellationToken.None);
        await _waiting.Task.WaitAsync(LongestRun);

        // A function whose copy of the configuration is older than the switch-off.
        account.Cloud.Ssm.Delete("/automirror/mode");
        await account.CliAsync("sync");
        account.Cloud.Ssm.Put("/automirror/mode", "off", "String");
        Assert.Single(await account.SessionsAsync());

        _time.Advance(Removal.Quiet);
        var document = await running.WaitAsync(LongestRun);
        Assert.Empty(await account.SessionsAsync());
        Assert.Equal((2, 0, true), (document.Deleted.Count, document.Left.Count, document.LookedAgain));
    }

    [Fact]
    public async Task It_looks_again_only_after_the_minute()
    {
        await using var account = await MirroredAsync();
        var running = Run(account).CarryOutAsync(waits: true, CancellationToken.None);
        await _waiting.Task.WaitAsync(LongestRun);

        _time.Advance(Removal.Quiet - TimeSpan.FromSeconds(1));
        Assert.False(running.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Single((await running.WaitAsync(LongestRun)).Deleted);
    }

    [Fact]
    public async Task Who_ends_the_wait_hears_what_was_done()
    {
        await using var account = await MirroredAsync();
        using var ending = new CancellationTokenSource();
        var running = Run(account).CarryOutAsync(waits: true, ending.Token);
        await _waiting.Task.WaitAsync(LongestRun);

        await ending.CancelAsync();

        var ended = await Assert.ThrowsAsync<InterruptedException>(() => running);
        Assert.Contains("1 session deleted, and /automirror/mode is \"off\", which stays", ended.Message, StringComparison.Ordinal);
    }

    private RemovalRun Run(EmulatedAccount account) => new(
        new Removal(new DeploymentSettings { Deployment = Deployment.Default, Account = "123456789012" }, account.Ec2, account.Ssm, _time),
        new Progress(isShown: false, _time), _time)
    {
        OnWait = () => _waiting.TrySetResult(),
    };

    private static async Task<EmulatedAccount> MirroredAsync()
    {
        var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        await account.CliAsync("sync");
        Assert.Single(await account.SessionsAsync());
        return account;
    }
}
