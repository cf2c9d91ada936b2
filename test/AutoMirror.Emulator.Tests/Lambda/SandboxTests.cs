using System.Text.Json.Nodes;
using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Lambda;

/// <summary>Functions as processes: what they are given, and how they end.</summary>
public sealed class SandboxTests : FunctionTests
{
    [NeedsToolFact("python3")]
    public async Task A_function_gets_what_Lambda_defines_what_it_was_configured_with_and_nothing_else()
    {
        Environment.SetEnvironmentVariable("AUTOMIRROR_TEST_SECRET", "inherited");
        var function = Create("handle = lambda event: dict(os.environ)", change: each => each with
        {
            Environment = each.Environment.Add("GREETING", "hello"),
        });

        var environment = JsonNode.Parse((await InvokeAsync(function)).Payload)!.AsObject();

        Assert.Equal("hello", environment["GREETING"]!.GetValue<string>());
        Assert.Equal(("f", "128", "us-east-1"), (
            environment["AWS_LAMBDA_FUNCTION_NAME"]!.ToString(), environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]!.ToString(),
            environment["AWS_REGION"]!.ToString()));
        Assert.Equal(Server.Url.GetLeftPart(UriPartial.Authority), environment["AWS_ENDPOINT_URL"]!.ToString());
        Assert.NotEqual(Server.RuntimeApi, environment["AWS_LAMBDA_RUNTIME_API"]!.ToString());
        Assert.StartsWith("ASIA", environment["AWS_ACCESS_KEY_ID"]!.ToString(), StringComparison.Ordinal);
        Assert.Null(environment["AUTOMIRROR_TEST_SECRET"]);
    }

    [NeedsToolFact("python3")]
    public async Task Its_lines_are_in_its_log_between_those_of_Lambda()
    {
        var function = Create("""
            def handle(event):
                print("to stdout", flush=True)
                print("to stderr", file=sys.stderr)
                return event
            """);

        Assert.Equal("""{"a": 1}""", (await InvokeAsync(function, """{"a":1}""")).Payload);
        var lines = await LogAsync(function, "REPORT");

        var id = function.Host.Results[0].RequestId;
        Assert.StartsWith("INIT_START Runtime Version: provided.al2023", lines[0], StringComparison.Ordinal);
        Assert.Equal($"START RequestId: {id} Version: $LATEST", lines[1]);
        Assert.Equal(["to stderr", "to stdout"], lines.Skip(2).Take(2).Order());
        Assert.Equal($"END RequestId: {id}", lines[4]);
        Assert.Matches(
            $@"^REPORT RequestId: {id}\tDuration: [0-9.]+ ms\tBilled Duration: [0-9]+ ms\tMemory Size: 128 MB\t"
                + @"Max Memory Used: [1-9][0-9]* MB\tInit Duration: [0-9.]+ ms\t$",
            lines[5]);
    }

    [NeedsToolFact("python3")]
    public async Task With_the_format_JSON_so_are_Lambdas_own_lines()
    {
        var function = Create("handle = lambda event: 1 / 0", change: each => each with
        {
            LogFormat = "JSON",
            SystemLogLevel = "INFO",
            LogGroup = "/mine",
        });

        Assert.Equal("ZeroDivisionError", (await InvokeAsync(function)).ErrorType);
        var lines = (await LogAsync(function, "platform.report")).Select(line => JsonNode.Parse(line)!).ToList();

        Assert.Equal(
            ["platform.initStart", "platform.start", "platform.report"], lines.Select(line => line["type"]!.GetValue<string>()));
        var report = lines[2]["record"]!;
        Assert.Equal(("error", "ZeroDivisionError"), (report["status"]!.ToString(), report["errorType"]!.ToString()));
        Assert.True(report["metrics"]!["maxMemoryUsedMB"]!.GetValue<int>() > 0);
    }

    [NeedsToolFact("python3")]
    public async Task A_function_whose_role_may_not_log_leaves_no_log()
    {
        var function = Create("handle = lambda event: 1", Role(withLogs: false));

        Assert.False((await InvokeAsync(function)).IsError);
        await UntilAsync(() => Server.Cloud.Iam.Decisions.Count(each => each.Action == "logs:CreateLogGroup") >= 3);
        Assert.Empty(Server.Cloud.Logs.Groups);
    }

    [NeedsToolFact("python3")]
    public async Task One_that_takes_too_long_is_ended_and_the_next_invocation_finds_a_fresh_one()
    {
        var function = Create(
            "handle = lambda event: time.sleep(60) if event.get('sleep') else os.getpid()", change: each => each with { Timeout = 1 });

        var first = await InvokeAsync(function);
        var late = await InvokeAsync(function, """{"sleep":true}""");
        var second = await InvokeAsync(function);

        Assert.Equal("Sandbox.Timedout", late.ErrorType);
        Assert.Contains("Task timed out after 1.00 seconds", late.Payload, StringComparison.Ordinal);
        Assert.False(second.IsError, second.Payload);
        Assert.NotEqual(first.Payload, second.Payload);
        Assert.Contains(await LogAsync(function, "Status: timeout"),
            line => line.EndsWith("Task timed out after 1.00 seconds", StringComparison.Ordinal));
    }

    [NeedsToolFact("python3")]
    public async Task One_that_takes_more_memory_than_it_has_is_killed()
    {
        var function = Create("""
            def handle(event):
                kept = bytearray(200 * 1024 * 1024)
                for at in range(0, len(kept), 4096): kept[at] = 1
                time.sleep(60)
            """);

        var result = await InvokeAsync(function);

        Assert.Equal("Runtime.ExitError", result.ErrorType);
        Assert.Contains("Runtime exited with error: signal: killed", result.Payload, StringComparison.Ordinal);
        Assert.Contains(
            await LogAsync(function, "Runtime.OutOfMemory"), line => line.Contains("Max Memory Used: 128 MB", StringComparison.Ordinal));
    }

    [NeedsToolFact("python3")]
    public async Task One_that_ends_by_itself_fails_its_invocation()
    {
        var function = Create("handle = lambda event: os._exit(3)");

        Assert.Contains("Runtime exited with error: exit status 3", (await InvokeAsync(function)).Payload, StringComparison.Ordinal);
    }

    [NeedsToolFact("python3")]
    public async Task One_that_does_not_come_up_fails_the_invocation_that_it_was_started_for()
    {
        var function = Create("sys.exit(7)");

        var result = await InvokeAsync(function);

        Assert.Equal("Runtime.ExitError", result.ErrorType);
        Assert.Contains("exit status 7", result.Payload, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("main", 0b111_101_101, "provided.al2023", "Couldn't find valid bootstrap(s)")]
    [InlineData("bootstrap", 0b110_100_100, "provided.al2023", "fork/exec /var/task/bootstrap")]
    [InlineData("bootstrap", 0b111_101_101, "dotnet8", "has the runtime dotnet8")]
    public async Task A_package_without_a_program_to_start_says_so(string file, int mode, string runtime, string message)
    {
        var function = Server.Cloud.Lambda.Create(
            "f", new() { Role = Role(), Runtime = runtime, Handler = "x" }, new(Zip((file, "#!/bin/sh\n", mode))));

        var result = await InvokeAsync(function);

        Assert.Equal("Runtime.InvalidEntrypoint", result.ErrorType);
        Assert.Contains(message, System.Text.RegularExpressions.Regex.Unescape(result.Payload), StringComparison.Ordinal);
    }

    [NeedsToolFact("python3")]
    public async Task A_role_that_Lambda_may_not_assume_any_more_stops_the_function()
    {
        var function = Create("handle = lambda event: 1");
        Server.Cloud.Iam.Roles.UpdateTrust("function", Iam.Trust.Account);

        Assert.Equal("AccessDeniedException", (await InvokeAsync(function)).ErrorType);
    }

    [NeedsToolFact("python3")]
    public async Task Invocations_at_the_same_time_have_a_process_each()
    {
        var function = Create("handle = lambda event: time.sleep(2) or os.getpid()");

        var results = await Task.WhenAll(InvokeAsync(function), InvokeAsync(function));

        Assert.NotEqual(results[0].Payload, results[1].Payload);
    }
}
