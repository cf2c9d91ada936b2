using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AutoMirror.Cli.Coverage;
using AutoMirror.Cli.Explanations;
using AutoMirror.Cli.Printing;
using AutoMirror.Cli.Snapshots;

namespace AutoMirror.Cli.Pages;

/// <summary>What the page and the evidence hold: <c>status</c>, with what <c>explain</c> says about each interface.</summary>
/// <param name="Format">The name of this form, which <c>--since</c> looks for.</param>
/// <param name="Status">The document of <c>status --json</c> without its list of interfaces.</param>
/// <param name="Missing">What should be mirrored and is not, by reason.</param>
/// <param name="BlindTraffic">What the mirrored interfaces are blind to.</param>
/// <param name="Difference">What changed since an earlier document; null where none was named.</param>
internal sealed record CoverageDocument(
    string Format, Origin Made, JsonObject Status, IReadOnlyList<MissingGroup> Missing, IReadOnlyList<BlindTraffic> BlindTraffic,
    IReadOnlyList<CoverageInterface> Interfaces, Difference? Difference)
{
    public const string FormatName = "automirror/coverage/1";

    private static readonly JsonSerializerOptions Compact = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };

    private static readonly JsonSerializerOptions Indented = new(Compact) { WriteIndented = true };

    /// <summary>Puts together what a look shows.</summary>
    /// <param name="status">The status of the same look.</param>
    public static async Task<CoverageDocument> OfAsync(
        Look look, StatusDocument status, EarlierCoverage? earlier, TimeProvider time, CancellationToken cancellationToken)
    {
        var explained = await Explainer.ExplainAllAsync(look, cancellationToken);
        var made = Origin.Of(look.Source, time);
        IReadOnlyList<CoverageInterface> interfaces =
        [
            .. status.Interfaces.Zip(look.Plan.Verdicts, explained)
                .Select(each => CoverageInterface.Of(each.First, each.Second, each.Third))
                .Select(each => earlier?.Dated(each, made.SeenAt) ?? each with { Since = made.SeenAt }),
        ];
        return new CoverageDocument(
            FormatName, made, Json.ToNode(status with { Interfaces = [] }), MissingGroup.In(interfaces), Pages.BlindTraffic.In(interfaces),
            interfaces, earlier is null ? null : Difference.Between(earlier, interfaces, made.SeenAt));
    }

    /// <summary>The document in a file.</summary>
    public byte[] ToFile() => [.. JsonSerializer.SerializeToUtf8Bytes(this, Indented), (byte)'\n'];

    /// <summary>The document for a <c>script</c> element: no character of it can end the element, whatever a tag holds.</summary>
    public string ToScript() => JsonSerializer.Serialize(this, Compact).Replace("<", "\\u003c", StringComparison.Ordinal);

    /// <summary>Reads one from a file.</summary>
    /// <exception cref="JsonException">It is not such a document.</exception>
    public static EarlierCoverage Read(ReadOnlySpan<byte> file) =>
        JsonSerializer.Deserialize<EarlierCoverage>(file, Compact) ?? throw new JsonException("The document is null.");
}
