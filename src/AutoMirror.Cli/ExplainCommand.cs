using System.CommandLine;
using AutoMirror.Cli.Accounts;
using AutoMirror.Cli.Explanations;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Cli.Tracing;
using AutoMirror.Core.Events;

namespace AutoMirror.Cli;

/// <summary><c>automirror explain ID</c>: why something is as it is, and what to do about it.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "An instance, interface, session, target, or a sensor's name." };
        var packet = new Option<string?>("--packet")
        {
            Description = $"Which session of the interface gets this packet, and by which rule: {PacketText.Form}.",
            HelpName = "PACKET",
        };
        var (source, output) = (new SourceOptions(), new OutputOptions());
        var verb = new Verb(
            "explain", "Tells why something is mirrored or not, what to do about it, and what of its traffic its sensor does not see.")
        {
            id, packet,
        };
        output.AddTo(verb);
        source.AddTo(verb);
        verb.Examples.AddRange(
        [
            ("automirror explain i-0123456789abcdef0", "why an instance is mirrored or not"),
            ("automirror explain eni-0123456789abcdef0 --packet \"tcp 10.0.0.5:443 > 10.1.0.9:51000 out\"", "which session gets a packet"),
            ("automirror explain default", "a sensor, and who is mirrored to it"),
        ]);
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = parsed.GetValue(id)!;
            var traced = parsed.GetValue(packet) is { } text ? PacketAnswer.Parse(asked, text) : null;
            using var account = await source.OpenAsync(parsed, cancellationToken);
            if (traced is not null)
                await TraceAsync(parsed, output, account, asked, traced, cancellationToken);
            else
                await ExplainAsync(parsed, output, account, asked, cancellationToken);
            return CommandLine.Success;
        });
        return verb;
    }

    private static async Task TraceAsync(
        ParseResult parsed, OutputOptions output, IAccountSource account, string id, PacketText packet, CancellationToken cancellationToken)
    {
        using var reads = new AccountReads(account);
        var trace = await PacketAnswer.TraceAsync(reads, id, packet, cancellationToken);
        if (output.IsQuiet(parsed))
            return;
        if (output.IsJson(parsed))
            PacketAnswer.PrintJson(id, trace);
        else
            PacketAnswer.Print(id, trace);
    }

    private static async Task ExplainAsync(
        ParseResult parsed, OutputOptions output, IAccountSource account, string asked, CancellationToken cancellationToken)
    {
        var look = await Look.AtAsync(account, new Scope.Everything(), new Dictionary<string, string>(), cancellationToken);
        var explanation = await Explainer.ExplainAsync(asked, look, cancellationToken) ?? throw new CommandException(
            $"there is nothing called '{asked}' in {account.Settings.Region}: explain takes the id of an instance, interface, session or "
                + "target, or a sensor's name");
        output.Print(parsed, explanation, (page, limit) => ExplanationText.Write(page, explanation, limit));
    }
}
