using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.Lambda.CloudWatchEvents;

namespace AutoMirror.Lambda.Managed;

/// <summary>
/// A JSON document as the bytes it came in or goes out as. Events come in many shapes, which the function itself tells apart, and a
/// typed form would keep of each only what its author thought of; so the serializer hands over the event's own bytes, and takes the
/// answer's as they are.
/// </summary>
/// <param name="Utf8">One JSON document in UTF-8.</param>
[JsonConverter(typeof(AsItIs))]
public sealed record RawJson(ReadOnlyMemory<byte> Utf8)
{
    /// <summary>The document that EventBridge made the typed event of, as far as the type keeps
    /// it: every field of the envelope, and all of the detail.</summary>
    public static RawJson Of(CloudWatchEvent<JsonElement> received) =>
        new(JsonSerializer.SerializeToUtf8Bytes(received, EventJson.Default.CloudWatchEventJsonElement));

    internal sealed class AsItIs : JsonConverter<RawJson>
    {
        // Even null is an event, a malformed one, which the function names in its own words.
        public override bool HandleNull => true;

        public override RawJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray());

        public override void Write(Utf8JsonWriter writer, RawJson value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
    }
}
