using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace AutoMirror.Cli.Printing;

/// <summary>The documents that --json prints.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    };

    /// <summary>A document as a tree, to add to.</summary>
    public static JsonObject ToNode<T>(T document) => JsonSerializer.SerializeToNode(document, Options)!.AsObject();

    /// <summary>Prints one document to stdout.</summary>
    public static void Write<T>(T document)
    {
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, document, Options);
        output.Write("\n"u8);
    }
}
