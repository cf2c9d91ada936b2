using AutoMirror.Testing;
using Xunit;

namespace AutoMirror.EndToEnd.Tests.Releasing;

/// <summary>A test of a release that was made: <c>AUTOMIRROR_RELEASE</c> names its folder, since making one takes minutes.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NeedsReleaseFactAttribute : FactAttribute
{
    /// <param name="commands">What else it runs.</param>
    public NeedsReleaseFactAttribute(params string[] commands) => Skip = Folder is null
        ? "SKIPPED, not passed: AUTOMIRROR_RELEASE names no folder that infra/release.sh has made."
        : new NeedsToolFactAttribute(commands).Skip;

    /// <summary>Whether it also applies the Terraform module.</summary>
    public bool Deploys
    {
        get => false;
        set => Skip ??= value ? new Infra.NeedsDeploymentFactAttribute().Skip : null;
    }

    /// <summary>The release's folder; null where none is named.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("AUTOMIRROR_RELEASE") is { Length: > 0 } folder ? Repository.PathOf(folder) : null;
}
