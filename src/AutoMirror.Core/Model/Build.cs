using System.Reflection;

namespace AutoMirror.Core.Model;

/// <summary>Which build of AutoMirror this is: one name for it in <c>--version</c>, logs, reports and the user agent.</summary>
/// <param name="Version">The release's version, such as <c>1.2.0</c>; with a suffix behind a hyphen where no tag names it.</param>
/// <param name="Commit">The commit it was made from, 40 hexadecimal digits; null where the sources did not say.</param>
internal sealed record Build(string Version, string? Commit)
{
    /// <summary>The build that runs.</summary>
    public static Build Own { get; } =
        Parse(typeof(Build).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    /// <summary>Whether a release's tag names it. What is built from any other commit has a suffix (Semantic Versioning 2.0, 9).</summary>
    public bool IsRelease => !Version.Contains('-', StringComparison.Ordinal);

    /// <summary>How it names itself to AWS, and so in CloudTrail's <c>userAgent</c>.</summary>
    public string UserAgent => $"automirror/{Version}";

    /// <summary>Reads <c>1.2.0+commit</c>: what stands behind the plus is the commit.</summary>
    public static Build Parse(string text) =>
        text.Split('+', 2) is [var version, var commit] ? new(version, commit) : new(text, Commit: null);

    /// <summary>As <see cref="Parse"/> reads it.</summary>
    public override string ToString() => Commit is null ? Version : $"{Version}+{Commit}";
}
