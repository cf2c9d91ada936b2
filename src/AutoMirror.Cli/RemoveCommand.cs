using System.CommandLine;
using AutoMirror.Aws;
using AutoMirror.Cli.Changing;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli;

/// <summary><c>automirror remove --all-owned</c>: takes every session of a deployment
/// out of the account, once the policy is switched off.</summary>
internal static class RemoveCommand
{
    public static Command Create()
    {
        var all =
            new Option<bool>("--all-owned")
            {
                Description =
                    "Every session that carries the deployment's owner tag. There is no other choice: what is to stay is for the policy.",
                Required = true,
            };
        var yes = new Option<bool>("--yes", "-y") { Description = "Do it without asking." };
        var now = new Option<bool>("--no-wait")
        {
            Description =
                "Do not look again after a minute. A function that is warm may make sessions until its copy of the configuration runs out.",
        };
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var command = new Verb(
            "remove",
            "Deletes the mirror sessions of a deployment, after switching it off by its parameter mode, so that nothing makes them "
                + "again. Shows them first, and asks.") { all, yes, now };
        output.AddTo(command);
        aws.AddTo(command);
        command.Examples.AddRange(
        [
            ("automirror remove --all-owned", "what would be deleted"),
            ("automirror remove --all-owned --yes --profile prod", "switch off and delete"),
            ("automirror remove --all-owned --deployment blue --prefix /blue --yes", "another deployment"),
        ]);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (!parsed.GetValue(all))
                throw new UsageException("remove takes --all-owned: it knows no other choice.");
            var variables = aws.Read(parsed);
            DeploymentNames.Check(variables);
            using var connection = await Connection.OpenAsync(variables, cancellationToken);
            using var removal = new Removal(connection.Settings.ForDeployment, connection.Ec2, connection.Ssm, TimeProvider.System);
            using var progress = Progress.OfConsole(output.IsQuiet(parsed));
            var run = new RemovalRun(removal, progress, TimeProvider.System);
            var owned = await run.FindAsync(cancellationToken);
            if (await removal.WhyNotAsync(owned.Count, cancellationToken) is { } whyNot)
                throw new CommandException($"nothing was done: {whyNot}.");
            var isMeant = parsed.GetValue(yes) || Ask(removal, owned);
            var document = isMeant
                ? await run.CarryOutAsync(waits: !parsed.GetValue(now), cancellationToken)
                : RemoveDocument.OfPlan(removal, owned);
            output.Print(parsed, document, document.Write);
            return document.Failed.Count > 0
                ? throw new CommandException(
                    $"{Counted.Of(document.Failed.Count, "session")} left, the first since {document.Failed[0].Why}. Run the command "
                        + "again.")
                : isMeant ? CommandLine.Success : CommandLine.WrongUsage;
        });
        return command;
    }

    private static bool Ask(Removal removal, IReadOnlyList<TrafficMirrorSession> owned) => Question.IsMeant("remove", error =>
        error.WriteLine(
            $"{removal.ModeParameter} would be set to \"off\" in {removal.Region}, and then {Counted.Of(owned.Count, "session")} of the "
                + $"deployment '{removal.Deployment}' deleted."));
}
