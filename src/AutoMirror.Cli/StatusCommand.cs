using System.CommandLine;
using AutoMirror.Cli.Accounts;
using AutoMirror.Cli.Health;

namespace AutoMirror.Cli;

/// <summary><c>automirror status</c>: what is mirrored, and with <c>--health</c> whether copies are seen to leave.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var health = new Option<bool>("--health")
        {
            Description = "Ask CloudWatch whether copies left each mirrored instance in the last hour: proven, silent, losing or idle. "
                + $"{TrafficSums.Metrics.Count} metrics an instance, which CloudWatch bills (about 0.01 USD for 1,000). It takes the "
                + "permission cloudwatch:GetMetricData.",
        };
        var from = AccountOptions.From();
        var json = new Option<bool>("--json") { Description = "Print one JSON object." };
        var command = new Command("status", "Shows which instances are mirrored, whoever made the sessions, and how well.")
        {
            health, from, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(health), parsed.GetValue(from), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool wantsHealth, string? folder, bool wantsJson, CancellationToken cancellationToken)
    {
        using var account = AccountOptions.Open(folder);
        var status = new MirrorStatus(await MirroredInterface.ReadAsync(account, cancellationToken), Health: null);
        if (wantsHealth)
            status = status with { Health = await HealthReading.OfAsync(status, folder, cancellationToken) };
        if (wantsJson)
        {
            using var output = Console.OpenStandardOutput();
            StatusJson.Write(status, output);
        }
        else
        {
            StatusText.Write(status, Console.Out);
        }

        return CommandLine.Success;
    }
}
