using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Infra;

/// <summary>A test that needs a module of python3's: where it can't be imported the test is skipped, and the skip says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsPythonModuleFactAttribute : FactAttribute
{
    private static readonly Dictionary<string, bool> Known = [];

    /// <summary>Names the module, as it would be imported, and the commands that are needed besides.</summary>
    public NeedsPythonModuleFactAttribute(string module, params string[] commands)
    {
        (Module, Commands) = (module, commands);
        Skip = CanImport(module)
            ? new NeedsToolFactAttribute(commands).Skip
            : $"SKIPPED, not passed: this machine's python3 can't import {module}.";
    }

    /// <summary>The module that the test imports.</summary>
    public string Module { get; }

    /// <summary>The commands that the test runs besides.</summary>
    public IReadOnlyList<string> Commands { get; }

    private static bool CanImport(string module)
    {
        lock (Known)
        {
            if (!Known.TryGetValue(module, out var can))
            {
                Known[module] = can = Tool.IsOnPath("python3") &&
                    Task.Run(() => Tool.RunAsync("python3", ["-c", $"import {module}"])).GetAwaiter().GetResult().ExitCode == 0;
            }

            return can;
        }
    }
}
