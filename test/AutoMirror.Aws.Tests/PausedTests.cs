using Xunit;

namespace AutoMirror.Aws.Tests;

/// <summary>The metric that says that AutoMirror is kept from changing anything.</summary>
public sealed class PausedTests
{
    [Theory]
    [InlineData("""{"mode":"sync"}""", null, "{}", "0")]
    [InlineData("""{"mode":"create-only"}""", null, "{}", "0")]
    [InlineData("""{"mode":"observe"}""", null, "{}", "1")]
    [InlineData("""{"mode":"off"}""", null, "{}", "1")]
    [InlineData("""{"mode":"sync"}""", "observe", "{}", "1")]
    [InlineData("""{"mode":"sync"}""", "off", "{}", "1")]
    [InlineData("""{"mode":"sync"}""", null, """{"action":"resync","dryRun":true}""", null)]
    public async Task It_is_1_while_the_policy_or_the_switch_says_so(string policy, string? mode, string @event, string? paused)
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", policy);
        if (mode is not null)
            await account.PutAsync("mode", mode);
        await account.LaunchAsync();
        using var function = new FunctionUnderTest(account);

        await function.ReportAsync(@event);

        var metrics = function.Log.First(line => line.TryGetProperty("_aws", out _));
        Assert.Equal(paused, metrics.TryGetProperty("Paused", out var value) ? value.ToString() : null);
    }
}
