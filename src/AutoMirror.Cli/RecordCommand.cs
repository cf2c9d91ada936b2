using System.CommandLine;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Recording;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli;

/// <summary><c>automirror record DIR</c>: the account as it is, in files.</summary>
internal static class RecordCommand
{
    // Without these there is nothing to plan.
    private static readonly string[] Needed =
        ["describe-instances.json", "describe-traffic-mirror-sessions.json", "describe-traffic-mirror-targets.json",
            RecordedAccount.ParametersFile];

    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "The folder to write to; it is made where it does not exist." };
        var pseudonymise = new Option<bool>("--pseudonymise")
        {
            Description = "Replace ids, accounts, addresses, names and tag values, each by the same pseudonym everywhere.",
        };
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var verb = new Verb(
            "record", "Writes the account as it is: what the aws CLI's describes answer, one file a call. The verbs that read take it "
                + "with --from.")
        {
            folder, pseudonymise,
        };
        output.AddTo(verb);
        aws.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror record recorded/ --profile prod", "the account as it is"),
            ("automirror record recorded/ --pseudonymise", "one that can be shown to others"),
            ("automirror plan --from recorded/", "what a sync would do there, with no permission at all"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            using var account = await LiveAccount.OpenAsync(aws.Read(parsed), cancellationToken);
            var recorded = await RecordAsync(
                new Recorder(account, parsed.GetValue(folder)!, parsed.GetValue(pseudonymise)), parsed.GetValue(folder)!,
                    cancellationToken);
            output.Print(parsed, recorded, (page, _) =>
            {
                page.Line($"{recorded.Files.Count} files of {recorded.Region} are in {recorded.Folder}:");
                foreach (var file in recorded.Files)
                    page.Note(file);
                foreach (var (file, why) in recorded.Missing)
                    page.Mark(false, $"{file} is missing, and what needs it is unknown: {why}");
            });
            return recorded.Missing.FirstOrDefault(each => Needed.Contains(each.File)) is { } missing
                ? throw new CommandException($"{missing.File} could not be recorded, and without it nothing can be planned: {missing.Why}")
                : CommandLine.Success;
        });
        return verb;
    }

    private static async Task<RecordDocument> RecordAsync(Recorder recorder, string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await recorder.RecordAsync(cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"nothing can be written to {folder}: {problem.Message}");
        }
    }
}
