using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>A test that reads an earlier commit, which has to be among the history that was cloned.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsCommitFactAttribute : FactAttribute
{
    public NeedsCommitFactAttribute(string commit)
    {
        Skip = new NeedsHistoryFactAttribute().Skip;
        if (Skip is null && Task.Run(() => Tool.RunAsync("git", ["cat-file", "-e", commit])).GetAwaiter().GetResult().ExitCode != 0)
            Skip = $"SKIPPED, not passed: the history here does not go back to {commit}.";
    }
}
