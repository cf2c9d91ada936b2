using AutoMirror.Cli.Connecting;
using AutoMirror.Cli.Recording;
using AutoMirror.Cli.Snapshots;
using AutoMirror.Emulator;

namespace AutoMirror.Cli.Emulated;

/// <summary>An emulated account in files, as <c>automirror record</c> writes them, and with the parameters of every path.</summary>
internal static class SavedAccount
{
    // It is on this machine: what takes longer is not coming.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Writes what the emulator holds.</summary>
    /// <exception cref="CommandException">It could not be written; the message says why.</exception>
    public static async Task<RecordDocument> SaveAsync(EmulatorServer server, string folder)
    {
        var options = server.Cloud.Options;
        var typed = new Dictionary<string, string?>
        {
            [Variables.Region] = options.Region, ["AWS_ACCESS_KEY_ID"] = "save", ["AWS_SECRET_ACCESS_KEY"] = "save",
        };
        Variables.TypeEndpoint(typed, server.Url.GetLeftPart(UriPartial.Authority));
        using var ending = new CancellationTokenSource(Limit);
        try
        {
            using var account = await LiveAccount.OpenAsync(new Variables(typed, profile: null), ending.Token, prefix: "/");
            var saved = await new Recorder(account, folder, isPseudonymised: false).RecordAsync(ending.Token);
            return saved.Missing is [var missing, ..]
                ? throw new CommandException($"{missing.File} could not be saved: {missing.Why}")
                : saved;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new CommandException($"the account could not be saved to {folder}: {problem.Message}");
        }
    }
}
