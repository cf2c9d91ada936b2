using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Admin;

/// <summary>Packets to send, as JSON: one object, or a list of them.</summary>
internal static class PacketRequests
{
    private const int MostRequests = 100_000;

    private static readonly string[] Fields =
    [
        "from", "to", "protocol", "sourcePort", "destinationPort", "icmpType", "icmpCode", "payloadBytes", "payload", "fragmentOffset",
        "moreFragments", "count",
    ];

    /// <exception cref="PacketException">It is not JSON, or a field is unknown, missing or of the wrong type.</exception>
    public static IReadOnlyList<PacketRequest> Read(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) switch
            {
                JsonObject single => [Read(single)],
                JsonArray { Count: <= MostRequests } list => [.. list.Select(each => Read(each as JsonObject ?? throw NoObject()))],
                JsonArray => throw new PacketException($"a list has at most {MostRequests} packets"),
                _ => throw NoObject(),
            };
        }
        catch (JsonException)
        {
            throw new PacketException("the body is neither a pcap file nor JSON");
        }
    }

    private static PacketException NoObject() =>
        new("packets are one JSON object or a list of them, such as {\"from\":\"eni-…\",\"to\":\"10.0.0.9\",\"destinationPort\":443}");

    private static PacketRequest Read(JsonObject packet)
    {
        if (packet.FirstOrDefault(field => !Fields.Contains(field.Key)) is { Key: { } unknown })
            throw new PacketException($"'{unknown}' is no field of a packet: these are {string.Join(", ", Fields)}");
        return new()
        {
            From = Text(packet, "from") ?? throw new PacketException("a packet needs 'from': an interface's id or an address"),
            To = Text(packet, "to") ?? throw new PacketException("a packet needs 'to': an interface's id or an address"),
            Protocol = Protocol(packet),
            SourcePort = Number(packet, "sourcePort"),
            DestinationPort = Number(packet, "destinationPort"),
            IcmpType = Number(packet, "icmpType"),
            IcmpCode = Number(packet, "icmpCode") ?? 0,
            PayloadBytes = Number(packet, "payloadBytes") ?? 0,
            Payload = Payload(packet),
            FragmentOffset = Number(packet, "fragmentOffset") ?? 0,
            MoreFragments = Flag(packet, "moreFragments"),
            Count = Number(packet, "count") ?? 1,
        };
    }

    private static string Protocol(JsonObject packet) => packet["protocol"] is JsonValue value && value.TryGetValue<int>(out var number)
        ? Notation.Number(number)
        : Text(packet, "protocol") ?? "tcp";

    private static ReadOnlyMemory<byte>? Payload(JsonObject packet)
    {
        if (Text(packet, "payload") is not { } text)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            ? bytes.AsMemory(0, length)
            : throw new PacketException("'payload' is base64");
    }

    private static string? Text(JsonObject packet, string name) => packet[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new PacketException($"'{name}' is a text"),
    };

    private static int? Number(JsonObject packet, string name) => packet[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        _ => throw new PacketException($"'{name}' is a whole number"),
    };

    private static bool Flag(JsonObject packet, string name) => packet[name] switch
    {
        null => false,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        _ => throw new PacketException($"'{name}' is true or false"),
    };
}
