using System.Text.Json;
using System.Text.Json.Nodes;
using AutoMirror.Emulator.Faults;
using AutoMirror.Emulator.Packets;
using AutoMirror.Emulator.Packets.Wire;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Admin;

/// <summary>
/// The data plane over HTTP. <c>packets</c>: POST sends some, as a pcap file or as JSON, and answers what became of them; GET has the
/// ledger. <c>packets/limits</c>: what copies are limited by. <c>targets/tmt-…/capture.pcap</c>: what reached a target.
/// </summary>
internal sealed class PacketPages(Cloud cloud)
{
    private const string CaptureType = "application/vnd.tcpdump.pcap";

    /// <summary>The answer for a path below the prefix of these pages; null when it is another page's.</summary>
    public WireReply? Answer(string method, string path, byte[] body) => (method, path.Split('/')) switch
    {
        ("POST", ["packets"]) => Try(() => Send(body)),
        ("GET", ["packets"]) => WireReply.Json(200, Ledger()),
        ("PUT", ["packets", "limits"]) => Try(() => Limit(body)),
        ("GET", ["packets", "limits"]) => WireReply.Json(200, Limits()),
        ("GET", ["targets", var target, "capture.pcap"]) => Capture(target),
        ("PUT", ["network-interfaces", var id]) => Try(() => SetMtu(id, body)),
        ("PUT", ["target-health"]) => Try(() => SetHealth(body)),
        _ => null,
    };

    private static WireReply Try(Func<JsonNode> work)
    {
        try
        {
            return WireReply.Json(200, work());
        }
        catch (Exception problem) when (problem is PacketException or AwsException)
        {
            return Refuse(problem.Message);
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException or FormatException)
        {
            return Refuse("the body is not the JSON that this page takes");
        }
    }

    private static WireReply Refuse(string why) => WireReply.Json(400, new JsonObject { ["error"] = why });

    private JsonNode Send(byte[] body)
    {
        IReadOnlyList<PacketFate> fates;
        if (PcapFile.IsOne(body))
        {
            var (linkType, packets) = PcapFile.Read(body);
            fates = cloud.Packets.Send(packets, haveEthernetHeaders: linkType == PcapFile.Ethernet);
        }
        else
        {
            fates = cloud.Packets.Send(PacketRequests.Read(body));
        }

        return new JsonObject { ["fates"] = Together(fates).Select(Write).ToJsonArray() };
    }

    /// <summary>Packets to which the same happened, together, in the order in which it first did.</summary>
    private static IEnumerable<PacketFate> Together(IEnumerable<PacketFate> fates) =>
        fates.GroupBy(fate => fate with { Count = 0, Bytes = 0, Truncated = 0 }).Select(same => same.Key with
        {
            Count = same.Sum(fate => fate.Count),
            Bytes = same.Sum(fate => fate.Bytes),
            Truncated = same.Sum(fate => fate.Truncated),
        });

    private static JsonObject Write(PacketFate fate) => new JsonObject
    {
        ["networkInterfaceId"] = fate.NetworkInterfaceId,
        ["direction"] = fate.Direction,
        ["count"] = fate.Count,
        ["fate"] = PacketFateNames.NameOf(fate.Kind),
    }
        .WithAny("sessionId", fate.SessionId).WithAny("targetId", fate.TargetId).WithAny("virtualNetworkId", fate.VirtualNetworkId)
        .WithAny("filterRuleId", fate.FilterRuleId).WithAny("bytes", fate.SessionId is null ? null : fate.Bytes)
        .WithAny("truncated", fate.SessionId is null ? null : fate.Truncated).WithAny("because", fate.Because);

    private JsonObject Ledger()
    {
        var entries = cloud.InTurn(() => cloud.Packets.Ledger.Entries);
        return new()
        {
            ["entries"] = entries.Select(Write).ToJsonArray(),
            ["targets"] = entries.Where(entry => entry.TargetId is not null).Select(entry => entry.TargetId!).Distinct()
                .Select(target => $"{AdminPages.Prefix}/targets/{target}/capture.pcap").ToJsonArray(),
        };
    }

    internal static JsonObject Write(LedgerEntry entry) => new JsonObject
    {
        ["networkInterfaceId"] = entry.NetworkInterfaceId,
        ["instanceId"] = entry.InstanceId,
        ["direction"] = entry.Direction,
        ["fate"] = PacketFateNames.NameOf(entry.Kind),
        ["packets"] = entry.Packets,
    }
        .WithAny("sessionId", entry.SessionId).WithAny("targetId", entry.TargetId).WithAny("virtualNetworkId", entry.VirtualNetworkId)
        .WithAny("bytes", entry.SessionId is null ? null : entry.Bytes)
        .WithAny("truncated", entry.SessionId is null ? null : entry.Truncated)
        .WithAny("firstAt", entry.FirstAt.ToString("O")).WithAny("lastAt", entry.LastAt.ToString("O")).WithAny("because", entry.Because);

    private WireReply Capture(string target) => cloud.Ec2.Targets.Table.Find(target) is null
        ? WireReply.Json(404, new JsonObject { ["error"] = $"there is no target {target}" })
        : new WireReply(200, CaptureType, cloud.Packets.Capture(target));

    private JsonObject Limits() => new()
    {
        ["instanceBitsPerSecond"] = Write(cloud.Packets.Faults.InstanceBitsPerSecond),
        ["targetPacketsPerSecond"] = Write(cloud.Packets.Faults.TargetPacketsPerSecond),
    };

    private static JsonObject Write(IReadOnlyDictionary<string, long> limits) =>
        new(limits.Select(limit => KeyValuePair.Create(limit.Key, (JsonNode?)limit.Value)));

    private JsonObject Limit(byte[] body)
    {
        var limits = Object(body, "instanceBitsPerSecond", "targetPacketsPerSecond");
        cloud.Packets.Faults = new PacketFaults
        {
            InstanceBitsPerSecond = Read(limits["instanceBitsPerSecond"]), TargetPacketsPerSecond = Read(limits["targetPacketsPerSecond"]),
        };
        return Limits();
    }

    private static Dictionary<string, long> Read(JsonNode? limits) =>
        (limits?.AsObject() ?? []).ToDictionary(limit => limit.Key, limit => limit.Value!.GetValue<long>());

    private JsonObject SetMtu(string id, byte[] body)
    {
        var mtu = Object(body, "mtu").Integer("mtu");
        cloud.Ec2.NetworkInterfaces.SetMtu(id, mtu);
        return new() { ["networkInterfaceId"] = id, ["mtu"] = mtu };
    }

    private JsonObject SetHealth(byte[] body)
    {
        var input = Object(body, "targetGroupArn", "targetId", "state");
        cloud.LoadBalancing.TargetGroups.SetHealth(input.Required("targetGroupArn"), input.Required("targetId"), input.Text("state"));
        return input;
    }

    private static JsonObject Object(byte[] body, params string[] fields)
    {
        var names = string.Join(", ", fields);
        var input = JsonNode.Parse(body)?.AsObject() ?? throw new PacketException($"the body is an object with {names}");
        return input.FirstOrDefault(field => !fields.Contains(field.Key)) is { Key: { } unknown }
            ? throw new PacketException($"'{unknown}' is unknown: the body has {names}")
            : input;
    }
}
