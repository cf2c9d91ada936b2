using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace AutoMirror.Aws.Hosting;

/// <summary>Writes each log entry as one line of JSON, in one write, whatever the log-format setting says.</summary>
/// <remarks>
/// Lambda takes the text between two line ends for one event, filters custom runtimes by the root key <c>level</c>, and wants an
/// RFC 3339 time under <c>timestamp</c> (Lambda Developer Guide, "Log and monitor custom runtimes").
/// </remarks>
/// <param name="output">Where the lines go.</param>
/// <param name="time">The clock.</param>
/// <param name="leastLevel">Nothing below this level is written.</param>
/// <param name="common">Fields that every line carries; those without a value are left out.</param>
internal sealed class JsonLineLogger(
    Stream output, TimeProvider time, LogLevel leastLevel, params IReadOnlyList<KeyValuePair<string, string?>> common) : ILogger
{
    private const string TemplateKey = "{OriginalFormat}";
    private const string MessageKey = "message";
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A logger like this one whose lines carry other common fields.</summary>
    public JsonLineLogger With(params IReadOnlyList<KeyValuePair<string, string?>> fields) => new(output, time, leastLevel, fields);

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= leastLevel && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;

        WriteLine(logLevel, formatter(state, exception), (json, isNew) =>
        {
            if (state is IReadOnlyList<KeyValuePair<string, object?>> fields)
            {
                foreach (var (key, value) in fields)
                {
                    if (value is not (null or ICollection<string> { Count: 0 }) && key != TemplateKey
                        && isNew(JsonNamingPolicy.CamelCase.ConvertName(key)))
                    {
                        Write(json, JsonNamingPolicy.CamelCase.ConvertName(key), value);
                    }
                }
            }

            if (exception is not null)
            {
                if (isNew("errorType"))
                    json.WriteString("errorType", exception.GetType().FullName);
                json.WriteString("stackTrace", exception.ToString());
            }
        });
    }

    /// <summary>Writes a line with the fields of an object.</summary>
    public void Log<T>(LogLevel logLevel, string message, T fields, JsonTypeInfo<T> type)
    {
        if (!IsEnabled(logLevel))
            return;
        WriteLine(logLevel, message, (json, isNew) =>
        {
            foreach (var field in JsonSerializer.SerializeToElement(fields, type).EnumerateObject().Where(field => isNew(field.Name)))
                field.WriteTo(json);
        });
    }

    private void WriteLine(LogLevel logLevel, string message, Action<Utf8JsonWriter, Func<string, bool>> writeFields)
    {
        var line = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("timestamp", time.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteString("level", LogLevels.NameOf(logLevel));
            json.WriteString(MessageKey, message);
            var written = new HashSet<string>(StringComparer.Ordinal) { "timestamp", "level", MessageKey };
            foreach (var (key, value) in common)
            {
                if (value is not null && written.Add(key))
                    json.WriteString(key, value);
            }

            // A key twice is JSON that no two readers understand alike.
            writeFields(json, written.Add);
            json.WriteEndObject();
        }

        Write(line.WrittenSpan);
    }

    /// <summary>Writes a line of JSON as it is, in one write.</summary>
    public void Write(ReadOnlySpan<byte> json)
    {
        byte[] line = [.. json, (byte)'\n'];
        lock (output)
        {
            output.Write(line);
            output.Flush();
        }
    }

    private static void Write(Utf8JsonWriter json, string key, object value)
    {
        json.WritePropertyName(key);
        switch (value)
        {
            case int number:
                json.WriteNumberValue(number);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case IReadOnlyDictionary<string, int> counts:
                json.WriteStartObject();
                foreach (var (name, count) in counts)
                    json.WriteNumber(name, count);
                json.WriteEndObject();
                break;
            case IEnumerable<string> texts:
                json.WriteStartArray();
                foreach (var text in texts)
                    json.WriteStringValue(text);
                json.WriteEndArray();
                break;
            default:
                json.WriteStringValue(value.ToString());
                break;
        }
    }
}
