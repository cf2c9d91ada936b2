using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutoMirror.Lambda;

/// <summary>
/// The host's own log: JSON lines with a "level" that Lambda's filter knows and an RFC 3339 "timestamp". Each line is one write, since
/// Lambda takes whatever arrives between two line ends for one event, and half a line of each of two writers for nonsense.
/// </summary>
internal sealed class HostLog(Stream output, TimeProvider clock)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void Warn(string message, string? requestId = null) => Write("WARN", message, requestId, null, []);

    public void Error(string message, string? requestId = null) => Write("ERROR", message, requestId, null, []);

    public void Error(string errorType, string message, IReadOnlyList<string> stackTrace, string? requestId = null) =>
        Write("ERROR", message, requestId, errorType, stackTrace);

    /// <summary>For what ends the process.</summary>
    public void Fatal(string message) => Write("FATAL", message, null, null, []);

    private void Write(string level, string message, string? requestId, string? errorType, IReadOnlyList<string> stackTrace)
    {
        var line = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", level);
            json.WriteString("message", message);
            if (requestId is not null)
                json.WriteString("requestId", requestId);
            if (errorType is not null)
                json.WriteString("errorType", errorType);
            if (stackTrace.Count > 0)
            {
                json.WriteStartArray("stackTrace");
                foreach (var frame in stackTrace)
                    json.WriteStringValue(frame);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        line.Write("\n"u8);
        output.Write(line.WrittenSpan);
        output.Flush();
    }
}
