using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using AutoMirror.Aws.Hosting;
using AutoMirror.Core.Model;

namespace AutoMirror.Lambda;

/// <summary>A failure in the form that the Runtime API takes for invocations and for initialisation alike.</summary>
internal static class ErrorDocument
{
    public const string ContentType = "application/vnd.aws.lambda.error+json";

    public const int LongestErrorType = 128;
    public const int LongestMessage = 10_000;
    public const int LongestFrame = 400;
    public const int MostFrames = 50;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The body. Every part has a longest length, so that the whole stays under 256 KB however it is escaped: a failure that is itself
    /// refused for its size would leave nobody the wiser.
    /// </summary>
    public static ReadOnlyMemory<byte> Body(InvocationOutcome.Failed failure)
    {
        var body = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(body, Readable))
        {
            json.WriteStartObject();
            json.WriteString("errorMessage", Shortened(failure.Message, LongestMessage));
            json.WriteString("errorType", Shortened(failure.ErrorType, LongestErrorType));
            json.WriteStartArray("stackTrace");
            foreach (var frame in failure.StackTrace.Take(MostFrames))
                json.WriteStringValue(Shortened(frame, LongestFrame));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    /// <summary>
    /// The error type as a header value: visible ASCII only. HttpClient refuses to send anything else, and a line end would start a
    /// header of the sender's choice.
    /// </summary>
    public static string HeaderValue(string errorType)
    {
        var visible = string.Create(Math.Min(errorType.Length, LongestErrorType), errorType, static (value, text) =>
        {
            for (var i = 0; i < value.Length; i++)
                value[i] = text[i] is >= '!' and <= '~' ? text[i] : '_';
        });
        return visible.Length > 0 ? visible : "Function.Unknown";
    }

    private static string Shortened(string text, int longest)
    {
        var kept = Words.Shorten(text, longest);
        return kept == text ? text : $"{kept} ({text.Length - kept.Length + 1} more characters)";
    }
}
