using AutoMirror.Core.Model;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Observing;

/// <summary>What EC2 has answered so far in one survey, merged into one picture.</summary>
/// <remarks>Several reads are under way at once, and their answers come one by one: <see cref="NoteAsync"/> is the only way in.</remarks>
internal sealed class Sightings
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Id<NetworkInterface>, Id<Instance>> _lastSeenOn = [];
    private readonly List<Gap> _gaps = [];

    public Dictionary<Id<Instance>, Instance> Instances { get; } = [];

    /// <summary>Interfaces that were read by themselves, with their own tags.</summary>
    public Dictionary<Id<NetworkInterface>, NetworkInterface> Interfaces { get; } = [];

    public Dictionary<Id<TrafficMirrorSession>, TrafficMirrorSession> Sessions { get; } = [];
    public Dictionary<Id<Subnet>, Tags> SubnetTags { get; } = [];
    public Dictionary<Id<Vpc>, Tags> VpcTags { get; } = [];
    public IReadOnlyList<Gap> Gaps => _gaps;

    /// <summary>The interfaces that instances were seen to have.</summary>
    public IEnumerable<NetworkInterface> Attached => Instances.Values.SelectMany(instance => instance.NetworkInterfaces);

    /// <summary>Whether an instance was seen to have an interface.</summary>
    public bool IsAttached(Id<NetworkInterface> id) => _lastSeenOn.ContainsKey(id);

    public void Note(Instance instance)
    {
        // What it had when it was read before, and has no more, was seen on nothing since.
        foreach (
            var each in Instances.GetValueOrDefault(instance.Id)?.NetworkInterfaces.Where(each => _lastSeenOn[each.Id] == instance.Id)
                ?? [])
        {
            _lastSeenOn.Remove(each.Id);
        }

        Instances[instance.Id] = instance;
        foreach (var each in instance.NetworkInterfaces)
            _lastSeenOn[each.Id] = instance.Id;
    }

    /// <summary>Notes everything that an answer gives, or that there is a gap.</summary>
    public async Task NoteAsync<T>(string action, Task<Answer<IReadOnlyList<T>>> reading, Action<T> note)
    {
        var answer = await reading;
        lock (_gate)
        {
            if (answer.TryGet(out var values, out var refusal))
                values.ToList().ForEach(note);
            else
                _gaps.Add(new Gap(action, refusal));
        }
    }

    /// <summary>The instances, each interface on the instance on which it was seen last:
    /// one that moved between two reads was seen on both.</summary>
    /// <param name="withOwnTags">Whether interfaces get the tags with which they were read by themselves.</param>
    public IReadOnlyList<Instance> InstancesWithInterfaces(bool withOwnTags) =>
        [.. Instances.Values.OrderBy(instance => instance.Id).Select(instance => WithInterfaces(instance, withOwnTags))];

    private Instance WithInterfaces(Instance instance, bool withOwnTags) =>
        !withOwnTags && instance.NetworkInterfaces.All(each => IsLastSeenOn(instance, each)) ? instance : instance with
        {
            NetworkInterfaces =
            [
                .. instance.NetworkInterfaces.Where(each => IsLastSeenOn(instance, each))
                    .Select(each => withOwnTags && Interfaces.TryGetValue(each.Id, out var own) ? each with { Tags = own.Tags } : each),
            ],
        };

    private bool IsLastSeenOn(Instance instance, NetworkInterface each) =>
        _lastSeenOn.TryGetValue(each.Id, out var holder) && holder == instance.Id;
}
