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

    public string? ExcludedSubnet { get; init; }

    public bool ExcludesNodes { get; init; }

    public bool Standalone { get; init; }

    /// <summary>Whether a target's own tag makes it join a sensor.</summary>
    public bool SensorTags { get; init; }

    /// <summary>What a security finding leads to; null for nothing.</summary>
    public FindingRule? Findings { get; init; }

    /// <summary>The blast radius; null for one that nothing reaches.</summary>
    public BlastRadius? Limits { get; init; }

    public required string FilterId { get; init; }

    /// <summary>The targets of each sensor.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Sensors { get; init; }

    /// <summary>Whether the function may make and modify sessions; with a slip in a parameter it does nothing at all.</summary>
    public bool LetsCreate => Mode is "sync" or "create-only" && FilterId.StartsWith("tmf-", StringComparison.Ordinal);

    /// <summary>Whether it may delete sessions too.</summary>
    public bool LetsDelete => LetsCreate && Mode == "sync";

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
            ["standaloneInterfaces"] = Standalone,
            ["sensorTags"] = SensorTags,
            ["limits"] = (Limits ?? BlastRadius.Wide).ToJson(),
        };

        // Where all are mirrored, the policy has to say how sensors behind load balancers are kept out.
        var sensors = new JsonObject();
        foreach (var name in Sensors.Keys.Concat(["default", "ids", "tagged"]).Distinct())
            sensors[name] = new JsonObject { ["hosts"] = "tagged" };
        policy["sensors"] = sensors;
        if (ExcludedSubnet is { } subnet)
            exclude["subnets"] = new JsonArray(subnet);
        if (ExcludesNodes)
            exclude["kubernetesNodes"] = true;
        if (exclude.Count > 0)
            policy["exclude"] = exclude;
        if (PacketLength is { } length)
            policy["packetLength"] = length;
        if (VirtualNetworkId is { } vni)
            policy["virtualNetworkId"] = vni;
        if (Findings is { } rule)
            policy["guardDuty"] = new JsonObject { ["severity"] = rule.Severity, ["sensor"] = rule.Sensor, ["hours"] = rule.Hours };
        return policy.ToJsonString();
    }
}

/// <summary>A finding of this severity or more mirrors its instance for some hours.</summary>
internal sealed record FindingRule(int Severity, string Sensor, int Hours);

/// <summary>How many deletes and moves that tags or the setting cause are let through at once.</summary>
internal sealed record BlastRadius(int Deletes, int Percent, int Scoped)
{
    public static BlastRadius Wide { get; } = new(10_000, 100, 10_000);

    public JsonObject ToJson() => new() { ["deletes"] = Deletes, ["percent"] = Percent, ["scopedDeletes"] = Scoped };

    /// <summary>The most that one plan may do while so many sessions are ours.</summary>
    public int Most(int owned) => Math.Max(Scoped, Math.Max(Deletes, Percent * owned / 100));
}
