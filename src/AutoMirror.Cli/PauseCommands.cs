using System.CommandLine;
using AutoMirror.Aws;
using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Printing;
using AutoMirror.Core.Policies;

namespace AutoMirror.Cli;

/// <summary><c>automirror pause</c> and <c>automirror resume</c>: the emergency switch of a deployment.</summary>
internal static class PauseCommands
{
    private const string Which = "The deployment is the one that --deployment and --prefix name together, else the environment.";

    public static Command Pause()
    {
        var mode = new Option<string>("--mode")
        {
            Description = "How far: observe plans and reports, but changes nothing; create-only deletes nothing; off does nothing at all.",
            DefaultValueFactory = _ => "observe",
        };
        mode.AcceptOnlyFromAmong("observe", "create-only", "off");
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var command = new Verb(
            "pause",
            "Keeps AutoMirror from changing sessions, by the parameter mode, which no template and no deployment undoes. The sessions that "
                + $"there are go on mirroring. {Which}") { mode };
        output.AddTo(command, hasTables: false);
        aws.AddTo(command);
        command.Examples.AddRange(
        [
            ("automirror pause", "plan and report only, from now on"),
            ("automirror pause --mode off --deployment blue --prefix /blue", "another deployment does nothing at all"),
        ]);
        command.SetAction((parsed, cancellationToken) =>
            PauseAsync(parsed, output, parsed.GetValue(mode)!, aws.Read(parsed), cancellationToken));
        return command;
    }

    public static Command Resume()
    {
        var (aws, output) = (new AwsOptions(), new OutputOptions());
        var command = new Verb(
            "resume",
            $"Ends a pause: takes the parameter mode away, so that the policy's own mode holds. {Which}");
        output.AddTo(command, hasTables: false);
        aws.AddTo(command);
        command.Examples.Add(("automirror resume --profile prod", "what the policy says holds again"));
        command.SetAction((parsed, cancellationToken) => ResumeAsync(parsed, output, aws.Read(parsed), cancellationToken));
        return command;
    }

    private static async Task<int> PauseAsync(
        ParseResult parsed, OutputOptions output, string mode, Variables variables, CancellationToken cancellationToken)
    {
        using var connection = await OpenAsync(variables, cancellationToken);
        var modeSwitch = await SwitchOfAsync(connection, cancellationToken);
        if (await modeSwitch.SetAsync(PolicyWords.Modes.Find(mode)!.Value, cancellationToken) is { } why)
            throw new CommandException($"{modeSwitch.Parameter} could not be set to \"{mode}\": {why}");
        return await TellAsync(
            parsed, output, modeSwitch, "A function that is warm may act on the old mode for a minute. automirror resume ends the pause.",
            cancellationToken);
    }

    private static async Task<int> ResumeAsync(
        ParseResult parsed, OutputOptions output, Variables variables, CancellationToken cancellationToken)
    {
        using var connection = await OpenAsync(variables, cancellationToken);
        var modeSwitch = await SwitchOfAsync(connection, cancellationToken);
        if (await modeSwitch.ClearAsync(cancellationToken) is { } why)
            throw new CommandException($"{modeSwitch.Parameter} could not be deleted: {why}");
        return await TellAsync(
            parsed, output, modeSwitch, $"{modeSwitch.Parameter} is gone: the policy's own mode holds.", cancellationToken);
    }

    private static Task<Connection> OpenAsync(Variables variables, CancellationToken cancellationToken)
    {
        DeploymentNames.Check(variables);
        return Connection.OpenAsync(variables, cancellationToken);
    }

    private static async Task<ModeSwitch> SwitchOfAsync(Connection connection, CancellationToken cancellationToken)
    {
        var modeSwitch = new ModeSwitch(connection.Settings.ForDeployment, connection.Ssm, TimeProvider.System);
        return await modeSwitch.WhyNotAsync(cancellationToken) is { } whyNot
            ? throw new CommandException($"nothing was done: {whyNot}.")
            : modeSwitch;
    }

    /// <summary>What holds now: the deployment, its Region, its prefix and its mode.</summary>
    private static async Task<int> TellAsync(
        ParseResult parsed, OutputOptions output, ModeSwitch modeSwitch, string note, CancellationToken cancellationToken)
    {
        var holds = (await modeSwitch.ReadAsync(cancellationToken)).TryGet(out var read, out _) && read.Holds is { } mode
            ? PolicyWords.Modes.WordFor(mode)
            : null;
        var document = new ModeDocument(
            modeSwitch.Deployment, modeSwitch.Region, modeSwitch.Prefix, modeSwitch.Parameter, holds);
        output.Print(parsed, document, (page, _) => page.Line(
            $"deployment {document.Deployment}, Region {document.Region}, prefix {document.Prefix}: "
                + $"mode {document.Mode ?? "unknown: the configuration is wrong"}"));
        if (!output.IsQuiet(parsed))
            await Console.Error.WriteLineAsync(note);
        return CommandLine.Success;
    }

    /// <param name="Parameter">The parameter that is the switch.</param>
    /// <param name="Mode">The mode that holds; null where the configuration is wrong.</param>
    private sealed record ModeDocument(string Deployment, string Region, string Prefix, string Parameter, string? Mode);
}
