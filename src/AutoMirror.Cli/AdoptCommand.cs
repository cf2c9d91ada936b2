using System.CommandLine;
using AutoMirror.Aws.Hosting;
using AutoMirror.Cli.Adopting;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Core.Ports;

namespace AutoMirror.Cli;

/// <summary><c>automirror adopt</c>: takes over what a script or a person mirrored, without a packet missed.</summary>
internal static class AdoptCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    public static Command Create()
    {
        var targets = Many("--target", "tmt-…", "Sessions to this target. Can be repeated.");
        var filters = Many("--filter", "tmf-…", "Sessions with this filter. Can be repeated.");
        var description = new Option<string?>("--description")
        {
            Description = "Sessions with this description; * is any text.",
            HelpName = "TEXT",
        };
        var tags = Many("--tag", "KEY=VALUE", "Sessions with this tag; the value * is any. Can be repeated.");
        tags.Validators.Add(result =>
        {
            if ((result.GetValueOrDefault<string[]>() ?? []).Any(tag => tag.IndexOf('=', StringComparison.Ordinal) < 1))
                result.AddError("--tag takes KEY=VALUE, such as CreatedBy=mirror-script.");
        });
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it. Without this, it is only shown." };
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var verb = new Verb(
            "adopt",
            "Takes over sessions that a script or a person made, in place: only their tags and their description change. Shows it first; "
                + "--yes does it.") { targets, filters, description, tags, yes };
        output.AddTo(verb);
        aws.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror adopt --target tmt-0123456789abcdef0", "what would be taken over of the sessions to a target"),
            ("automirror adopt --description \"Mirror for *\" --yes", "take over what a script made, by its descriptions"),
            ("automirror adopt --tag CreatedBy=mirror-script --yes", "the same by a tag"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var selection = new Selection(
                parsed.GetValue(targets) ?? [], parsed.GetValue(filters) ?? [], parsed.GetValue(description),
                [.. (parsed.GetValue(tags) ?? []).Select(tag => tag.Split('=', 2)).Select(pair => KeyValuePair.Create(pair[0], pair[1]))]);
            if (selection.IsEverything)
            {
                throw new UsageException("adopt takes at least one of --target, --filter, --description and --tag: it never takes over "
                    + "all.");
            }

            using var account = await LiveAccount.OpenAsync(aws.Read(parsed), cancellationToken);
            var adoption = await Adoption.PlanAsync(account, selection, cancellationToken);
            var failed = parsed.GetValue(yes) ? await CarryOutAsync(adoption, account, output.IsQuiet(parsed), cancellationToken) : [];
            var document = new AdoptDocument(
                parsed.GetValue(yes), adoption.Without(failed), adoption.Skipped, failed,
                new AfterAdoption(adoption.Next.Create.Count, adoption.Next.Modify.Count, adoption.Next.Delete.Count));
            output.Print(parsed, document, (page, limit) => Write(page, document, limit));
            return failed.Count == 0
                ? CommandLine.Success
                : throw new CommandException($"{failed.Count} sessions could not be taken over, the first since {failed[0].Why}. Run it "
                    + "again");
        });
        return verb;
    }

    private static async Task<IReadOnlyList<SkippedSession>> CarryOutAsync(
        Adoption adoption, LiveAccount account, bool isQuiet, CancellationToken cancellationToken)
    {
        var time = new SteadyTime(TimeProvider.System);
        using var progress = Progress.OfConsole(isQuiet);
        progress.Total = adoption.Sessions.Count;
        var paced = new PacedCalls(new RateLimiter(time), time, time.GetUtcNow() + Limit);
        try
        {
            return await adoption.CarryOutAsync(account.Port!, paced, progress.Step, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new InterruptedException(
                $"ended after {progress.Done} of {Counted.Of(progress.Total, "session")}. What was taken over stays so; the same command "
                    + "does the rest.");
        }
    }

    private static void Write(Page page, AdoptDocument document, int limit)
    {
        if (document.Adopted.Count > 0)
        {
            page.Heading(document.Done ? "Taken over" : "Would be taken over");
            page.Table(
                ["session", "interface", "instance", "target", "number", "sensor"],
                [
                    .. document.Adopted.Select(each => (string[])[
                        each.TrafficMirrorSessionId, each.NetworkInterfaceId, each.InstanceId ?? "", each.TargetId, $"{each.SessionNumber}",
                        each.Sensor]),
                ],
                limit);
        }

        foreach (var (heading, sessions) in ((string, IReadOnlyList<SkippedSession>)[])
            [("Left as they are", document.Skipped), ("Refused", document.Failed)])
        {
            if (sessions.Count == 0)
                continue;
            page.Heading(heading);
            page.Table(
                ["session", "interface", "because"],
                [.. sessions.Select(each => (string[])[each.TrafficMirrorSessionId, each.NetworkInterfaceId, each.Why])], limit);
        }

        page.Line();
        page.Line($"The next sync then makes {Counted.Of(document.Next.Create, "session")}, changes {document.Next.Modify} and deletes "
            + $"{document.Next.Delete}.");
        page.Line(document.Done ? "automirror plan shows what it changes, each in place." : "Nothing was done: --yes does it.");
    }

    private static Option<string[]> Many(string name, string form, string text) => new(name) { Description = text, HelpName = form };

    /// <param name="Next">What the next sync then does, as far as the policy's limits let it.</param>
    private sealed record AdoptDocument(
        bool Done, IReadOnlyList<AdoptedSession> Adopted, IReadOnlyList<SkippedSession> Skipped, IReadOnlyList<SkippedSession> Failed,
        AfterAdoption Next);

    private sealed record AfterAdoption(int Create, int Modify, int Delete);
}
