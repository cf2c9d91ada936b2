using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.Pages.Tests;

/// <summary>A test that needs a Chromium or Chrome on PATH, or at <c>CHROMIUM</c>: without one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsChromiumFactAttribute : FactAttribute
{
    public NeedsChromiumFactAttribute() => Skip = Chromium.Path is null ? Chromium.Missing : null;
}

/// <summary>The same for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsChromiumTheoryAttribute : TheoryAttribute
{
    public NeedsChromiumTheoryAttribute() => Skip = Chromium.Path is null ? Chromium.Missing : null;
}

/// <summary>The browser of this machine.</summary>
internal static class Chromium
{
    public const string Missing = "SKIPPED, not passed: this machine lacks chromium (Debian: apt-get install chromium; or set CHROMIUM).";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    public static string? Path { get; } = Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named
        ? named
        : Names.Where(Tool.IsOnPath).Select(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Select(folder => System.IO.Path.Combine(folder, name)).First(File.Exists)).FirstOrDefault();
}
