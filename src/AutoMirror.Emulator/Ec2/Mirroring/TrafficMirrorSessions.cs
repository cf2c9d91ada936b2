using System.Globalization;
using AutoMirror.Emulator.Ec2.Instances;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror sessions, the rules of the guide's pages on sessions, sources and quotas.</summary>
public sealed class TrafficMirrorSessions
{
    /// <summary>"Valid values are 1-32766."</summary>
    public const int HighestSessionNumber = 32766;

    /// <summary>"Valid values are 1-8500."</summary>
    public const int GreatestPacketLength = 8500;

    /// <summary>RFC 7348: the VXLAN network identifier has 24 bits.</summary>
    public const int HighestVirtualNetworkId = (1 << 24) - 1;

    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Describing<TrafficMirrorSession> _describing;
    private readonly Dictionary<string, Dictionary<string, int>> _sessionsBySource = [];

    internal TrafficMirrorSessions(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        Table = new(
            cloud, "traffic-mirror-session", "tms",
            ("network-interface-id", session => [session.NetworkInterfaceId]), ("traffic-mirror-target-id", session => [session.TargetId]),
            ("traffic-mirror-filter-id", session => [session.FilterId]),
                ("virtual-network-id", session => [Text(session.VirtualNetworkId)]));
        _describing = new(Table, FiltersOf(cloud), ids => Ec2Errors.SessionNotFound(ids[0])) { IdFilter = "traffic-mirror-session-id" };
    }

    internal Table<TrafficMirrorSession> Table { get; }

    /// <summary>Creates a session.</summary>
    public TrafficMirrorSession Create(SessionRequest request)
    {
        using (_cloud.Enter())
        {
            CheckRanges(request);
            var source = request.NetworkInterfaceId ?? throw Ec2Errors.MissingParameter("NetworkInterfaceId");
            var target = _ec2.Targets.Get(request.TargetId ?? throw Ec2Errors.MissingParameter("TrafficMirrorTargetId"));
            var filter = _ec2.Filters.Get(request.FilterId ?? throw Ec2Errors.MissingParameter("TrafficMirrorFilterId"));
            var number = request.SessionNumber ?? throw Ec2Errors.MissingParameter("SessionNumber");
            var tags = TagRules.Checked(request.Tags);
            CheckSource(source);
            var others = Table.Where("network-interface-id", source);
            if (others.Exists(other => other.SessionNumber == number))
                throw Ec2Errors.SessionNumberTaken(number, source);
            if (others.Count >= _cloud.Options.Quotas.SessionsPerInterface)
                throw Ec2Errors.SessionsPerInterfaceLimitExceeded(source);
            CheckCapacity(target, source);
            if (Table.Count >= _cloud.Options.Quotas.SessionsPerAccount)
                throw Ec2Errors.SessionLimitExceeded();
            return Put(null, new TrafficMirrorSession
            {
                Id = _cloud.Seeded.Id("tms"), NetworkInterfaceId = source, TargetId = target.Id, FilterId = filter.Id,
                SessionNumber = number,
                VirtualNetworkId = request.VirtualNetworkId ?? FreeVirtualNetworkId(),
                PacketLength = request.PacketLength ?? DefaultPacketLength(target),
                Description = request.Description, Tags = tags,
            });
        }
    }

    /// <summary>
    /// Changes a session. <paramref name="removeFields"/> sets fields back to their defaults: packet-length, description,
    /// virtual-network-id.
    /// </summary>
    public TrafficMirrorSession Modify(string id, SessionRequest request, params IReadOnlyList<string> removeFields)
    {
        using (_cloud.Enter())
        {
            CheckRanges(request);
            if (removeFields.FirstOrDefault(
                field => field is not ("packet-length" or "description" or "virtual-network-id")) is { } unknown)
            {
                throw Ec2Errors.NotOneOf("RemoveField", unknown, ["packet-length", "description", "virtual-network-id"]);
            }

            var session = Get(id);
            var target = _ec2.Targets.Get(request.TargetId ?? session.TargetId);
            var filter = _ec2.Filters.Get(request.FilterId ?? session.FilterId);
            var number = request.SessionNumber ?? session.SessionNumber;
            if (Table.Where("network-interface-id", session.NetworkInterfaceId)
                .Exists(other => other.Id != id && other.SessionNumber == number))
            {
                throw Ec2Errors.SessionNumberTaken(number, session.NetworkInterfaceId);
            }

            if (target.Id != session.TargetId)
            {
                CheckCapacity(target, session.NetworkInterfaceId);
            }

            return Put(session, session with
            {
                TargetId = target.Id,
                FilterId = filter.Id,
                SessionNumber = number,
                PacketLength = request.PacketLength
                    ?? (removeFields.Contains("packet-length") ? DefaultPacketLength(target) : session.PacketLength
                        ?? DefaultPacketLength(target)),
                VirtualNetworkId = request.VirtualNetworkId
                    ?? (removeFields.Contains("virtual-network-id") ? FreeVirtualNetworkId() : session.VirtualNetworkId),
                Description = request.Description ?? (removeFields.Contains("description") ? null : session.Description),
            });
        }
    }

    /// <summary>Deletes a session.</summary>
    public void Delete(string id)
    {
        using (_cloud.Enter())
            Drop(Get(id));
    }

    /// <summary>Describes sessions.</summary>
    public Page<TrafficMirrorSession> Describe(Query query)
    {
        using (_cloud.Enter())
            return _describing.Page(query);
    }

    /// <summary>"When a source's interface is deleted, its sessions are deleted."</summary>
    internal void DropOf(string networkInterfaceId) => Table.Where("network-interface-id", networkInterfaceId).ForEach(Drop);

    private TrafficMirrorSession Get(string id) => Table.Find(id) ?? throw Ec2Errors.SessionNotFound(id);

    private TrafficMirrorSession Put(TrafficMirrorSession? before, TrafficMirrorSession after)
    {
        if (before is not null)
            Count(before.TargetId, before.NetworkInterfaceId, -1);
        Count(after.TargetId, after.NetworkInterfaceId, 1);
        return Table.Put(after);
    }

    private void Drop(TrafficMirrorSession session)
    {
        Count(session.TargetId, session.NetworkInterfaceId, -1);
        Table.Remove(session.Id);
    }

    /// <summary>How many sessions each source has on each target, so that counting sources needs no scan.</summary>
    private void Count(string target, string source, int change)
    {
        if (!_sessionsBySource.TryGetValue(target, out var sources))
            _sessionsBySource[target] = sources = [];
        if ((sources[source] = sources.GetValueOrDefault(source) + change) == 0)
            sources.Remove(source);
    }

    private void CheckCapacity(TrafficMirrorTarget target, string source)
    {
        if (!_sessionsBySource.TryGetValue(target.Id, out var sources) || sources.ContainsKey(source))
            return;
        if (_ec2.Targets.CapacityOf(target) is var capacity && sources.Count >= capacity)
            throw Ec2Errors.SourcesPerTargetLimitExceeded(capacity + 1);
    }

    private void CheckSource(string id)
    {
        var source = _ec2.NetworkInterfaces.Table.Find(id) ?? throw Ec2Errors.NetworkInterfaceNotFound(id);
        // "A network interface can't be used as a traffic mirror source if the same Elastic network interface is already in use in an
        // existing traffic mirror target." (Older editions say so only of the same session.)
        if (_ec2.Targets.Table.Current.IdsWhere("network-interface-id", id).Count > 0)
            throw Ec2Errors.SourceIsTarget(id);
        var instance = source.Attachment is { Status: not "detaching" } attachment ? _ec2.Instances.Table.Find(attachment.InstanceId) : null;
        var ipv6Only = _ec2.Networks.SubnetTable.Find(source.SubnetId) is { Ipv6Native: true };
        // "You can only use requester-managed network interfaces created by Amazon RDS or Amazon ElastiCache": none of those are here.
        if (source.InterfaceType != "interface" || source.RequesterManaged || ipv6Only || instance is null || !CanBeSource(instance.Type))
            throw Ec2Errors.NetworkInterfaceNotSupported(id);
    }

    private bool CanBeSource(InstanceType type) => _cloud.Options.CanBeMirrored(type);

    private static void CheckRanges(SessionRequest request)
    {
        Check("SessionNumber", request.SessionNumber, HighestSessionNumber);
        Check("PacketLength", request.PacketLength, GreatestPacketLength);
        Check("VirtualNetworkId", request.VirtualNetworkId, HighestVirtualNetworkId);

        static void Check(string name, int? value, int most)
        {
            if (value is { } number && (number < 1 || number > most))
                throw Ec2Errors.OutOfRange(name, number, 1, most);
        }
    }

    /// <summary>
    /// "For sessions with Network Load Balancer (NLB) traffic mirror targets, the default PacketLength will be set to 8500."
    /// </summary>
    private static int? DefaultPacketLength(TrafficMirrorTarget target) =>
        target.NetworkLoadBalancerArn is null ? null : GreatestPacketLength;

    /// <summary>"If you do not specify a VirtualNetworkId, an account-wide unique ID is chosen at random."</summary>
    private int FreeVirtualNetworkId()
    {
        while (true)
        {
            if (_cloud.Seeded.NetworkIds.Next(1, HighestVirtualNetworkId + 1) is var candidate
                && Table.Current.IdsWhere("virtual-network-id", Text(candidate)).Count == 0)
            {
                return candidate;
            }
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static FilterCatalogue<TrafficMirrorSession> FiltersOf(Cloud cloud) => new FilterCatalogue<TrafficMirrorSession>()
        .With("description", session => session.Description)
        .With("network-interface-id", session => session.NetworkInterfaceId)
        .With("owner-id", _ => cloud.Options.AccountId)
        .With("packet-length", session => session.PacketLength?.ToString(CultureInfo.InvariantCulture))
        .With("session-number", session => Text(session.SessionNumber))
        .With("traffic-mirror-filter-id", session => session.FilterId)
        .With("traffic-mirror-session-id", session => session.Id)
        .With("traffic-mirror-target-id", session => session.TargetId)
        .With("virtual-network-id", session => Text(session.VirtualNetworkId));
}
