using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace AutoMirror.Cli.Connecting;

/// <summary>The profiles in <c>~/.aws/config</c> and <c>~/.aws/credentials</c>, or in the files that AWS_CONFIG_FILE and
/// AWS_SHARED_CREDENTIALS_FILE name.</summary>
internal sealed class Profiles(Variables variables)
{
    private readonly CredentialProfileStoreChain _store = new();

    /// <summary>The profile that somebody named, or the default one; null where there is none and nobody asked for one.</summary>
    /// <exception cref="CommandException">The profile that was named does not exist.</exception>
    public CredentialProfile? Find()
    {
        var named = variables.TypedProfile ?? variables["AWS_PROFILE"] ?? variables["AWS_DEFAULT_PROFILE"];
        if (_store.TryGetProfile(named ?? "default", out var profile))
            return profile;
        if (named is null)
            return null;
        var known = _store.ListProfiles().Select(each => each.Name).Order(StringComparer.Ordinal).ToList();
        throw new CommandException(
            $"there is no profile '{named}' in ~/.aws/config. "
                + (known.Count == 0 ? "Make it with: aws configure" : $"There are: {string.Join(", ", known)}"));
    }

    /// <summary>The credentials of a profile, ready for use.</summary>
    /// <exception cref="CommandException">They can't be had; the message says what to do.</exception>
    public AWSCredentials CredentialsOf(CredentialProfile profile)
    {
        try
        {
            var credentials = profile.GetAWSCredentials(_store);
            if (credentials is AssumeRoleAWSCredentials { Options: { MfaSerialNumber.Length: > 0 } options })
                options.MfaTokenCodeCallback = () => AskForCode(profile.Name, options.MfaSerialNumber);
            return credentials;
        }
        catch (Exception problem) when (problem is AmazonClientException or InvalidOperationException or ArgumentException)
        {
            throw new CommandException(WhatToDo(profile, problem));
        }
    }

    /// <summary>Why a profile gave no credentials, and the command that helps, in one line.</summary>
    public static string WhatToDo(CredentialProfile profile, Exception problem)
    {
        var options = profile.Options;
        var reason = OneLine(problem);
        return options switch
        {
            { SsoStartUrl.Length: > 0 } or { SsoSession.Length: > 0 } =>
                $"nobody is logged in to the profile '{profile.Name}': run aws sso login --profile {profile.Name} ({reason})",
            { CredentialProcess.Length: > 0 } =>
                $"the credential_process of the profile '{profile.Name}' gave no credentials: run it by itself and see ({reason})",
            { RoleArn.Length: > 0 } =>
                $"the profile '{profile.Name}' can't assume {options.RoleArn}: check its source_profile and the role's trust policy "
                    + $"({reason})",
            _ => $"the profile '{profile.Name}' has no credentials: run aws configure --profile {profile.Name}, or aws sso login "
                + $"({reason})",
        };
    }

    /// <summary>The innermost reason of an exception, on one line.</summary>
    public static string OneLine(Exception problem) =>
        problem.InnerException is { } inner ? OneLine(inner) : problem.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private static string AskForCode(string profile, string device)
    {
        if (Console.IsInputRedirected)
        {
            throw new CommandException(
                $"the profile '{profile}' wants a code of {device}, and there is no terminal to ask on: run this in one, or take "
                    + "credentials first (aws sts get-session-token)");
        }

        Console.Error.Write($"Code of {device}: ");
        return Console.ReadLine() ?? "";
    }
}
