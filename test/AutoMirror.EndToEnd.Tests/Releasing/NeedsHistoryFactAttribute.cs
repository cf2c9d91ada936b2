using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>A test that needs git, and a clone rather than an archive.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsHistoryFactAttribute : FactAttribute
{
    /// <param name="commands">What else it runs.</param>
    public NeedsHistoryFactAttribute(params string[] commands)
    {
        Skip = new NeedsToolFactAttribute(["git", .. commands]).Skip
            ?? (Path.Exists(Repository.PathOf(".git")) ? null : "SKIPPED, not passed: these sources have no .git.");
    }
}
