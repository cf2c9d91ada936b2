using AutoMirror.Emulator;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;
using AutoMirror.Simulation.Worlds;

namespace AutoMirror.Simulation.Checks;

/// <summary>What held when: every version of every resource, and of what was set.</summary>
internal sealed class Chronicle(Cloud cloud, Account account, Func<DateTimeOffset> now)
{
    private readonly Dictionary<string, Timeline<Resource?>> _versions = [];
    private readonly Dictionary<string, Resource> _known = [];
    private readonly Timeline<Circumstances> _circumstances = new();

    public Circumstances Current => _circumstances.Last!;

    /// <summary>Takes down what has changed.</summary>
    public void Note()
    {
        Note(cloud.Ec2.Instances.Table);
        Note(cloud.Ec2.NetworkInterfaces.Table);
        Note(cloud.Ec2.Networks.SubnetTable);
        Note(cloud.Ec2.Networks.VpcTable);
        var circumstances = Circumstances.Of(cloud, account.Setting);
        if (_circumstances.Last?.IsSame(circumstances) != true)
            _circumstances.Note(now(), circumstances);
    }

    /// <summary>Takes down what became of a session.</summary>
    public void Note(string id, Resource? value)
    {
        if (!_versions.TryGetValue(id, out var versions))
            _versions[id] = versions = new();
        versions.Note(now(), value);
    }

    /// <summary>What a resource was at any time from then until now.</summary>
    public IEnumerable<T> Since<T>(string id, DateTimeOffset from)
        where T : Resource => _versions.TryGetValue(id, out var versions) ? versions.Since(from).OfType<T>() : [];

    /// <summary>Whether a resource has been there without a break since then.</summary>
    public bool WasThere(string id, DateTimeOffset from) =>
        _versions.TryGetValue(id, out var versions) && versions.Begin <= from && versions.Since(from).All(value => value is not null);

    /// <summary>What was set at any time from then until now.</summary>
    public IEnumerable<Circumstances> SettingsSince(DateTimeOffset from) => _circumstances.Since(from);

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

/// <summary>Everything that decides about one interface.</summary>
internal sealed record Facts(NetworkInterface Interface, Instance? Instance, Subnet? Subnet, Vpc? Vpc);
