using System.Collections.Immutable;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation.Checks;

/// <summary>What shall become of an interface.</summary>
internal abstract record Demand
{
    private Demand()
    {
    }

    /// <summary>One session to this sensor.</summary>
    public sealed record Mirror(string Sensor) : Demand;

    /// <summary>What is there stays; nothing new is made.</summary>
    public sealed record Leave : Demand;

    /// <summary>No session of ours.</summary>
    /// <param name="BySource">Whether the source itself has stopped, ended or been detached. Then no limit counts.</param>
    public sealed record Remove(bool BySource) : Demand;
}

/// <summary>What security findings say of an instance.</summary>
internal enum Found
{
    /// <summary>Nothing.</summary>
    Never,

    /// <summary>Something, whose time is over.</summary>
    Before,

    /// <summary>Something that holds.</summary>
    Now,
}

/// <summary>What the owners' tags and the operator's setting ask for, by the contract in the
/// documentation: written apart from Core, so that a wrong belief shows.</summary>
internal static class Oracle
{
    private static readonly string[] Yes = ["", "true", "yes", "on", "1"];
    private static readonly string[] No = ["false", "no", "off", "0"];

    /// <param name="facts">The interface, and what it is in.</param>
    /// <param name="now">What is set.</param>
    /// <param name="found">What security findings say of its instance.</param>
    public static Demand Of(Facts facts, Circumstances now, Found found)
    {
        var (setting, networkInterface, instance) = (now.Setting, facts.Interface, facts.Instance);
        var isAttached = networkInterface.Attachment is not null && instance is not null;
        var isLeaving = isAttached && instance!.State is InstanceState.Stopping or InstanceState.ShuttingDown;

        // Whatever its tags say, a host's last packets are still mirrored.
        if (isLeaving && !now.SensorInterfaces.Contains(networkInterface.Id))
            return new Demand.Leave();
        if (!isAttached || IsSensor(networkInterface, now) || IsExcluded(facts, setting)
            || (IsExcludedByTag(facts, setting) && !(found == Found.Now && setting.Findings is not null)))
        {
            return isLeaving ? new Demand.Leave() : Remove(facts, setting);
        }

        var value = Levels(facts, setting).Select(tags => tags.GetValueOrDefault("Mirror")).FirstOrDefault(tag => tag is not null)
            ?? setting.Untagged;
        var isFound = found == Found.Now && setting.Findings is not null;
        var isNo = No.Contains(value, StringComparer.OrdinalIgnoreCase);
        if (isNo && !isFound)
            return Remove(facts, setting);
        if (isFound && (isNo || IsExcludedByTag(facts, setting) || !now.PoolOf(SensorOf(value)).Any()))
            value = setting.Findings!.Sensor;

        if (instance!.State == InstanceState.Stopped)
            return setting.KeepOnStop ? new Demand.Leave() : Remove(facts, setting);
        if (instance.State == InstanceState.Terminated)
            return Remove(facts, setting);
        if (networkInterface.Attachment!.Status == "detaching")
            return new Demand.Leave();
        var sensor = SensorOf(value);
        return now.PoolOf(sensor).Any() ? new Demand.Mirror(sensor) : new Demand.Leave();
    }

    private static string SensorOf(string value) => Yes.Contains(value, StringComparer.OrdinalIgnoreCase) ? "default" : value;

    private static Demand.Remove Remove(Facts facts, Setting setting) =>
        new(BySource: facts.Interface.Attachment is null || facts.Instance is null or { State: InstanceState.Terminated }
        || (facts.Instance.State == InstanceState.Stopped && !setting.KeepOnStop));

    private static bool IsSensor(NetworkInterface networkInterface, Circumstances now) =>
        now.SensorInterfaces.Contains(networkInterface.Id)
            || (networkInterface.Attachment?.InstanceId is { } instanceId && now.SensorInstances.Contains(instanceId));

    private static bool IsExcluded(Facts facts, Setting setting) =>
        (setting.PrimaryOnly && facts.Interface.Attachment!.DeviceIndex != 0)
        || (setting.ExcludedSubnet is { } subnet && facts.Interface.SubnetId == subnet)
        || (setting.ExcludedType is { } type && facts.Instance!.Type.Name == type);

    private static bool IsExcludedByTag(Facts facts, Setting setting) =>
        (setting.ExcludesNodes && facts.Instance!.Tags.ContainsKey("eks:cluster-name"))
        || (
            setting.ExcludesQuarantine
                && Levels(facts, setting).Append(facts.Instance!.Tags).Any(tags => tags.GetValueOrDefault("quarantine") == "yes"));

    private static IEnumerable<ImmutableSortedDictionary<string, string>> Levels(Facts facts, Setting setting)
    {
        if (setting.TagLevels.Contains("interface"))
            yield return facts.Interface.Tags;
        if (setting.TagLevels.Contains("instance") && facts.Instance is { } instance)
            yield return instance.Tags;
        if (setting.TagLevels.Contains("subnet") && facts.Subnet is { } subnet)
            yield return subnet.Tags;
        if (setting.TagLevels.Contains("vpc") && facts.Vpc is { } vpc)
            yield return vpc.Tags;
    }
}
