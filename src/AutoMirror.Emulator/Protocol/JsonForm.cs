using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutoMirror.Emulator.Protocol;

/// <summary>How the emulator writes JSON: it escapes no more than JSON requires.</summary>
internal static class JsonForm
{
    public static JsonSerializerOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Indented { get; } = new(Options) { WriteIndented = true };
}
