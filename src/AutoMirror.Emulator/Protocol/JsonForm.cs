using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutoMirror.Emulator.Protocol;

/// <summary>How JSON is written here: plain text stays plain.</summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };
}
