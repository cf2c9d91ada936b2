using AutoMirror.Emulator;
using AutoMirror.Simulation.Checks;

namespace AutoMirror.Simulation.Worlds;

/// <summary>Who looks after the policy and the sensors.</summary>
internal sealed class Operator(Cloud cloud, Account account)
{
    private static readonly string[] Levels = ["interface", "instance", "subnet", "vpc"];

    public string ChangePolicy(Random random)
    {
        var now = account.Setting;

        // What keeps the function from its work does not stay for long.
        var next = now.Mode != "sync" && random.Next(2) == 0 ? now with { Mode = "sync" } : random.Next(16) switch
        {
            0 => now with { TagLevels = [.. Levels.Where(level => level == "instance" || random.Next(2) == 0)] },
            1 => now with { Untagged = random.Next(2) == 0 ? "true" : "false" },
            2 => now with { PrimaryOnly = !now.PrimaryOnly },
            3 => now with { KeepOnStop = !now.KeepOnStop },
            4 => now with { SessionNumber = random.Next(1, 4) },
            5 => now with { PacketLength = random.Next(2) == 0 ? null : random.Next(100, 200) },
            6 => now with { VirtualNetworkId = random.Next(2) == 0 ? null : random.Next(100, 200) },
            7 => now with { ExcludedType = now.ExcludedType is null ? "m5.large" : null },
            8 => now with { ExcludesQuarantine = !now.ExcludesQuarantine },
            9 => now with { Mode = random.Next(4) switch { 0 => "create-only", 1 => "observe", 2 => "off", _ => "a slip" } },
            10 => now with { ExcludedSubnet = now.ExcludedSubnet is null ? account.Subnets[random.Next(account.Subnets.Count)].Id : null },
            11 => now with { ExcludesNodes = !now.ExcludesNodes },
            12 => now with { Standalone = !now.Standalone },
            13 => now with { SensorTags = !now.SensorTags },
            14 =>
                now with
                {
                    Findings = random.Next(3) == 0
                        ? null
                        : new FindingRule(random.Next(4, 9), random.Next(2) == 0 ? "default" : "ids", random.Next(1, 4)),
                },
            _ => now with { Limits = random.Next(3) == 0 ? null : new BlastRadius(random.Next(4), random.Next(60), random.Next(4)) },
        };
        account.Write(next);
        return next.PolicyJson();
    }

    public string ChangeFilter(Random random)
    {
        // Now and then a slip, or one that is not there.
        string[] filters = [.. account.Filters, .. account.Filters, "tmf-00000000000000000", "tmt-00000000000000000"];
        var filter = filters[random.Next(filters.Length)];
        account.Write(account.Setting with { FilterId = filter });
        return filter;
    }

    public string ChangeSensor(Random random)
    {
        var sensors = new SortedDictionary<string, IReadOnlyList<string>>(account.Setting.Sensors.ToDictionary());
        var sensor = random.Next(2) == 0 ? "default" : "ids";
        var pool = sensors.GetValueOrDefault(sensor, []);
        var known = cloud.Ec2.Targets.Table.Current.Values.Select(target => target.Id)
            .Where(id => id != account.ForeignTarget && !pool.Contains(id)).ToList();
        var kind = random.Next(6);
        if (kind == 0)
            sensors.Remove(sensor);
        else if (kind == 1)
            sensors[sensor] = [];
        else if (kind < 4 && known.Count > 0)
            sensors[sensor] = [.. pool, known[random.Next(known.Count)]];
        else if (pool.Count > 1)
            sensors[sensor] = [.. pool.Skip(1)];
        account.Write(account.Setting with { Sensors = sensors });
        return $"{sensor} is {(sensors.TryGetValue(sensor, out var now) ? $"[{string.Join(", ", now)}]" : "gone")}";
    }

    public string AddTarget(Random random)
    {
        var target = account.NewTarget(random);
        var sensors = new SortedDictionary<string, IReadOnlyList<string>>(account.Setting.Sensors.ToDictionary());
        sensors["default"] = [.. sensors.GetValueOrDefault("default", []), target];
        account.Write(account.Setting with { Sensors = sensors });
        return $"{target} joins default";
    }

    /// <summary>A target joins a sensor by its tag, or leaves it.</summary>
    public string TagTarget(Random random)
    {
        if (
            Owners.Any(
                cloud.Ec2.Targets.Table.Current.Values.Where(target => target.Id != account.ForeignTarget), random) is not { } target)
        {
            return "none there";
        }

        if (random.Next(3) == 0)
        {
            cloud.Ec2.Tags.Delete([target.Id], [(Circumstances.SensorKey, null)]);
            return $"{target.Id} loses its tag";
        }

        string[] names = ["default", "ids", "tagged"];
        var name = names[random.Next(names.Length)];
        cloud.Ec2.Tags.Create([target.Id], new Dictionary<string, string> { [Circumstances.SensorKey] = name });
        return $"{target.Id} joins {name}";
    }

    public string DeleteTarget(Random random)
    {
        if (
            Owners.Any(
                cloud.Ec2.Targets.Table.Current.Values.Where(target => target.Id != account.ForeignTarget), random) is not { } target)
        {
            return "none there";
        }

        cloud.Ec2.Targets.Delete(target.Id);
        return target.Id;
    }
}
