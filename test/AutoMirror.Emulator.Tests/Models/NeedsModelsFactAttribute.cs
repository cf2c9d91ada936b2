using AutoMirror.Testing;

namespace AutoMirror.Emulator.Tests.Models;

/// <summary>
/// A test against the service models that botocore carries. It is skipped, and says so, on a machine without boto3, or with newer models
/// than those that the emulator was last compared with.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsModelsFactAttribute : FactAttribute
{
    private static readonly Version NewestCompared = new(1, 43, 11);
    private static readonly Lazy<string?> WhyNot = new(Reason);

    public NeedsModelsFactAttribute() => Skip = WhyNot.Value;

    private static string? Reason()
    {
        if (!Tool.IsOnPath("python3"))
            return "SKIPPED, not passed: this machine lacks python3.";
        var result = Task.Run(() => Tool.RunAsync("python3", ["-c", "import boto3, botocore; print(botocore.__version__)"]))
            .GetAwaiter().GetResult();
        if (result.ExitCode != 0)
            return "SKIPPED, not passed: this machine's python3 can't import boto3.";
        var found = result.Output.Trim();
        return Version.TryParse(found, out var version) && version <= NewestCompared
            ? null
            : $"SKIPPED, not passed: the models of botocore {found} are newer than those of {NewestCompared}, compared last.";
    }
}
