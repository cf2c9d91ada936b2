using System.Text.Json;
using AutoMirror.Aws.Tests;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>The command line tool as a person or a script uses it.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--help", "demo")]
    [InlineData("demo --help", "--json")]
    [InlineData("doctor --help", "--health")]
    [InlineData("emulator --help", "--port")]
    [InlineData("explain --help", "--packet")]
    [InlineData("invoke --help", "EVENT")]
    [InlineData("pause --help", "--mode")]
    [InlineData("resume --help", "AUTOMIRROR_PREFIX")]
    [InlineData("probe --help", "--listen")]
    [InlineData("remove --help", "--all-owned")]
    [InlineData("status --help", "--health")]
    public async Task Help_is_a_success_on_stdout(string arguments, string word)
    {
        var result = await Programs.CliAsync(arguments.Split(' '));

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(word, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("dance")]
    [InlineData("invoke")]
    [InlineData("invoke --nope x.json")]
    [InlineData("invoke no-such-file.json")]
    [InlineData("status --from /nonexistent")]
    [InlineData("remove")]
    [InlineData("remove --yes")]
    [InlineData("invoke - --timeout-seconds 0")]
    [InlineData("invoke - --timeout-seconds 1.5")]
    [InlineData("invoke - --timeout-seconds 0x1")]
    [InlineData("emulator --port 70000")]
    [InlineData("emulator --port abc")]
    [InlineData("pause --mode sync")]
    [InlineData("emulator --account 12")]
    [InlineData("emulator --mirror-to nowhere")]
    [InlineData("emulator --mirror-to =127.0.0.1:4789")]
    public async Task Wrong_usage_is_2_and_leaves_stdout_clean(string arguments)
    {
        var result = await Programs.CliAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith("automirror: ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_prints_the_answer_alone_on_stdout()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();

        var result = await Programs.CliAsync(["invoke", "-"], account.Environment, """{"action":"resync"}""");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(1, JsonDocument.Parse(result.Output).RootElement.GetProperty("counts").GetProperty("mirrored").GetInt32());
        Assert.Single(await account.SessionsAsync());
        FunctionProcessTests.AssertLog(result.Error);
    }

    [Fact]
    public async Task A_failed_function_is_1_and_says_why_in_words()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"mode":"always"}""");

        var result = await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");

        Assert.Equal((1, ""), (result.ExitCode, result.Output));
        Assert.Contains("automirror: the function failed (AutoMirror.Misconfigured)", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_event_leads_to_a_report()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.LaunchAsync();
        var samples = Directory.GetFiles(Repository.PathOf("infra", "events"), "*.json");
        Assert.NotEmpty(samples);

        foreach (var sample in samples)
        {
            var result = await Programs.CliAsync(["invoke", sample], account.Environment);

            Assert.True(result.ExitCode == 0, $"{sample}: {result.Error}");
            JsonDocument.Parse(result.Output);
        }
    }

    [Fact]
    public async Task Remove_shows_first_and_then_switches_off_and_deletes_what_is_owned_only()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"tagKey":"Mirror"}""");
        var instance = await account.LaunchAsync(interfaces: 2);
        await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        var foreign = await account.NewForeignSessionAsync(instance.NetworkInterfaces[0].NetworkInterfaceId, 7);

        var shown = await Programs.CliAsync(["remove", "--all-owned", "--json"], account.Environment);
        Assert.Equal((2, 2), (shown.ExitCode, JsonDocument.Parse(shown.Output).RootElement.GetProperty("left").GetArrayLength()));
        Assert.Equal(3, (await account.SessionsAsync()).Count);

        var done = await Programs.CliAsync(["remove", "--all-owned", "--yes", "--no-wait"], account.Environment);
        Assert.Equal((0, ""), (done.ExitCode, done.Error));
        Assert.Contains("2 sessions deleted", done.Output, StringComparison.Ordinal);
        Assert.Equal(foreign.TrafficMirrorSessionId, Assert.Single(await account.SessionsAsync()).TrafficMirrorSessionId);
        Assert.Equal("""{"tagKey":"Mirror"}""", account.Cloud.Ssm.Get("/automirror/policy").Value);
        Assert.Equal("off", account.Cloud.Ssm.Get("/automirror/mode").Value);

        var after = await Programs.CliAsync(["invoke", "-"], account.Environment, "{}");
        Assert.Contains("mode is", after.Output, StringComparison.Ordinal);
        Assert.Single(await account.SessionsAsync());
    }

    [Fact]
    public async Task Pause_and_resume_write_the_switch_and_say_what_holds()
    {
        await using var account = await EmulatedAccount.StartAsync();
        await account.PutAsync("policy", """{"mode":"create-only"}""");

        var paused = await Programs.CliAsync(["pause"], account.Environment);
        Assert.Equal("observe", account.Cloud.Ssm.Get("/automirror/mode").Value);
        var resumed = await Programs.CliAsync(["resume"], account.Environment);
        Assert.Null(account.Cloud.Ssm.Find("/automirror/mode"));
        var again = await Programs.CliAsync(["resume"], account.Environment);

        Assert.Equal(
            [
                "0 deployment automirror, Region us-east-1, prefix /automirror: mode observe",
                "0 deployment automirror, Region us-east-1, prefix /automirror: mode create-only",
                "0 deployment automirror, Region us-east-1, prefix /automirror: mode create-only",
            ],
            new[] { paused, resumed, again }.Select(result => $"{result.ExitCode} {result.Output.Trim()}"));
    }

    [Theory]
    [InlineData("/nope", "mirror", 1, "no deployment has its configuration under /nope")]
    [InlineData("/nope", null, 2, "belong together")]
    public async Task A_pause_invents_no_deployment(string prefix, string? deployment, int exitCode, string words)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var environment = new Dictionary<string, string?>(account.Environment)
        {
            ["AUTOMIRROR_PREFIX"] = prefix, ["AUTOMIRROR_DEPLOYMENT"] = deployment,
        };

        var result = await Programs.CliAsync(["pause"], environment);

        Assert.Equal((exitCode, ""), (result.ExitCode, result.Output));
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
        Assert.Null(account.Cloud.Ssm.Find($"{prefix}/mode"));
    }

    [Theory]
    [InlineData("127.0.0.1:4566")]
    [InlineData("localhost:4566")]
    [InlineData("http://")]
    [InlineData("ftp://x")]
    public async Task An_endpoint_that_is_none_is_an_error_in_words(string endpoint)
    {
        await using var account = await EmulatedAccount.StartAsync();
        var environment = new Dictionary<string, string?>(account.Environment) { ["AWS_ENDPOINT_URL"] = endpoint };
        foreach (var arguments in (string[][])[["invoke", "-"], ["remove", "--all-owned"], ["pause"]])
        {
            var result = await Programs.CliAsync(arguments, environment, "{}");

            Assert.Equal((1, ""), (result.ExitCode, result.Output));
            Assert.Contains($"is '{endpoint}'; allowed: an http or https URL", result.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_Region_it_says_what_to_set()
    {
        var result = await Programs.CliAsync(
            ["invoke", "-"], new Dictionary<string, string?> { ["AWS_REGION"] = null, ["AWS_DEFAULT_REGION"] = null }, "{}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("AWS_REGION is not set", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_credentials_it_says_so_soon()
    {
        await using var account = await EmulatedAccount.StartAsync();
        var environment = new Dictionary<string, string?>(account.Environment)
        {
            ["AWS_ACCESS_KEY_ID"] = null, ["AWS_SECRET_ACCESS_KEY"] = null, ["HOME"] = "/nonexistent", ["AWS_PROFILE"] = null,
        };

        var result = await Programs.CliAsync(["invoke", "-"], environment, "{}");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("credentials", result.Error, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_demo_plays_its_day_checks_itself_and_leaves_nothing_running()
    {
        var result = await Programs.CliAsync(["demo"]);

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        foreach (
            var word in (string[])[
                "mirrored", "opted-out", "unsupported", "sensor", "EC2 holds what the tags ask for", "AutoMirror.Cli -- emulator"])
        {
            Assert.Contains(word, result.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("\u001b[", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task The_demo_for_machines_prints_the_report_alone()
    {
        var result = await Programs.CliAsync(["demo", "--json"]);

        Assert.True(result.ExitCode == 0, $"{result.ExitCode}: {result.Error}");
        Assert.True(JsonDocument.Parse(result.Output).RootElement.GetProperty("converged").GetBoolean());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_in_words()
    {
        await using var account = await EmulatedAccount.StartAsync();

        var result = await Programs.CliAsync(["emulator", "--port", $"{account.Server.Url.Port}"]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Choose another with --port", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }
}
