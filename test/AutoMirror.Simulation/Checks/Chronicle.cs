using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.State;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation.Checks;

/// <summary>What held when: every version of every resource, and of what was set.</summary>
internal sealed class Chronicle(Cloud cloud, Account account, Func<DateTimeOffset> now)
{
    private readonly Dictionary<string, List<(DateTimeOffset At, Resource? Value)>> _versions = [];
    private readonly Dictionary<string, Resource> _known = [];
    private readonly List<(DateTimeOffset At, Circumstances Value)> _circumstances = [];

    public Circumstances Current => _circumstances[^1].Value;

    /// <summary>Takes down what has changed.</summary>
    public void Note()
    {
        Note(cloud.Ec2.Instances.Table);
        Note(cloud.Ec2.NetworkInterfaces.Table);
        Note(cloud.Ec2.Networks.SubnetTable);
        Note(cloud.Ec2.Networks.VpcTable);
        var circumstances = Circumstances.Of(cloud, account.Setting);
        if (_circumstances.Count == 0 || !_circumstances[^1].Value.IsSame(circumstances))
            _circumstances.Add((now(), circumstances));
    }

    /// <summary>Takes down what became of a session.</summary>
    public void Note(string id, Resource? value)
    {
        if (!_versions.TryGetValue(id, out var versions))
            _versions[id] = versions = [];
        versions.Add((now(), value));
    }

    /// <summary>What a resource was at any time from then until now.</summary>
    public IEnumerable<T> Since<T>(string id, DateTimeOffset from)
        where T : Resource => _versions.TryGetValue(id, out var versions) ? Since(versions, from).OfType<T>() : [];

    /// <summary>Whether a resource has been there without a break since then.</summary>
    public bool WasThere(string id, DateTimeOffset from) =>
        _versions.TryGetValue(id, out var versions) && versions[0].At <= from && Since(versions, from).All(value => value is not null);

    /// <summary>What was set at any time from then until now.</summary>
    public IEnumerable<Circumstances> SettingsSince(DateTimeOffset from) => Since(_circumstances, from);

    private static IEnumerable<T> Since<T>(List<(DateTimeOffset At, T Value)> versions, DateTimeOffset from)
    {
        for (var index = versions.Count - 1; index >= 0; index--)
        {
            yield return versions[index].Value;
            if (versions[index].At <= from)
                yield break;
        }
    }

    private void Note<T>(Table<T> table)
        where T : Resource
    {
        foreach (var value in table.Current.Values)
        {
            if (_known.TryGetValue(value.Id, out var before) && ReferenceEquals(before, value))
                continue;
            _known[value.Id] = value;
            Note(value.Id, value);
        }
    }
}

/// <summary>What is set, and where the sensors are.</summary>
internal sealed record Circumstances(Setting Setting, IReadOnlySet<string> Targets, IReadOnlySet<string> SensorInterfaces, IReadOnlySet<string> SensorInstances)
{
    public static Circumstances Of(Cloud cloud, Setting setting)
    {
        var targets = cloud.Ec2.Targets.Table.Current.Values.ToList();
        var interfaces = targets.Select(target => target.NetworkInterfaceId).OfType<string>().ToHashSet();
        var instances = interfaces.Select(id => cloud.Ec2.NetworkInterfaces.Table.Find(id)?.Attachment?.InstanceId).OfType<string>().ToHashSet();
        return new(setting, targets.Select(target => target.Id).ToHashSet(), interfaces, instances);
    }

    public bool IsSame(Circumstances other) => ReferenceEquals(Setting, other.Setting) && Targets.SetEquals(other.Targets)
        && SensorInterfaces.SetEquals(other.SensorInterfaces) && SensorInstances.SetEquals(other.SensorInstances);
}

/// <summary>Everything that decides about one interface.</summary>
internal sealed record Facts(NetworkInterface Interface, Instance? Instance, Subnet? Subnet, Vpc? Vpc);
