using Xunit;

namespace AutoMirror.Testing;

/// <summary>A test that needs commands which not every machine has: where one is missing it is skipped, and the skip says which.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsToolFactAttribute : FactAttribute
{
    /// <summary>Names the commands, as they would be typed.</summary>
    public NeedsToolFactAttribute(params string[] commands)
    {
        Commands = commands;
        if (commands.Where(command => !Tool.IsOnPath(command)).ToList() is { Count: > 0 } missing)
            Skip = $"SKIPPED, not passed: this machine lacks {string.Join(" and ", missing)}.";
    }

    /// <summary>The commands that the test runs.</summary>
    public IReadOnlyList<string> Commands { get; }
}
