using System.CommandLine;
using System.Text.Json;
using AutoMirror.Aws;
using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

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
        var command = new Command(
            "remove",
            "Deletes the mirror sessions of a deployment (AUTOMIRROR_DEPLOYMENT), after setting its policy's mode to off, so that "
                + "nothing makes them again.") { all, yes, json };
        command.SetAction(
            (parsed, cancellationToken) => RunAsync(parsed.GetValue(all), parsed.GetValue(yes), parsed.GetValue(json), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool all, bool yes, bool json, CancellationToken cancellationToken)
    {
        if (!all)
            throw new UsageException("remove takes --all-owned: it knows no other choice.");
        var errors = new List<string>();
        using var removal = Removal.FromEnvironment(errors);
        if (errors.Count > 0)
            throw new CommandException(string.Join("; ", errors));

        if (await removal.FindAsync(cancellationToken) is not Answer<IReadOnlyList<TrafficMirrorSession>>.Given { Value: var sessions })
            throw new CommandException("the sessions could not be read, and nothing was done.");
        Tell($"The deployment '{removal.Deployment}' owns {(sessions.Count == 1 ? "1 session" : $"{sessions.Count} sessions")}.");
        if (!yes)
        {
            foreach (var session in sessions)
                Tell($"  {session.Id}  {session.NetworkInterfaceId} → {session.TargetId}");
            Tell($"Nothing was done. With --yes, {removal.PolicyParameter} is set to mode \"off\" first, and these are deleted.");
            return Print(json, [], sessions);
        }

        if (await removal.SwitchOffAsync(cancellationToken) is { } why)
            throw new CommandException($"{removal.PolicyParameter} could not be set to mode \"off\", and nothing was deleted: {why}");
        Tell($"{removal.PolicyParameter} is set to mode \"off\": AutoMirror does nothing until that is changed.");

        var deleted = new List<TrafficMirrorSession>();
        var left = await removal.DeleteAsync(
            sessions,
            session =>
            {
                deleted.Add(session);
                Tell($"  {deleted.Count} of {sessions.Count}: {session.Id} on {session.NetworkInterfaceId} is deleted");
            },
            cancellationToken);
        Print(json, deleted, [.. left.Select(each => each.Session)]);
        return left.Count == 0
            ? CommandLine.Success
            : throw new CommandException($"{left.Count} sessions are left, the first since {left[0].Why}. Run the command again.");
    }

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
