using System.Runtime.InteropServices;
using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests;

/// <summary>A test that compiles ahead of time: it needs a linker, and the compiler's packages, which no test fetches.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsCompilerFactAttribute : FactAttribute
{
    public NeedsCompilerFactAttribute()
    {
        var packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        Skip = new NeedsToolFactAttribute("clang", "python3").Skip
            ?? (Directory.Exists(Path.Combine(packages, $"runtime.{RuntimeInformation.RuntimeIdentifier}.microsoft.dotnet.ilcompiler"))
                ? null
                : "SKIPPED, not passed: the ahead-of-time compiler's packages are not on this machine (infra/build.sh fetches them).");
    }
}
