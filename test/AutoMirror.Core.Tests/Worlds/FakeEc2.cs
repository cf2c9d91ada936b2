using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>What EC2 holds. It keeps EC2's rules, answers only what a query asks, and records every call.</summary>
internal sealed class FakeEc2 : IEc2
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
        Targets = new(world.Targets);
        Filters = new(world.Filters);
        Filters.TryAdd(world.Filter, new TrafficMirrorFilter(world.Filter, [], false));
        SubnetTags = world.SubnetTags;
        VpcTags = world.VpcTags;
    }

    /// <summary>Another invocation's view of the same EC2.</summary>
    public FakeEc2(FakeEc2 same)
    {
        (Instances, Interfaces, Sessions, Targets, Filters) = (same.Instances, same.Interfaces, same.Sessions, same.Targets, same.Filters);
        (SubnetTags, VpcTags, Unsupported, Hidden, _tokens) = (same.SubnetTags, same.VpcTags, same.Unsupported, same.Hidden, same._tokens);
        NewIds = same.NewIds;
    }

    public SortedDictionary<Id<Instance>, Instance> Instances { get; } = [];

    public SortedDictionary<Id<NetworkInterface>, NetworkInterface> Interfaces { get; } = [];

    public SortedDictionary<Id<TrafficMirrorSession>, TrafficMirrorSession> Sessions { get; } = [];

    public SortedDictionary<Id<TrafficMirrorTarget>, TrafficMirrorTarget> Targets { get; }

    public SortedDictionary<Id<TrafficMirrorFilter>, TrafficMirrorFilter> Filters { get; }

    public SortedDictionary<Id<Subnet>, Tags> SubnetTags { get; }

    public SortedDictionary<Id<Vpc>, Tags> VpcTags { get; }

    /// <summary>Interfaces that EC2 does not take as sources.</summary>
    public HashSet<Id<NetworkInterface>> Unsupported { get; } = [];

    /// <summary>Sessions that are there, and that no describe shows yet.</summary>
    public HashSet<Id<TrafficMirrorSession>> Hidden { get; } = [];

    /// <summary>What each action answers before it works again.</summary>
    public Dictionary<string, Queue<Refusal>> Refusals { get; } = [];

    /// <summary>What happens just before an action takes effect.</summary>
    public Func<string, Task>? Before { get; set; }

    public string NewIds { get; init; } = "tms-new";

    public IReadOnlyList<string> Log => _log;

    public IReadOnlyDictionary<string, int> Calls => _calls;

    public IEnumerable<string> Changes => _log.Where(call => !call.StartsWith("Describe", StringComparison.Ordinal));

    public Task<Answer<IReadOnlyList<Instance>>> DescribeInstancesAsync(Query<Instance> query, CancellationToken cancellationToken) =>
        ReadAsync("DescribeInstances", query, Instances.Values.Select(WithInterfaces), instance => query.Filter switch
        {
            "instance-id" => [instance.Id.Value],
            "network-interface.vpc-id" => instance.NetworkInterfaces.Select(each => each.VpcId?.Value),
            "network-interface.subnet-id" => instance.NetworkInterfaces.Select(each => each.SubnetId?.Value),
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    public Task<Answer<IReadOnlyList<NetworkInterface>>> DescribeNetworkInterfacesAsync(Query<NetworkInterface> query, CancellationToken cancellationToken) =>
        ReadAsync("DescribeNetworkInterfaces", query, Interfaces.Values.Select(each => each with { Tags = each.Tags ?? Tags.None }), each => query.Filter switch
        {
            "network-interface-id" => [each.Id.Value],
            "attachment.instance-id" => [each.Attachment?.InstanceId?.Value],
            "vpc-id" => [each.VpcId?.Value],
            "subnet-id" => [each.SubnetId?.Value],
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    public Task<Answer<IReadOnlyList<TrafficMirrorSession>>> DescribeSessionsAsync(Query<TrafficMirrorSession> query, CancellationToken cancellationToken) =>
        ReadAsync("DescribeSessions", query, Sessions.Values.Where(session => !Hidden.Contains(session.Id)), session => query.Filter switch
        {
            "description" => [session.Description],
            "traffic-mirror-session-id" => [session.Id.Value],
            "network-interface-id" => [session.NetworkInterfaceId.Value],
            _ => throw new System.Diagnostics.UnreachableException(),
        });

    public Task<Answer<IReadOnlyList<TrafficMirrorTarget>>> DescribeTargetsAsync(CancellationToken cancellationToken) =>
        ReadAsync("DescribeTargets", "", () => Targets.Values);

    public Task<Answer<IReadOnlyList<TrafficMirrorFilter>>> DescribeFiltersAsync(IReadOnlyCollection<Id<TrafficMirrorFilter>> ids, CancellationToken cancellationToken) =>
        ReadAsync("DescribeFilters", Listed(ids), () => Filters.Values.Where(filter => ids.Contains(filter.Id)));

    public Task<Answer<IReadOnlyList<Subnet>>> DescribeSubnetsAsync(IReadOnlyCollection<Id<Subnet>> ids, CancellationToken cancellationToken) =>
        ReadAsync("DescribeSubnets", Listed(ids), () => SubnetTags.Where(entry => ids.Contains(entry.Key)).Select(entry => new Subnet(entry.Key, entry.Value)));

    public Task<Answer<IReadOnlyList<Vpc>>> DescribeVpcsAsync(IReadOnlyCollection<Id<Vpc>> ids, CancellationToken cancellationToken) =>
        ReadAsync("DescribeVpcs", Listed(ids), () => VpcTags.Where(entry => ids.Contains(entry.Key)).Select(entry => new Vpc(entry.Key, entry.Value)));

    public Task<Answer<TrafficMirrorSession>> CreateSessionAsync(SessionSettings settings, string clientToken, CancellationToken cancellationToken) =>
        DoAsync("Create", $"{settings.NetworkInterfaceId} → {settings.TargetId} #{settings.SessionNumber}", () => Create(settings, clientToken));

    public Task<Refusal?> ModifySessionAsync(Id<TrafficMirrorSession> session, SessionDifference difference, CancellationToken cancellationToken) =>
        DoAsync("Modify", $"{session} {string.Join(' ', difference.ChangedFields)}", () => Modify(session, difference));

    public Task<Refusal?> TagSessionAsync(Id<TrafficMirrorSession> session, Tags tags, CancellationToken cancellationToken) =>
        DoAsync("Tag", $"{session} {tags}", () => Tag(session, tags));

    public Task<Refusal?> UntagSessionAsync(Id<TrafficMirrorSession> session, string key, CancellationToken cancellationToken) =>
        DoAsync("Untag", $"{session} {key}", () => Untag(session, key));

    public Task<Refusal?> DeleteSessionAsync(Id<TrafficMirrorSession> session, CancellationToken cancellationToken) =>
        DoAsync("Delete", $"{session}", () =>
        {
            Sessions.Remove(session);
            return null;
        });

    public Answer<TrafficMirrorSession> Create(SessionSettings settings, string clientToken)
    {
        var parameters = settings.ToString();
        if (_tokens.TryGetValue(clientToken, out var before))
        {
            return before.Parameters == parameters
                ? new Answer<TrafficMirrorSession>.Given(before.Session)
                : Refused<TrafficMirrorSession>(RefusalKind.TokenReused, "IdempotentParameterMismatch");
        }

        if (WhyNot(settings.NetworkInterfaceId, settings.TargetId, settings.FilterId, settings.SessionNumber, null) is { } why)
            return new Answer<TrafficMirrorSession>.Refused(why);
        var id = Id<TrafficMirrorSession>.Parse($"{NewIds}{++_made}");
        var session = new TrafficMirrorSession
        {
            Id = id,
            NetworkInterfaceId = settings.NetworkInterfaceId,
            TargetId = settings.TargetId,
            FilterId = settings.FilterId,
            SessionNumber = settings.SessionNumber,
            PacketLength = settings.PacketLength,
            VirtualNetworkId = settings.VirtualNetworkId ?? VirtualNetworkId.TryFrom(1000 + _made),
            Description = settings.Description,
            Tags = settings.Tags,
        };
        Sessions[id] = session;
        _tokens[clientToken] = (parameters, session);
        return new Answer<TrafficMirrorSession>.Given(session);
    }

    public Refusal? Modify(Id<TrafficMirrorSession> id, SessionDifference difference)
    {
        if (!Sessions.TryGetValue(id, out var session))
            return new Refusal(RefusalKind.SessionGone, "InvalidTrafficMirrorSessionId.NotFound", id.Value);
        var changed = session with
        {
            TargetId = difference.TargetId ?? session.TargetId,
            FilterId = difference.FilterId ?? session.FilterId,
            SessionNumber = difference.SessionNumber ?? session.SessionNumber,
            PacketLength = difference.RemovePacketLength ? null : difference.PacketLength ?? session.PacketLength,
            VirtualNetworkId = difference.VirtualNetworkId ?? session.VirtualNetworkId,
            Description = difference.Description ?? session.Description,
        };
        if (WhyNot(changed.NetworkInterfaceId, changed.TargetId, changed.FilterId, changed.SessionNumber, session) is { } why)
            return why;
        Sessions[id] = changed;
        return null;
    }

    public Refusal? Tag(Id<TrafficMirrorSession> id, Tags tags)
    {
        if (!Sessions.TryGetValue(id, out var session))
            return new Refusal(RefusalKind.SessionGone, "InvalidID", id.Value);
        Sessions[id] = session with { Tags = new Tags(session.Tags.Pairs.Concat(tags.Pairs)) };
        return null;
    }

    public Refusal? Untag(Id<TrafficMirrorSession> id, string key)
    {
        if (!Sessions.TryGetValue(id, out var session))
            return new Refusal(RefusalKind.SessionGone, "InvalidID", id.Value);
        Sessions[id] = session with { Tags = new Tags(session.Tags.Pairs.Where(pair => pair.Key != key)) };
        return null;
    }

    /// <summary>Carries a plan out, as EC2 would let it; what EC2 refuses.</summary>
    public IReadOnlyList<Refusal> Apply(Plan plan, string delivery)
    {
        var refused = new List<Refusal>();
        foreach (var change in plan.Changes)
        {
            switch (change)
            {
                case Change.Create create when Create(create.Settings, $"{delivery} {create.NetworkInterfaceId}") is Answer<TrafficMirrorSession>.Refused { Refusal: var why }:
                    refused.Add(why);
                    break;
                case Change.Modify modify when modify.Difference.ChangesSettings && Modify(modify.Session.Id, modify.Difference) is { } why:
                    refused.Add(why);
                    break;
                case Change.Modify modify:
                    Tag(modify.Session.Id, modify.Difference.Tags);
                    break;
                case Change.Delete delete:
                    Sessions.Remove(delete.Session.Id);
                    break;
            }
        }

        return refused;
    }

    private Refusal? WhyNot(
        Id<NetworkInterface> source, Id<TrafficMirrorTarget> target, Id<TrafficMirrorFilter> filter, SessionNumber number, TrafficMirrorSession? itself)
    {
        if (!Interfaces.TryGetValue(source, out var networkInterface))
            return new(RefusalKind.SourceGone, "InvalidNetworkInterface.NotFound", source.Value);
        if (itself is null && (Unsupported.Contains(source) || networkInterface.Attachment is not { Status: AttachmentStatus.Attached or AttachmentStatus.Attaching }))
            return new(RefusalKind.SourceNotSupported, "NetworkInterfaceNotSupported", $"{source} must be attached to a supported instance");
        if (itself?.TargetId != target && !Targets.ContainsKey(target))
            return new(RefusalKind.ConfiguredGone, "InvalidTrafficMirrorTargetId.NotFound", target.Value);
        if (itself?.FilterId != filter && !Filters.ContainsKey(filter))
            return new(RefusalKind.ConfiguredGone, "InvalidTrafficMirrorFilterId.NotFound", filter.Value);

        var others = Sessions.Values.Where(session => session.NetworkInterfaceId == source && session.Id != itself?.Id).ToList();
        if (others.Any(session => session.SessionNumber == number))
            return new(RefusalKind.SessionNumberTaken, "InvalidParameterValue", $"session number {number} is already being used");
        if (others.Count >= Quotas.SessionsPerInterface)
            return new(RefusalKind.SessionsPerInterface, "TrafficMirrorSessionsPerInterfaceLimitExceeded", source.Value);
        if (itself?.TargetId != target && TargetCapacity.Of(Targets[target].Destination) is { } capacity
            && Sessions.Values.Where(session => session.TargetId == target && session.NetworkInterfaceId != source).Select(session => session.NetworkInterfaceId).Distinct().Count() >= capacity)
        {
            return new(RefusalKind.TargetFull, "TrafficMirrorSourcesPerTargetLimitExceeded", target.Value);
        }

        return null;
    }

    private static Answer<T>.Refused Refused<T>(RefusalKind kind, string code) => new(new Refusal(kind, code, "no"));

    private Instance WithInterfaces(Instance instance) => instance with
    {
        NetworkInterfaces = [.. Interfaces.Values.Where(each => each.Attachment?.InstanceId == instance.Id).Select(each => each with { Tags = null })],
    };

    private Task<Answer<IReadOnlyList<T>>> ReadAsync<T>(string action, Query<T> query, IEnumerable<T> all, Func<T, IEnumerable<string?>> values) =>
        ReadAsync(action, Told(query), () => query.Filter is null ? all : all.Where(each => values(each).Any(value => query.Values.Contains(value))));

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
        return Refusals.TryGetValue(action, out var refusals) && refusals.TryDequeue(out var refusal) ? new Answer<T>.Refused(refusal) : act();
    }

    private static string Told<T>(Query<T> query) => string.Join(' ', query.Values.Order(StringComparer.Ordinal).Prepend(query.Filter switch
    {
        null => "all",
        "attachment.instance-id" => "of",
        "description" => "described",
        "traffic-mirror-session-id" => "with",
        "network-interface-id" when typeof(T) == typeof(TrafficMirrorSession) => "on",
        _ when query.Filter.EndsWith("vpc-id", StringComparison.Ordinal) || query.Filter.EndsWith("subnet-id", StringComparison.Ordinal) => "in",
        _ => "",
    })).TrimStart();

    private static string Listed<T>(IEnumerable<T> ids) => string.Join(' ', ids.Order());
}
