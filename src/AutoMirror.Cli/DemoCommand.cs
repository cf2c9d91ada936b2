using System.CommandLine;
using System.Text.Json;
using Amazon.EC2.Model;
using AutoMirror.Cli.Demo;
using AutoMirror.Emulator;

namespace AutoMirror.Cli;

/// <summary><c>automirror demo</c>: a day of an account on the emulated AWS, with the
/// real function as its own process. Checks itself.</summary>
internal static class DemoCommand
{
    private static readonly TimeSpan LifeSpeed = TimeSpan.FromMilliseconds(400);

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print the report of the last full sync only, as the function answers it." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Print nothing: the exit code is the answer." };
        var command = new Verb(
            "demo",
            "Plays a day of launches, duplicate events, packets, a stop, a termination and a mishap on an emulated AWS, and shows who is "
                + "mirrored and why.") { json, quiet };
        command.Examples.AddRange(
        [
            ("automirror demo", "a day in half a minute"),
            ("automirror demo --json | jq .counts", "the last report alone"),
        ]);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(json) || parsed.GetValue(quiet), parsed.GetValue(quiet), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool json, bool isQuiet, CancellationToken cancellationToken)
    {
        var screen = new Screen(json ? TextWriter.Null : Console.Out, Console.IsOutputRedirected);
        using var sensor = new SensorSide();
        await using var server = await EmulatorServer.StartAsync(
            new EmulatorOptions
            {
                MirrorTo = [new(null, sensor.EndPoint)],
                PendingFor = LifeSpeed,
                StoppingFor = LifeSpeed,
                ShuttingDownFor = LifeSpeed,
                AttachingFor = LifeSpeed / 2,
            }, cancellationToken);
        await using var function = BootstrapProcess.Start(server);
        using var account = new Account(server);
        screen.Say(
            $"An emulated AWS listens on {server.Url.GetLeftPart(UriPartial.Authority)}; the function runs as its own process"
                + $"{(function.IsNative ? ", compiled ahead of time" : "")}, as in AWS Lambda.");

        var talk = new Talk(server, account, sensor, screen);
        using var report = await new Day(server, account, function, talk, screen).PlayAsync(cancellationToken);
        IReadOnlyList<string> wrong = [.. await WrongAsync(account, report, cancellationToken), .. talk.Wrong];
        if (json && !isQuiet)
            Console.WriteLine(report.RootElement.GetRawText());

        screen.Part("Every interface, and why");
        screen.Table(
            ["interface", "instance", "verdict", "session", ""],
            [.. Rows(report, await account.SessionsAsync(cancellationToken), account)]);
        screen.Result(wrong.Count == 0, wrong.Count == 0
            ? $"EC2 holds what the tags ask for, after {server.Cloud.Function.Results.Count} invocations; the sensor got "
                + $"{server.Cloud.Packets.Ledger.Delivered()} packets, each once, as the emulator's ledger says."
            : $"It is not as the tags ask for: {string.Join("; ", wrong)}");
        screen.Say($"""

            Try next:
              {OwnCommand.Name} emulator
                  the emulated AWS by itself, for the aws CLI, an SDK or Terraform
              {OwnCommand.Name} plan
                  what it would do in the AWS of your environment; changes nothing
              {OwnCommand.Name} setup --help
                  filter, target and parameters for a real account
            """);
        if (json && wrong.Count > 0)
            throw new CommandException($"it is not as the tags ask for: {string.Join("; ", wrong)}");
        return wrong.Count == 0 ? CommandLine.Success : CommandLine.Failure;
    }

    /// <summary>What EC2 itself shows, held against what the tags ask for: computed here, not taken from the function's report.</summary>
    private static async Task<IReadOnlyList<string>> WrongAsync(Account account, JsonDocument report, CancellationToken cancellationToken)
    {
        var sessions = await account.SessionsAsync(cancellationToken);
        var wanted = (await account.InstancesAsync(cancellationToken))
            .Where(instance => instance.State.Name.Value == "running" && account.Names[instance.InstanceId] is "web" or "database")
            .SelectMany(instance => instance.NetworkInterfaces ?? []).Select(each => each.NetworkInterfaceId).ToHashSet();
        return
        [
            .. wanted.Where(id => sessions.Count(session => session.NetworkInterfaceId == id) != 1)
                .Select(id => $"{id} should have one session"),
            .. sessions.Where(session => !wanted.Contains(session.NetworkInterfaceId))
                .Select(session => $"{session.NetworkInterfaceId} should have no session"),
            .. wanted.Count == 0 ? (string[])["nothing is left to be mirrored"] : [],
            .. report.RootElement.GetProperty("converged").GetBoolean() ? (string[])[] : ["the last report is not converged"],
            .. report.RootElement.GetProperty("changes").GetProperty("created").GetArrayLength() == 0
                ? (string[])[]
                : ["the second full sync still found something to do"],
        ];
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(
        JsonDocument report, IReadOnlyList<TrafficMirrorSession> sessions, Account account)
    {
        foreach (var verdict in report.RootElement.GetProperty("verdicts").EnumerateArray())
        {
            var networkInterface = Text(verdict, "networkInterfaceId");
            yield return
            [
                networkInterface,
                account.Names.GetValueOrDefault(Text(verdict, "instanceId"), Text(verdict, "instanceId")),
                Text(verdict, "verdict"),
                sessions.FirstOrDefault(session => session.NetworkInterfaceId == networkInterface)?.TrafficMirrorSessionId ?? "",
                Text(verdict, "because"),
            ];
        }
    }

    private static string Text(JsonElement element, string field) =>
        element.TryGetProperty(field, out var text) ? text.GetString() ?? "" : "";
}
