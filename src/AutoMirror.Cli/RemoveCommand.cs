using System.CommandLine;
using System.Text.Json;
using AutoMirror.Aws;
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
        var yes = new Option<bool>("--yes") { Description = "Do it. Without this, it is only shown." };
        var json = new Option<bool>("--json") { Description = "Print the ids that were deleted, and those that are left, as JSON." };
        var now = new Option<bool>("--no-wait")
        {
            Description =
                "Do not look again after a minute. A function that is warm may make sessions until its copy of the configuration runs out.",
        };
        var aws = new AwsOptions();
        var command = new Verb(
            "remove",
            "Deletes the mirror sessions of a deployment, after switching it off by its parameter mode, so that nothing makes them "
                + "again. Without --yes it only shows them.") { all, yes, now, json };
        aws.AddTo(command);
        command.Examples.AddRange(
        [
            ("automirror remove --all-owned", "what would be deleted"),
            ("automirror remove --all-owned --yes --profile prod", "switch off and delete"),
            ("automirror remove --all-owned --deployment blue --prefix /blue --yes", "another deployment"),
        ]);
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(all) ? aws.Read(parsed) : throw new UsageException("remove takes --all-owned: it knows no other choice."),
            parsed.GetValue(yes), waits: !parsed.GetValue(now), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(Variables variables, bool yes, bool waits, bool json, CancellationToken cancellationToken)
    {
        DeploymentNames.Check(variables);
        using var connection = await Connection.OpenAsync(variables, cancellationToken);
        using var removal = new Removal(connection.Settings.ForDeployment, connection.Ec2, connection.Ssm, TimeProvider.System);
        var sessions = await FindAsync(removal, cancellationToken);
        Tell(
            $"The deployment '{removal.Deployment}' in {removal.Region}, with its configuration under {removal.Prefix}, owns "
                + $"{Sessions(sessions.Count)}.");
        if (await removal.WhyNotAsync(sessions.Count, cancellationToken) is { } whyNot)
            throw new CommandException($"nothing was done: {whyNot}.");
        if (!yes)
        {
            foreach (var session in sessions)
                Tell($"  {session.Id}  {session.NetworkInterfaceId} → {session.TargetId}");
            Tell($"Nothing was done. With --yes, {removal.ModeParameter} is set to \"off\" first, and these are deleted.");
            return Print(json, [], sessions);
        }

        if (await removal.SwitchOffAsync(cancellationToken) is { } why)
            throw new CommandException($"{removal.ModeParameter} could not be set to \"off\", and nothing was deleted: {why}");
        var switchedOffAt = DateTimeOffset.UtcNow;
        Tell($"{removal.ModeParameter} is \"off\": AutoMirror does nothing until that is changed.");

        // What was made between the first look and the switch-off goes too.
        var deleted = new List<TrafficMirrorSession>();
        var left = await DeleteAsync(removal, await FindAsync(removal, cancellationToken), deleted, cancellationToken);
        while (waits && left.Count == 0)
        {
            Tell(
                $"Waiting until {switchedOffAt + Removal.Quiet:HH:mm:ss} UTC, when no function has an old copy of the configuration any "
                    + "more …");
            await removal.WaitForQuietAsync(switchedOffAt, cancellationToken);
            if (await FindAsync(removal, cancellationToken) is not { Count: > 0 } late)
                break;
            Tell($"Made meanwhile by a function that was warm: {Sessions(late.Count)}.");
            left = await DeleteAsync(removal, late, deleted, cancellationToken);
        }

        Print(json, deleted, [.. left.Select(each => each.Session)]);
        if (left.Count > 0)
            throw new CommandException($"{Sessions(left.Count)} left, the first since {left[0].Why}. Run the command again.");
        Tell(
            $"{Sessions(deleted.Count)} deleted{(
                waits ? ", and nothing is left" : ". What a warm function makes in the next minute is left")}.");
        return CommandLine.Success;
    }

    private static async Task<IReadOnlyList<TrafficMirrorSession>> FindAsync(Removal removal, CancellationToken cancellationToken) =>
        (await removal.FindAsync(cancellationToken)).TryGet(out var sessions, out var refusal)
            ? sessions
            : throw new CommandException($"the sessions could not be read, and nothing was done: {refusal}");

    private static async Task<IReadOnlyList<(TrafficMirrorSession Session, string Why)>> DeleteAsync(
        Removal removal, IReadOnlyList<TrafficMirrorSession> sessions, List<TrafficMirrorSession> deleted,
        CancellationToken cancellationToken)
    {
        var total = deleted.Count + sessions.Count;
        return await removal.DeleteAsync(
            sessions,
            session =>
            {
                deleted.Add(session);
                Tell($"  {deleted.Count} of {total}: {session.Id} on {session.NetworkInterfaceId} is deleted");
            },
            cancellationToken);
    }

    private static string Sessions(int count) => Counted.Of(count, "session");

    // Progress is for a person: stdout holds the answer for machines alone.
    private static void Tell(string line) => Console.Error.WriteLine(line);

    private static int Print(bool json, IReadOnlyList<TrafficMirrorSession> deleted, IReadOnlyList<TrafficMirrorSession> left)
    {
        if (json)
        {
            using var output = Console.OpenStandardOutput();
            using var writer = new Utf8JsonWriter(output);
            writer.WriteStartObject();
            foreach (var (name, sessions) in new[] { ("deleted", deleted), ("left", left) })
            {
                writer.WriteStartArray(name);
                foreach (var session in sessions)
                    writer.WriteStringValue(session.Id.Value);
                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        }

        return CommandLine.Success;
    }
}
