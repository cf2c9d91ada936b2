using AutoMirror.Core.Model;
using AutoMirror.Core.Observing;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>What EC2 holds. It keeps EC2's rules, answers only what a query asks, and records every call.</summary>
internal sealed partial class FakeEc2 : IEc2
{
    private readonly List<string> _log = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly Dictionary<string, (string Parameters, TrafficMirrorSession Session)> _tokens = [];
    private int _made;

    public FakeEc2(World world)
    {
        foreach (var instance in world.Instances.Values)
        {
            Instances[instance.Id] = instance with { NetworkInterfaces = [] };
            foreach (var each in instance.NetworkInterfaces)
                Interfaces[each.Id] = each;
        }

        foreach (var each in world.Standalone)
            Interfaces[each.Id] = each;
        foreach (var session in world.Sessions)
            Sessions[session.Id] = session;
        foreach (var target in world.Targets.Values)
        {
            if (target.Destination is TargetDestination.CaptureInterface { Id: var capture } && !Interfaces.ContainsKey(capture))
                AddSensorHost(target.Id, capture, world.CapturePoints.GetValueOrDefault(target.Id, CapturePoint.Unknown));
        }

        Targets = new(world.Targets);
        Filters = new(world.Filters);
        Filters.TryAdd(world.Filter, WorldText.AcceptingAll(world.Filter));
        SubnetTags = world.SubnetTags;
        VpcTags = world.VpcTags;
    }

    /// <summary>Another invocation's view of the same EC2.</summary>
    public FakeEc2(FakeEc2 same)
    {
        (Instances, Interfaces, Sessions, Targets, Filters) = (same.Instances, same.Interfaces, same.Sessions, same.Targets, same.Filters);
        SensorHosts = same.SensorHosts;
        (SubnetTags, VpcTags, Unsupported, Hidden, _tokens) = (same.SubnetTags, same.VpcTags, same.Unsupported, same.Hidden, same._tokens);
        NewIds = same.NewIds;
    }

    public SortedDictionary<Id<Instance>, Instance> Instances { get; } = [];

    /// <summary>The hosts of sensors: they show only to who asks for their capture
    /// interfaces, so that worlds need not speak of them.</summary>
    public SortedDictionary<Id<Instance>, Instance> SensorHosts { get; } = [];

    public SortedDictionary<Id<NetworkInterface>, NetworkInterface> Interfaces { get; } = [];

    public SortedDictionary<Id<TrafficMirrorSession>, TrafficMirrorSession> Sessions { get; } = [];

    public SortedDictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget> Targets { get; }

    public SortedDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> Filters { get; }

    public SortedDictionary<Id<Subnet>, Tags> SubnetTags { get; }

    public SortedDictionary<Id<Vpc>, Tags> VpcTags { get; }

    public List<VpcEndpoint> Endpoints { get; } = [];

    /// <summary>Interfaces that EC2 does not take as sources.</summary>
    public HashSet<Id<NetworkInterface>> Unsupported { get; } = [];

    /// <summary>Sessions that are there, and that no describe shows yet.</summary>
    public HashSet<Id<TrafficMirrorSession>> Hidden { get; } = [];

    /// <summary>Instances that are shown without interfaces, even those that say they are attached to them.</summary>
    public HashSet<Id<Instance>> HidesAttachments { get; } = [];

    /// <summary>What each action answers before it works again.</summary>
    public Dictionary<string, Queue<Refusal>> Refusals { get; } = [];

    /// <summary>What happens just before an action takes effect.</summary>
    public Func<string, Task>? Before { get; set; }

    public string NewIds { get; init; } = "tms-new";

    public IReadOnlyList<string> Log => _log;

    public IReadOnlyDictionary<string, int> Calls => _calls;

    public IEnumerable<string> Changes => _log.Where(call => !call.StartsWith("Describe", StringComparison.Ordinal));

    public Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(Query<Instance> query, CancellationToken cancellationToken) =>
        ReadAsync("DescribeInstances", query, Instances.Values.Select(WithInterfaces).Concat(
            query.Filter == "network-interface.network-interface-id" ? SensorHosts.Values : []), instance => query.Filter switch
        {
            "instance-id" => [instance.Id.Value],
            "network-interface.network-interface-id" => instance.NetworkInterfaces.Select(each => each.Id.Value),
            "network-interface.vpc-id" => instance.NetworkInterfaces.Select(each => each.VpcId?.Value),
            "network-interface.subnet-id" => instance.NetworkInterfaces.Select(each => each.SubnetId?.Value),
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    public Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(
        Query<NetworkInterface> query, CancellationToken cancellationToken) =>
        ReadAsync(
            "DescribeNetworkInterfaces", query, Interfaces.Values.Select(each => each with { Tags = each.Tags ?? Tags.None }),
            each => query.Filter switch
        {
            "network-interface-id" => [each.Id.Value],
            "attachment.instance-id" => [each.Attachment?.InstanceId?.Value],
            "vpc-id" => [each.VpcId?.Value],
            "subnet-id" => [each.SubnetId?.Value],
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    public Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(
        Query<TrafficMirrorSession> query, CancellationToken cancellationToken) =>
        ReadAsync("DescribeSessions", query, Sessions.Values.Where(session => !Hidden.Contains(session.Id)), session => query.Filter switch
        {
            "description" => [session.Description],
            "traffic-mirror-target-id" => [session.TargetId.Value],
            "traffic-mirror-session-id" => [session.Id.Value],
            "network-interface-id" => [session.NetworkInterfaceId.Value],
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    public Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken) =>
        ReadAsync("DescribeTargets", "", () => Targets.Values);

    public Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(
        IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken) =>
        ReadAsync("DescribeFilters", Listed(ids), () => Filters.Values.Where(filter => ids.Contains(filter.Id)));

    public Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(
        IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken) =>
        ReadAsync(
            "DescribeSubnets", Listed(ids),
            () => SubnetTags.Where(entry => ids.Contains(entry.Key)).Select(entry => new Subnet(entry.Key, entry.Value)));

    public Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken) =>
        ReadAsync(
            "DescribeVpcs", Listed(ids),
            () => VpcTags.Where(entry => ids.Contains(entry.Key)).Select(entry => new Vpc(entry.Key, entry.Value)));

    public Task<Answer<IReadOnlyList<VpcEndpoint>>> DescribeEndpointsAsync(
        IReadOnlyCollection<Id<VpcEndpoint>> ids, CancellationToken cancellationToken) =>
        ReadAsync("DescribeEndpoints", Listed(ids), () => Endpoints.Where(endpoint => ids.Contains(endpoint.Id)));

    public Task<Answer<TrafficMirrorSession>> CreateSessionAsync(
        SessionSettings settings, string clientToken, CancellationToken cancellationToken) =>
        DoAsync(
            "Create", $"{settings.NetworkInterfaceId} → {settings.TargetId} #{settings.SessionNumber}",
            () => Create(settings, clientToken));

    public Task<Refusal?> ModifySessionAsync(
        Id<TrafficMirrorSession> session, SessionDifference difference, CancellationToken cancellationToken) =>
        DoAsync("Modify", $"{session} {string.Join(' ', difference.ChangedFields)}", () => Modify(session, difference));

    public Task<Refusal?> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken) =>
        DoAsync("Tag", $"{session} {tags}", () => Tag(session, tags));

    public Task<Refusal?> UntagSessionAsync(
        Id<TrafficMirrorSession> session, IReadOnlyList<string> keys, CancellationToken cancellationToken) =>
        DoAsync("Untag", $"{session} {string.Join(' ', keys)}", () => Untag(session, keys));

    public Task<Refusal?> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken) =>
        DoAsync("Delete", $"{session}", () =>
        {
            Sessions.Remove(session);
            return null;
        });

    private void AddSensorHost(Id<TrafficMirrorTarget> target, Id<NetworkInterface> capture, CapturePoint point)
    {
        var id = point.InstanceId ?? Id<Instance>.Parse($"i-host{target.Value.Replace("-", "", StringComparison.Ordinal)}");
        SensorHosts[id] = new Instance
        {
            Id = id,
            State = point.State == CaptureState.Stopped ? InstanceState.Stopped : InstanceState.Running,
            InstanceType = point.InstanceType ?? "",
            NetworkInterfaces =
            [
                new NetworkInterface
                {
                    Id = capture, VpcId = point.VpcId, AvailabilityZone = point.AvailabilityZone,
                    Attachment = new Attachment(id, 0, AttachmentStatus.Attached),
                },
            ],
        };
    }

    private Instance WithInterfaces(Instance instance) => instance with
    {
        NetworkInterfaces = [
            .. Interfaces.Values.Where(each => each.Attachment?.InstanceId == instance.Id && !HidesAttachments.Contains(instance.Id))
                .Select(each => each with { Tags = null })],
    };

    private Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(
        string action, Query<T> query, IEnumerable<T> all, Func<T, IEnumerable<string?>> values) =>
        ReadAsync(
            action, Told(query),
            () => query.Filter is null ? all : all.Where(each => values(each).Any(value => query.Values.Contains(value))));

    private Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(string action, string what, Func<IEnumerable<T>> read) =>
        DoAsync(action, what, Answer<IReadOnlyList<T>> () => new Answer<IReadOnlyList<T>>.Given([.. read()]));

    private async Task<Refusal?> DoAsync(string action, string what, Func<Refusal?> act) =>
        (await DoAsync<bool>(action, what, () => act() is { } refusal ? new Answer<bool>.Refused(refusal) : new Answer<bool>.Given(true)))
            .TryGet(out _, out var refusal) ? null : refusal;

    private async Task<Answer<T>> DoAsync<T>(string action, string what, Func<Answer<T>> act)
    {
        _log.Add($"{action} {what}".TrimEnd());
        _calls[action] = _calls.GetValueOrDefault(action) + 1;
        if (Before is not null)
            await Before(action);
        return Refusals.TryGetValue(action, out var refusals) && refusals.TryDequeue(out var refusal)
            ? new Answer<T>.Refused(refusal)
            : act();
    }

    private static string Told<T>(Query<T> query) => string.Join(' ', query.Values.Order(StringComparer.Ordinal).Prepend(query.Filter switch
    {
        null => "all",
        "attachment.instance-id" => "of",
        "description" => "described",
        "traffic-mirror-session-id" => "with",
        "network-interface-id" when typeof(T) == typeof(TrafficMirrorSession) => "on",
        "traffic-mirror-target-id" => "to",
        "network-interface.network-interface-id" => "with",
        _ when query.Filter.EndsWith("vpc-id", StringComparison.Ordinal) || query.Filter.EndsWith("subnet-id", StringComparison.Ordinal) =>
            "in",
        _ => "",
    })).TrimStart();

    private static string Listed<T>(IEnumerable<T> ids) => string.Join(' ', ids.Order());
}
