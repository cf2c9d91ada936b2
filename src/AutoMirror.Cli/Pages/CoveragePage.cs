using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace AutoMirror.Cli.Pages;

/// <summary>
/// One HTML file with all that it needs: the files of the folder Web, and the coverage as JSON. Its Content Security Policy names the
/// hashes of its one script and its one style sheet, and permits nothing else: no request, no other script, no markup made from text.
/// </summary>
internal static partial class CoveragePage
{
    // Each module imports only from those before it, so that all together are one module.
    private static readonly string[] Modules =
    [
        "dom.js", "words.js", "rows.js", "view.js", "copies.js", "summary.js", "bars.js", "sensors.js", "flow.js", "difference.js",
        "filters.js", "detail.js", "table.js", "main.js",
    ];

    private static readonly string Script = string.Concat(Modules.Select(name => ModuleLines().Replace(Read(name), "")));
    private static readonly string Style = Read("look.css") + Read("coverage.css") + Read("table.css");

    public static string Of(CoverageDocument coverage)
    {
        var policy = "default-src 'none'; img-src data:; "
            + $"script-src '{HashOf(Script)}'; style-src '{HashOf(Style)}'; base-uri 'none'; form-action 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";
        var parts = new Dictionary<string, string>
        {
            ["policy"] = policy, ["style"] = Style, ["script"] = Script, ["coverage"] = coverage.ToScript(),
        };
        return Part().Replace(Read("page.html"), match => parts[match.Groups["name"].Value]);
    }

    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // HTML parsers turn CR LF into LF before a hash is taken.
    private static string Read(string name)
    {
        using var stream = typeof(CoveragePage).Assembly.GetManifestResourceStream($"page/{name}")
            ?? throw new InvalidOperationException($"page/{name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"^import .*;\n|^export (?=\w)", RegexOptions.Multiline)]
    private static partial Regex ModuleLines();

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}")]
    private static partial Regex Part();
}
