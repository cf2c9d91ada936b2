using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Health;
using AutoMirror.Cli.Pages;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Events;

namespace AutoMirror.Cli;

/// <summary><c>automirror status</c>: what is mirrored, what is not, and what it costs.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var under = new Option<double?>("--fail-under")
        {
            Description = "Exit with 3 where less than this share of what should be mirrored is, in percent.",
            HelpName = "PERCENT",
        };
        under.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<double?>() is null or < 0 or > 100)
                result.AddError("--fail-under takes a number from 0 to 100.");
        });
        var health = new Option<bool>("--health")
        {
            Description = "Also ask CloudWatch whether copies left each mirrored instance in the last hour: proven, silent, losing or "
                + "idle. "
                + $"{TrafficSums.Metrics.Count} metrics an instance, which CloudWatch bills (about 0.01 USD for 1,000). It takes the "
                + "permission cloudwatch:GetMetricData.",
        };
        var (source, output, files) = (new SourceOptions(), new OutputOptions(), new PageOptions());
        var verb = new Verb(
            "status",
            "Shows what is mirrored and what is not, problems first with the command that mends each, the load of the targets, and the "
                + "cost.") { under, health };
        files.AddTo(verb);
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror status --profile prod", "all of it"),
            ("automirror status --fail-under 95 --quiet", "3 when less than 95 % is mirrored, for a pipeline"),
            ("automirror status --health", "and whether copies were seen to leave"),
            ("automirror status --json | jq '.groups.vpc'", "coverage by VPC"),
            ("automirror status --html coverage.html", "one page to open, search, print and send"),
            ("automirror status --evidence 2026-12 --since 2026-11/coverage.json", "an auditor's folder, and what changed since the last"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var account = await source.OpenAsync(parsed, cancellationToken);
            var copies = parsed.GetValue(health) ? await MirrorStatus.WithHealthAsync(account, cancellationToken) : null;
            var isEnough = copies is not null && !files.AreGiven(parsed);
            var look = await LookAsync(account, isEnough, cancellationToken);
            var status = look is null ? null : StatusDocument.Of(look);
            var written = look is null || status is null || !files.AreGiven(parsed)
                ? null
                : await files.WriteAsync(parsed, look, status, cancellationToken);
            if (!output.IsQuiet(parsed) && output.IsJson(parsed))
                Json.Write(Merged(status, copies, written));
            else
                output.Print(parsed, status, (page, limit) => Write(page, status, copies, written, limit));
            if (status is null || parsed.GetValue(under) is not { } least || status.Percent >= least)
                return CommandLine.Success;
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"automirror: {status.Percent:0.#} % of what should be mirrored is, which is less than "
                    + $"{least} %"));
            return CommandLine.IsSo;
        });
        return verb;
    }

    /// <summary>What the function sees; null where there is no configuration to see by, and the copies are answer enough.</summary>
    private static async Task<Look?> LookAsync(IAccountSource account, bool isEnough, CancellationToken cancellationToken)
    {
        try
        {
            return await Look.AtAsync(account, new Scope.Everything(), new Dictionary<string, string>(), cancellationToken);
        }
        catch (CommandException problem) when (isEnough)
        {
            await Console.Error.WriteLineAsync($"automirror: there is no coverage to show: {problem.Message}");
            return null;
        }
    }

    private static JsonObject Merged(StatusDocument? status, MirrorStatus? copies, WrittenPages? written)
    {
        var document = status is null ? [] : Json.ToNode(status);
        if (copies is not null)
            HealthJson.AddTo(document, copies);
        if (written?.Difference is { } difference)
            document["difference"] = Json.ToNode(difference);
        return document;
    }

    private static void Write(Page page, StatusDocument? status, MirrorStatus? copies, WrittenPages? written, int limit)
    {
        // Who asked for files reads those.
        if (status is not null && written is { Files.Count: > 0 })
            StatusText.WriteHeadline(page, status);
        else if (status is not null)
            StatusText.Write(page, status, limit);
        if (written?.Difference is { } difference)
            DifferenceText.Write(page, difference, limit);
        if (copies is not null)
        {
            page.Heading("Copies");
            HealthText.Write(copies, page);
        }

        if (written is not { Files.Count: > 0 })
            return;
        page.Heading("Written");
        foreach (var file in written.Files)
            page.Note(file);
    }
}
