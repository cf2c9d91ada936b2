using System.CommandLine;
using System.CommandLine.Invocation;
using AutoMirror.Core.Model;

namespace AutoMirror.Cli;

/// <summary>Which build the tool is, for <c>--version</c> and for what it sends to AWS.</summary>
internal static class BuildOption
{
    // The clients that the SDK makes by itself, to assume a role or to log in, go by this (AWS SDKs reference guide, "Application ID").
    private const string ApplicationId = "AWS_SDK_UA_APP_ID";

    /// <summary>Lets <c>--version</c> say the commit too, and whether a release's tag names it.</summary>
    public static void Improve(RootCommand root)
    {
        if (root.Options.OfType<VersionOption>().FirstOrDefault() is { } option)
            option.Action = new Print();
    }

    /// <summary>Names the tool in the user agent of every call that the SDK makes, unless somebody has given it another name.</summary>
    public static void NameToAws()
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(ApplicationId)))
            Environment.SetEnvironmentVariable(ApplicationId, Build.Own.UserAgent);
    }

    private sealed class Print : SynchronousCommandLineAction
    {
        // Whatever else is missing, this can be answered.
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var (build, output) = (Build.Own, parseResult.InvocationConfiguration.Output);
            var rest = (build.Commit is { } commit ? $", commit {commit}" : "") + (build.IsRelease ? "" : ", not a release");
            output.WriteLine($"automirror {build.Version}{rest}");
            return CommandLine.Success;
        }
    }
}
