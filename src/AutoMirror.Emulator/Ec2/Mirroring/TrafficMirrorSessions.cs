using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>Traffic mirror sessions, by the rules of the guide's pages on sessions, sources and quotas.</summary>
public sealed class TrafficMirrorSessions : ResourceKind<TrafficMirrorSession>
{
    /// <summary>"Valid values are 1-32766."</summary>
    private const int HighestSessionNumber = 32766;

    /// <summary>"Valid values are 1-8500", in bytes.</summary>
    private const int GreatestPacketLength = 8500;

    /// <summary>RFC 7348: the VXLAN network identifier has 24 bits.</summary>
    private const int HighestVirtualNetworkId = (1 << 24) - 1;

    private static readonly string[] RemovableFields = ["packet-length", "description", "virtual-network-id"];

    private readonly SourceCounts _sources = new();
    private readonly ForeignSessions _foreign = new();

    internal TrafficMirrorSessions(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2,
        new(
            new(
                cloud, "traffic-mirror-session", "tms",
                ("network-interface-id", session => [session.NetworkInterfaceId]),
                ("traffic-mirror-target-id", session => [session.TargetId]),
                ("traffic-mirror-filter-id", session => [session.FilterId]),
                ("virtual-network-id", session => [Notation.Number(session.VirtualNetworkId)])),
            FiltersOf(cloud), Ec2Errors.SessionNotFound))
    {
    }

    /// <summary>Creates a session. EC2's errors come in the order of the checks here.</summary>
    public TrafficMirrorSession Create(SessionRequest request)
    {
        using (Cloud.Enter())
        {
            CheckRanges(request);
            var source = request.NetworkInterfaceId ?? throw Ec2Errors.MissingParameter("NetworkInterfaceId");
            var target = Ec2.Targets.Get(request.TargetId ?? throw Ec2Errors.MissingParameter("TrafficMirrorTargetId"));
            var filter = Ec2.Filters.Get(request.FilterId ?? throw Ec2Errors.MissingParameter("TrafficMirrorFilterId"));
            var number = request.SessionNumber ?? throw Ec2Errors.MissingParameter("SessionNumber");
            var tags = TagRules.Checked(request.Tags);
            CheckSource(source);
            var others = Table.Where("network-interface-id", source);
            if (others.Exists(other => other.SessionNumber == number) || _foreign.Has(source, number))
                throw Ec2Errors.SessionNumberTaken(number, source);
            if (others.Count + _foreign.CountOn(source) >= Cloud.Options.Quotas.SessionsPerInterface)
                throw Ec2Errors.SessionsPerInterfaceLimitExceeded(source);
            CheckCapacity(target, source);
            if (Table.Count >= Cloud.Options.Quotas.SessionsPerAccount)
                throw Ec2Errors.SessionLimitExceeded();
            var session = new TrafficMirrorSession
            {
                Id = Cloud.Seeded.Id("tms"), NetworkInterfaceId = source, TargetId = target.Id, FilterId = filter.Id,
                SessionNumber = number,
                VirtualNetworkId = request.VirtualNetworkId ?? FreeVirtualNetworkId(),
                PacketLength = request.PacketLength ?? DefaultPacketLength(target),
                Description = request.Description, Tags = tags,
            };
            _sources.Add(session);
            return Table.Put(session);
        }
    }

    /// <summary>Puts a session of a recorded account.</summary>
    internal void Restore(TrafficMirrorSession session)
    {
        _sources.Add(session);
        Table.Put(session);
    }

    /// <summary>
    /// Changes a session. <paramref name="removeFields"/> sets fields back to their defaults: packet-length, description,
    /// virtual-network-id.
    /// </summary>
    public TrafficMirrorSession Modify(string id, SessionRequest request, params IReadOnlyList<string> removeFields)
    {
        using (Cloud.Enter())
        {
            CheckRanges(request);
            if (removeFields.FirstOrDefault(field => !RemovableFields.Contains(field)) is { } unknown)
                throw Ec2Errors.NotOneOf("RemoveField", unknown, RemovableFields);
            var before = Get(id);
            var target = Ec2.Targets.Get(request.TargetId ?? before.TargetId);
            var filter = Ec2.Filters.Get(request.FilterId ?? before.FilterId);
            var number = request.SessionNumber ?? before.SessionNumber;
            if (_foreign.Has(before.NetworkInterfaceId, number)
                || Table.Where("network-interface-id", before.NetworkInterfaceId)
                    .Exists(other => other.Id != id && other.SessionNumber == number))
            {
                throw Ec2Errors.SessionNumberTaken(number, before.NetworkInterfaceId);
            }

            if (target.Id != before.TargetId)
                CheckCapacity(target, before.NetworkInterfaceId);
            var keptLength = removeFields.Contains("packet-length") ? null : before.PacketLength;
            var after = before with
            {
                TargetId = target.Id,
                FilterId = filter.Id,
                SessionNumber = number,
                PacketLength = request.PacketLength ?? keptLength ?? DefaultPacketLength(target),
                VirtualNetworkId = request.VirtualNetworkId
                    ?? (removeFields.Contains("virtual-network-id") ? FreeVirtualNetworkId() : before.VirtualNetworkId),
                Description = request.Description ?? (removeFields.Contains("description") ? null : before.Description),
            };
            _sources.Remove(before);
            _sources.Add(after);
            return Table.Put(after);
        }
    }

    /// <summary>Deletes a session.</summary>
    public void Delete(string id)
    {
        using (Cloud.Enter())
            Drop(Get(id));
    }

    /// <summary>"When a source's interface is deleted, its sessions are deleted."</summary>
    internal void DropOf(string networkInterfaceId)
    {
        _foreign.DropOf(networkInterfaceId);
        Table.Where("network-interface-id", networkInterfaceId).ForEach(Drop);
    }

    /// <summary>A session of another account on an interface.</summary>
    internal void AddForeign(string networkInterfaceId, int number)
    {
        Ranges.Check("SessionNumber", number, 1, HighestSessionNumber);
        _foreign.Add(networkInterfaceId, number);
    }

    private void Drop(TrafficMirrorSession session)
    {
        _sources.Remove(session);
        Table.Remove(session.Id);
    }

    /// <summary>A source counts once on its target, however many sessions it has there.</summary>
    private void CheckCapacity(TrafficMirrorTarget target, string source)
    {
        var capacity = Ec2.Targets.CapacityOf(target);
        if (!_sources.Has(target.Id, source) && _sources.SourcesOf(target.Id) >= capacity)
            throw Ec2Errors.SourcesPerTargetLimitExceeded(capacity + 1);
    }

    private void CheckSource(string id)
    {
        var source = Ec2.NetworkInterfaces.Get(id);
        // "A network interface can't be used as a traffic mirror source if the same Elastic network interface is already in use in an
        // existing traffic mirror target." (Older editions say so only of the same session.)
        if (Ec2.Targets.Table.Current.IdsWhere("network-interface-id", id).Count > 0)
            throw Ec2Errors.SourceIsTarget(id);
        var isIpv6Only = Ec2.Networks.SubnetTable.Find(source.SubnetId) is { Ipv6Native: true };
        if (source.InterfaceType != "interface" || isIpv6Only || !IsAttachedToSupported(source))
            throw Ec2Errors.NetworkInterfaceNotSupported(id);
    }

    private bool IsAttachedToSupported(NetworkInterface source) => source switch
    {
        { Attachment: null or { Status: "detaching" } } => false,
        { RequesterManaged: true } => Cloud.Options.MirroredRequesters.Contains(source.RequesterId ?? ""),
        { Attachment.InstanceId: { } instanceId } when Ec2.Instances.Table.Find(instanceId) is { } instance =>
            Cloud.Options.CanBeMirrored(instance.Type) && (instance.Operator is null || Cloud.Options.ManagedCanBeMirrored),
        { Attachment.InstanceId: { } instanceId } when Ec2.SharedVpcs.TypeOf(instanceId) is { } type => Cloud.Options.CanBeMirrored(type),
        _ => false,
    };

    private static void CheckRanges(SessionRequest request)
    {
        Ranges.Check("SessionNumber", request.SessionNumber, 1, HighestSessionNumber);
        Ranges.Check("PacketLength", request.PacketLength, 1, GreatestPacketLength);
        Ranges.Check("VirtualNetworkId", request.VirtualNetworkId, 1, HighestVirtualNetworkId);
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
            var candidate = Cloud.Seeded.NetworkIds.Next(1, HighestVirtualNetworkId + 1);
            if (Table.Current.IdsWhere("virtual-network-id", Notation.Number(candidate)).Count == 0)
                return candidate;
        }
    }

    private static FilterCatalogue<TrafficMirrorSession> FiltersOf(Cloud cloud) => new FilterCatalogue<TrafficMirrorSession>()
        .With("description", session => session.Description)
        .With("network-interface-id", session => session.NetworkInterfaceId)
        .With("owner-id", _ => cloud.Options.AccountId)
        .With("packet-length", session => session.PacketLength)
        .With("session-number", session => session.SessionNumber)
        .With("traffic-mirror-filter-id", session => session.FilterId)
        .With("traffic-mirror-session-id", session => session.Id)
        .With("traffic-mirror-target-id", session => session.TargetId)
        .With("virtual-network-id", session => session.VirtualNetworkId);
}
