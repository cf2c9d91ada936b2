using System.CommandLine;
using Amazon.Runtime;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Installing;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli;

/// <summary><c>automirror setup</c>: filter, targets, tags and parameters, as far as they are missing.</summary>
internal static class SetupCommand
{
    public static Command Create()
    {
        var sensors = new Option<string[]>("--sensor")
        {
            Description = $"A sensor and where it takes copies in: {SensorPlace.Form}. Can be repeated; several of one name are a pool.",
            HelpName = "NAME=PLACE",
        };
        sensors.Validators.Add(result =>
        {
            foreach (var text in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (SensorPlace.TryParse(text) is null)
                    result.AddError($"--sensor takes {SensorPlace.Form}, and not '{text}'.");
            }
        });
        var ipv6 = new Option<bool>("--ipv6") { Description = "Also mirror IPv6: rules for ::/0 in the filter." };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it without asking." };
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var verb = new Verb(
            "setup",
            "Makes what AutoMirror needs and is missing: the shared filter, a target for each sensor, the tag of their hosts, the "
                + "parameters. Shows it first, and asks.")
        {
            sensors, ipv6, yes,
        };
        output.AddTo(verb);
        aws.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror setup --sensor default=eni-0123456789abcdef0", "one sensor, by its capture interface"),
            ("automirror setup --sensor ids=eni-0a… --sensor ids=eni-0b… --ipv6 --yes", "a pool of two, IPv6 too, without asking"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            List<SensorPlace> places = [.. (parsed.GetValue(sensors) ?? []).Select(SensorPlace.TryParse).OfType<SensorPlace>()];
            using var account = await LiveAccount.OpenAsync(aws.Read(parsed), cancellationToken);
            var plan = await Installation.PlanAsync(account, places, parsed.GetValue(ipv6), cancellationToken);
            var isMeant = plan.Steps.Count == 0 || parsed.GetValue(yes) || Ask(plan);
            if (isMeant)
                await CarryOutAsync(plan, cancellationToken);
            var document = new SetupDocument(plan.FilterId, plan.Steps, isMeant, plan.Notes);
            output.Print(parsed, document, (page, _) => Write(page, document));
            return isMeant ? CommandLine.Success : CommandLine.WrongUsage;
        });
        return verb;
    }

    private static bool Ask(Installation plan) => Question.IsMeant("setup", error =>
    {
        foreach (var step in plan.Steps)
            error.WriteLine($"  {step.Action}: {step.What}");
    });

    private static async Task CarryOutAsync(Installation plan, CancellationToken cancellationToken)
    {
        foreach (var (index, step) in plan.Steps.Index())
        {
            try
            {
                cancellationToken.ThrowIfCancellationRequested();
                await step.DoAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw new InterruptedException(
                    $"ended after {index} of {plan.Steps.Count} steps. What was done stays; the same command does the rest.");
            }
            catch (Exception problem) when (problem is AmazonServiceException or AmazonClientException or HttpRequestException)
            {
                throw new CommandException(
                    $"{step.Action} ({step.What}) was refused: {Profiles.OneLine(problem)}. {index} of {plan.Steps.Count} steps are "
                        + "done; run "
                        + "setup again when that is mended, and it goes on from there");
            }
        }
    }

    private static void Write(Page page, SetupDocument document)
    {
        foreach (var step in document.Steps)
        {
            if (document.Done)
                page.Mark(true, $"{step.Action}: {step.What}");
            else
                page.Line($"+ {step.Action}: {step.What}");
        }

        foreach (var note in document.Notes)
            page.Note(note, depth: 0);
        page.Line(!document.Done ? "Nothing was done."
            : document.Steps.Count == 0 ? "Nothing was missing."
            : "Done. automirror doctor checks the way to the sensors, automirror plan shows what comes next.");
    }

    /// <param name="Done">Whether the steps were carried out; else they are only shown.</param>
    private sealed record SetupDocument(string? FilterId, IReadOnlyList<Step> Steps, bool Done, IReadOnlyList<string> Notes);
}
