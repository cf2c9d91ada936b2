using System.CommandLine;
using System.CommandLine.Parsing;
using AutoMirror.Cli.Changing;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Events;
using AutoMirror.Core.Model;
using AutoMirror.Core.Policies;

namespace AutoMirror.Cli;

/// <summary><c>automirror capture</c>: mirrors an instance or interface for a time, whatever its tag says.</summary>
internal static class CaptureCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID")
        {
            Description = "An instance, i-…, with all its interfaces, or one interface, eni-….",
            CustomParser = ParseId,
        };
        var time = DurationOption.Create("--for", "How long from now: 30m, 1h, 2d. The policy's capture.hours is the most.");
        var sensor = new Option<string?>("--sensor")
        {
            Description = "The sensor that gets the packets. Else the default sensor there.",
            HelpName = "NAME",
        };
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var verb = new Verb(
            "capture",
            "Mirrors an instance or interface for a time, whatever its tag says; it ends by itself. The policy's capture has to permit it. "
                + "Exclusions (but not those by tag) and the rule for sensors still win. A second capture replaces the time of the first.")
        {
            id, time, sensor,
        };
        output.AddTo(verb);
        aws.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror capture i-0123456789abcdef0 --for 1h", "its packets to the default sensor for an hour"),
            ("automirror capture eni-0123456789abcdef0 --for 2d --sensor forensics", "one interface, to a sensor of one's choice"),
            ("automirror capture i-0123456789abcdef0 --for 1m", "an end soon of what was to last longer"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var connection = await Connection.OpenAsync(aws.Read(parsed), cancellationToken);
            var account = await connection.AccountAsync(cancellationToken);
            using var run = new RunHere(connection, account, output.IsQuiet(parsed));
            Check(await run.ReadPolicyAsync(cancellationToken), parsed.GetValue(time), run.Settings.Prefix);
            var asked = new MirrorEvent.Capture(
                WhereOf(parsed.GetValue(id)!), SessionEnd.WholeSecond(DateTimeOffset.UtcNow) + parsed.GetValue(time),
                parsed.GetValue(sensor) is { } name ? new SensorName(name) : null);
            var (report, failure) = await run.RunAsync(asked, "the same command", cancellationToken);
            if (failure is not null)
                throw new CommandException(failure.Message);
            var document = CaptureDocument.Of(run.Settings, parsed.GetValue(id)!, asked, report);
            output.Print(parsed, document, (page, limit) => document.Write(page, limit));
            return document.WhyNot is { } whyNot ? throw new CommandException(whyNot) : CommandLine.Success;
        });
        return verb;
    }

    private static void Check(Policy policy, TimeSpan time, string prefix)
    {
        if (policy.Capture is not { } rule)
        {
            throw new CommandException(
                $"the policy permits no capture, and nothing was done. To permit it, put \"capture\": {{\"hours\": 24}} into "
                    + $"{prefix}/policy");
        }

        if (time > TimeSpan.FromHours(rule.Hours))
        {
            throw new CommandException(
                $"the policy permits a capture of {Counted.Of(rule.Hours, "hour")} at the most, and nothing was done. Give --for "
                    + $"{rule.Hours}h, or change capture.hours in {prefix}/policy");
        }
    }

    private static Scope.Part WhereOf(string id) => Id<Instance>.TryParse(id) is { } instance
        ? new Scope.Part { Instances = [instance] }
        : new Scope.Part { NetworkInterfaces = [Id<NetworkInterface>.Parse(id)] };

    private static string? ParseId(ArgumentResult result)
    {
        var id = result.Tokens[0].Value;
        if (Id<Instance>.TryParse(id) is null && Id<NetworkInterface>.TryParse(id) is null)
            result.AddError($"capture takes the id of an instance, i-…, or of an interface, eni-…, and not '{id}'.");
        return id;
    }
}
