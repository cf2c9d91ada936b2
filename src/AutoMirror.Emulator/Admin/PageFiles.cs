using System.Net;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Admin;

/// <summary>The page for people, and the files that it takes: nothing else may run in it, and no other page may frame it.</summary>
internal static class PageFiles
{
    private const string Folder = "page/";

    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".js"] = "text/javascript; charset=utf-8", [".css"] = "text/css; charset=utf-8",
    };

    /// <summary>The page.</summary>
    /// <param name="calls">What scripts can ask for here, each as a method and a path.</param>
    public static WireReply Page(IEnumerable<string> calls) => Guarded(WireReply.Text(
        200, "text/html; charset=utf-8", Read("emulator.html").Replace(
            "{{calls}}", string.Concat(calls.Select(call => $"<li><code>{WebUtility.HtmlEncode(call)}</code></li>")),
            StringComparison.Ordinal)));

    /// <summary>A file that the page names; null where it has none of that name.</summary>
    public static WireReply? Find(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && Types.TryGetValue(Path.GetExtension(path), out var type)
            && typeof(PageFiles).Assembly.GetManifestResourceInfo(path) is not null
            ? Guarded(WireReply.Text(200, type, Read(path[Folder.Length..])))
            : null;

    private static WireReply Guarded(WireReply reply) => reply.With("Content-Security-Policy", Policy)
        .With("X-Content-Type-Options", "nosniff").With("Cache-Control", "no-store").With("Referrer-Policy", "no-referrer");

    private static string Read(string name)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"{Folder}{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
