using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AutoMirror.Core.Model;

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

    /// <summary>Prints one document to stdout, with the build that it is from.</summary>
    public static void Write<T>(T document)
    {
        var said = ToNode(document);
        said["build"] = Build.Own.ToString();
        using var output = Console.OpenStandardOutput();
        JsonSerializer.Serialize(output, said, Options);
        output.Write("\n"u8);
    }
}
