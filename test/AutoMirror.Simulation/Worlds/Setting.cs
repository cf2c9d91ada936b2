using System.Text.Json.Nodes;

namespace AutoMirror.Simulation.Worlds;

/// <summary>What the operator has set, as the simulation understands it: the oracle reads this, AutoMirror reads the parameters.</summary>
internal sealed record Setting
{
    public string Mode { get; init; } = "sync";

    public IReadOnlyList<string> TagLevels { get; init; } = ["instance"];

    public string Untagged { get; init; } = "false";

    public bool PrimaryOnly { get; init; }

    public bool KeepOnStop { get; init; }

    public int SessionNumber { get; init; } = 1;

    public int? PacketLength { get; init; }

    public int? VirtualNetworkId { get; init; }

    public string? ExcludedType { get; init; }

    public bool ExcludesQuarantine { get; init; }

    public required string FilterId { get; init; }

    /// <summary>The targets of each sensor.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Sensors { get; init; }

    public string PolicyJson()
    {
        var exclude = new JsonObject();
        if (ExcludedType is { } type)
            exclude["instanceTypes"] = new JsonArray(type);
        if (ExcludesQuarantine)
            exclude["tags"] = new JsonObject { ["quarantine"] = new JsonArray("yes") };
        var policy = new JsonObject
        {
            ["mode"] = Mode,
            ["tagLevels"] = new JsonArray([.. TagLevels.Select(level => (JsonNode)level)]),
            ["untagged"] = Untagged,
            ["interfaces"] = PrimaryOnly ? "primary" : "all",
            ["onStop"] = KeepOnStop ? "keep" : "delete",
            ["sessionNumber"] = SessionNumber,
            ["limits"] = new JsonObject { ["deletes"] = 10_000, ["percent"] = 100, ["scopedDeletes"] = 10_000 },
        };
        if (exclude.Count > 0)
            policy["exclude"] = exclude;
        if (PacketLength is { } length)
            policy["packetLength"] = length;
        if (VirtualNetworkId is { } vni)
            policy["virtualNetworkId"] = vni;
        return policy.ToJsonString();
    }
}
