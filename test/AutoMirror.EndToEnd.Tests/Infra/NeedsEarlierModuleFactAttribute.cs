using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>A test that deploys the module of an earlier commit, which has to be among the history that was cloned.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsEarlierModuleFactAttribute : FactAttribute
{
    public NeedsEarlierModuleFactAttribute(string commit)
    {
        Skip = new NeedsToolFactAttribute("git", "tar").Skip ?? new NeedsDeploymentFactAttribute().Skip;
        if (Skip is null && Task.Run(() => Tool.RunAsync("git", ["cat-file", "-e", commit])).GetAwaiter().GetResult().ExitCode != 0)
            Skip = $"SKIPPED, not passed: the history here does not go back to {commit}.";
    }
}
