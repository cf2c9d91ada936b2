using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary><c>automirror emulator --with-function</c>: the function deployed beside the emulator.</summary>
public sealed class EmulatedDeploymentTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, IndentSize = 2, NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string File = Repository.PathOf("src", "AutoMirror.Cli", "Emulated", "deployment.json");

    /// <summary>With AUTOMIRROR_WRITE_GOLDEN=1 it writes the file instead, when the module has changed.</summary>
    [NeedsTerraformFact]
    public async Task It_deploys_what_the_module_deploys_with_its_defaults()
    {
        var state = (await TerraformModule.TestRunAsync()).States["minimal"];
        var function = state.Single(resource => resource.Type == "aws_lambda_function");
        var expected = new JsonObject
        {
            ["name"] = function["function_name"], ["role"] = state.Single(resource => resource.Type == "aws_iam_role")["name"],
            ["memorySize"] = function.Values["memory_size"]!.DeepClone(), ["timeout"] = function.Values["timeout"]!.DeepClone(),
            ["environment"] = new JsonObject(function.Values["environment"]![0]!["variables"]!.AsObject()
                .Where(pair => pair.Key.StartsWith("AUTOMIRROR_", StringComparison.Ordinal)).OrderBy(pair => pair.Key)
                .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone()))),
            ["statements"] = JsonNode.Parse(state.Single(resource =>
                resource.Type == "aws_iam_role_policy")["policy"])!["Statement"]!.DeepClone(),
            ["rules"] = new JsonArray([.. state.Where(resource => resource.Type == "aws_cloudwatch_event_rule")
                .OrderBy(resource => resource["name"], StringComparer.Ordinal).Select(Rule)]),
        };
        var text = Anonymous(expected.ToJsonString(Indented)) + "\n";
        if (Environment.GetEnvironmentVariable("AUTOMIRROR_WRITE_GOLDEN") == "1")
            await System.IO.File.WriteAllTextAsync(File, text);

        Assert.Equal(text, (await System.IO.File.ReadAllTextAsync(File)).ReplaceLineEndings("\n"));
    }

    [NeedsToolFact("aws", "bash")]
    public async Task A_tagged_instance_has_its_session_at_once()
    {
        using var emulator = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(Programs.CliFolder, "automirror.dll"), "emulator", "--port", "0", "--with-function"])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            using var limit = new CancellationTokenSource(Patience);
            List<string> printed = [];
            while (!printed.Exists(line => line.Contains("aws logs filter-log-events", StringComparison.Ordinal)))
            {
                printed.Add(await emulator.StandardOutput.ReadLineAsync(limit.Token)
                    ?? throw new InvalidOperationException(string.Join('\n', printed)));
            }

            var environment = printed.Single(line => line.TrimStart().StartsWith("export ", StringComparison.Ordinal))
                .Trim()["export ".Length..]
                .Split(' ').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => (string?)pair[1]);
            environment["AWS_DEFAULT_REGION"] = environment["AWS_REGION"];
            var (launch, describe) = (Command(printed, "run-instances"), Command(printed, "describe-traffic-mirror-sessions"));

            var launched = await Tool.RunAsync("bash", ["-c", launch], environment);
            Assert.True(launched.ExitCode == 0, launched.Error);
            var watch = Stopwatch.StartNew();
            string sessions;
            do
            {
                sessions = (await Tool.RunAsync("bash", ["-c", describe], environment)).Output;
            }
            while (!sessions.Contains("\"tms-", StringComparison.Ordinal) && watch.Elapsed < Patience);

            Assert.Contains("\"automirror:managed-by\"", sessions, StringComparison.Ordinal);
            // Measured: 0.1 s between the two calls; the aws CLI itself takes most of a second to ask.
            using var http = new HttpClient();
            var requests = JsonNode.Parse(await http.GetStringAsync($"{environment["AWS_ENDPOINT_URL"]}/_automirror/requests"))!.AsArray();
            Assert.InRange(TimeOf(requests, "CreateTrafficMirrorSession") - TimeOf(requests, "RunInstances"), TimeSpan.Zero,
                TimeSpan.FromSeconds(5));

            await Tool.RunAsync("kill", [$"{emulator.Id}"]);
            await emulator.WaitForExitAsync(limit.Token);
            Assert.Equal(0, emulator.ExitCode);
        }
        finally
        {
            emulator.Kill(entireProcessTree: true);
            await emulator.WaitForExitAsync();
        }
    }

    private static DateTimeOffset TimeOf(JsonArray requests, string action) => DateTimeOffset.Parse(
        requests.First(request => request!["action"]!.GetValue<string>() == action)!["time"]!.GetValue<string>(),
        System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>A command of the example, with the lines that it goes on in.</summary>
    private static string Command(List<string> printed, string verb)
    {
        var at = printed.FindLastIndex(line => line.Contains($"aws ec2 {verb}", StringComparison.Ordinal));
        var command = printed[at].Trim();
        while (command.EndsWith('\\'))
            command = command[..^1] + printed[++at].Trim();
        return command;
    }

    private static JsonNode Rule(TerraformResource rule)
    {
        var node = new JsonObject { ["name"] = rule["name"], ["enabled"] = rule["state"] != "DISABLED" };
        if (rule["schedule_expression"] is { Length: > 0 } schedule)
            node["schedule"] = schedule;
        else
            node["pattern"] = JsonNode.Parse(rule["event_pattern"]);
        return node;
    }

    /// <summary>The module's tests imagine one queue for all; the deployment's own is that of its failures.</summary>
    private static string Anonymous(string text) => text
        .Replace("automirror-events", "automirror-failures", StringComparison.Ordinal)
        .Replace("123456789012", "${account}", StringComparison.Ordinal).Replace("us-east-1", "${region}", StringComparison.Ordinal)
        .Replace("tmt-0123456789abcdef1", "${target}", StringComparison.Ordinal)
        .Replace("tmf-0123456789abcdef0", "${filter}", StringComparison.Ordinal);
}
