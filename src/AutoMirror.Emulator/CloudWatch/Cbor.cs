using System.Formats.Cbor;
using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.CloudWatch;

/// <summary>CBOR (RFC 8949) as "Smithy RPC v2 CBOR" uses it, read as JSON: a time is the seconds since 1970 behind tag 1.</summary>
internal static class Cbor
{
    private const int Deepest = 64;

    public static JsonNode? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var reader = new CborReader(bytes, CborConformanceMode.Lax);
            return Read(reader, 0);
        }
        catch (Exception problem) when (problem is CborContentException or InvalidOperationException or OverflowException)
        {
            throw JsonInput.Invalid("The body is not CBOR.");
        }
    }

    public static byte[] Write(JsonNode node)
    {
        var writer = new CborWriter();
        Write(writer, node);
        return writer.Encode();
    }

    private static JsonNode? Read(CborReader reader, int depth)
    {
        if (depth > Deepest)
            throw JsonInput.Invalid("The body is nested too deeply.");
        switch (reader.PeekState())
        {
            case CborReaderState.StartMap:
                return ReadMap(reader, depth);
            case CborReaderState.StartArray:
                return ReadArray(reader, depth);
            case CborReaderState.Tag:
                reader.ReadTag();
                return Read(reader, depth + 1);
            case CborReaderState.TextString or CborReaderState.StartIndefiniteLengthTextString:
                return reader.ReadTextString();
            case CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger:
                return reader.ReadInt64();
            case CborReaderState.HalfPrecisionFloat or CborReaderState.SinglePrecisionFloat or CborReaderState.DoublePrecisionFloat:
                var number = reader.ReadDouble();
                return double.IsFinite(number) ? number : throw JsonInput.Invalid($"CloudWatch takes no {number}.");
            case CborReaderState.Boolean:
                return reader.ReadBoolean();
            case CborReaderState.Null:
                reader.ReadNull();
                return null;
            default:
                throw JsonInput.Invalid("The body has a value that no structure of CloudWatch has.");
        }
    }

    private static JsonObject ReadMap(CborReader reader, int depth)
    {
        var map = new JsonObject();
        reader.ReadStartMap();
        while (reader.PeekState() != CborReaderState.EndMap)
        {
            var name = reader.ReadTextString();
            map[name] = Read(reader, depth + 1);
        }

        reader.ReadEndMap();
        return map;
    }

    private static JsonArray ReadArray(CborReader reader, int depth)
    {
        var list = new JsonArray();
        reader.ReadStartArray();
        while (reader.PeekState() != CborReaderState.EndArray)
            list.Add(Read(reader, depth + 1));
        reader.ReadEndArray();
        return list;
    }

    private static void Write(CborWriter writer, JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                var given = map.Where(pair => pair.Value is not null).ToList();
                writer.WriteStartMap(given.Count);
                foreach (var (name, value) in given)
                {
                    writer.WriteTextString(name);
                    Write(writer, value!);
                }

                writer.WriteEndMap();
                break;
            case JsonArray list:
                writer.WriteStartArray(list.Count);
                foreach (var item in list)
                    Write(writer, item!);
                writer.WriteEndArray();
                break;
            case JsonValue value when JsonTimes.Read(value) is { } time:
                writer.WriteTag(CborTag.UnixTimeSeconds);
                writer.WriteInt64(time.ToUnixTimeSeconds());
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.GetValue<bool>());
                break;
            case JsonValue value when value.TryGetValue<int>(out var whole):
                writer.WriteInt32(whole);
                break;
            case JsonValue value when value.TryGetValue<double>(out var number):
                writer.WriteDouble(number);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text):
                writer.WriteTextString(text);
                break;
            default:
                throw new InvalidOperationException($"CloudWatch has no answer with {node.ToJsonString()}.");
        }
    }
}
