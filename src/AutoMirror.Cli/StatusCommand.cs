using System.CommandLine;
using System.Globalization;
using AutoMirror.Cli.Coverage;
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
        var (source, output) = (new SourceOptions(), new OutputOptions());
        var verb = new Verb(
            "status",
            "Shows what is mirrored and what is not, problems first with the command that mends each, the load of the targets, and the "
                + "cost.") { under };
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror status --profile prod", "all of it"),
            ("automirror status --fail-under 95 --quiet", "3 when less than 95 % is mirrored, for a pipeline"),
            ("automirror status --json | jq '.groups.vpc'", "coverage by VPC"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var account = await source.OpenAsync(parsed, cancellationToken);
            var look = await Look.AtAsync(account, new Scope.Everything(), new Dictionary<string, string>(), cancellationToken);
            var status = StatusDocument.Of(look);
            output.Print(parsed, status, (page, limit) => StatusText.Write(page, status, limit));
            if (parsed.GetValue(under) is not { } least || status.Percent >= least)
                return CommandLine.Success;
            await Console.Error.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"automirror: {status.Percent:0.#} % of what should be mirrored is, which is less than {least} %"));
            return CommandLine.IsSo;
        });
        return verb;
    }
}
