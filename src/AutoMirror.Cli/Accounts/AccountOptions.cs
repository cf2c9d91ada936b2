using System.CommandLine;

namespace AutoMirror.Cli.Accounts;

/// <summary>How verbs that only read are told what to read.</summary>
internal static class AccountOptions
{
    /// <summary>The option <c>--from</c>.</summary>
    public static Option<string?> From() => new("--from")
    {
        Description = "Read a recorded account instead of AWS: a folder with the JSON answers of the aws CLI's describes, in files such as "
            + "describe-traffic-mirror-sessions.json.",
        HelpName = "DIR",
    };

    /// <summary>The recorded account in a folder, or the one that the environment names.</summary>
    public static IAccountReads Open(string? folder) => folder switch
    {
        null => LiveAccount.FromEnvironment(),
        _ when Directory.Exists(folder) => new RecordedAccount(folder),
        _ => throw new UsageException($"--from takes a folder, and there is none at {folder}."),
    };
}
