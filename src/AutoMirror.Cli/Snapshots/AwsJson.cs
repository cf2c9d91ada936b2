using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Amazon.EC2.Model;
using Amazon.Runtime;

namespace AutoMirror.Cli.Snapshots;

/// <summary>The SDK's objects in the JSON that the aws CLI prints: both name the members of an answer as the service model does.</summary>
internal static class AwsJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        IndentSize = 4,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new WordConverter(), new TimeConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameAsInTheModel } },
    };

    // The one member of the recorded answers that the SDK calls otherwise than the service model.
    private static void NameAsInTheModel(JsonTypeInfo type)
    {
        if (type.Type != typeof(IpPermission))
            return;
        foreach (var range in type.Properties.Where(property => property.Name == nameof(IpPermission.Ipv4Ranges)))
            range.Name = "IpRanges";
    }

    /// <summary>EC2's words, which the SDK wraps in classes of their own.</summary>
    private sealed class WordConverter : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => typeof(ConstantClass).IsAssignableFrom(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

        private sealed class Converter<T> : JsonConverter<T>
            where T : ConstantClass
        {
            public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
                reader.GetString() is { } word ? (T)Activator.CreateInstance(typeof(T), word)! : null;

            public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
                writer.WriteStringValue(value.Value);
        }
    }

    /// <summary>Times: version 1 of the aws CLI prints some as seconds since 1970.</summary>
    private sealed class TimeConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
                ? DateTime.UnixEpoch.AddSeconds(reader.GetDouble())
                : DateTime.Parse(
                    reader.GetString() ?? "", CultureInfo.InvariantCulture,
                        DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

        // Rounded: the SDK makes 0.31599 of a time that SSM gives as 0.316, in seconds with a fraction.
        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToUniversalTime().AddTicks(TimeSpan.TicksPerMillisecond / 2)
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
