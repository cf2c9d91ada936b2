using AutoMirror.Core.Facts;
using AutoMirror.Core.Model;
using AutoMirror.Core.Planning;
using AutoMirror.Core.Ports;

namespace AutoMirror.Core.Tests.Worlds;

/// <summary>What EC2 does to a session, or why it refuses to.</summary>
internal sealed partial class FakeEc2
{
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
            VirtualNetworkId = difference.RemoveVirtualNetworkId
                ? VirtualNetworkId.TryFrom(500_000 + ++_made)
                : difference.VirtualNetworkId ?? session.VirtualNetworkId,
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

    public Refusal? Untag(Id<TrafficMirrorSession> id, IReadOnlyList<string> keys)
    {
        if (!Sessions.TryGetValue(id, out var session))
            return new Refusal(RefusalKind.SessionGone, "InvalidID", id.Value);
        Sessions[id] = session with { Tags = new Tags(session.Tags.Pairs.Where(pair => !keys.Contains(pair.Key))) };
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
                case Change.Create create when Create(
                    create.Settings,
                    $"{delivery} {create.NetworkInterfaceId}") is Answer<TrafficMirrorSession>.Refused { Refusal: var why }:
                    refused.Add(why);
                    break;
                case Change.Modify modify when modify.Difference.ChangesSettings && Modify(modify.Session.Id, modify.Difference) is { } why:
                    refused.Add(why);
                    break;
                case Change.Modify modify:
                    Tag(modify.Session.Id, modify.Difference.Tags);
                    Untag(modify.Session.Id, modify.Difference.RemovedTags);
                    break;
                case Change.Delete delete:
                    Sessions.Remove(delete.Session.Id);
                    break;
            }
        }

        return refused;
    }

    private string? TypeOfHolder(Id<TrafficMirrorTarget> target) =>
        Targets[target].Destination is TargetDestination.CaptureInterface { Id: var id }
            ? Interfaces.GetValueOrDefault(id)?.Attachment?.InstanceId is { } holder
                ? Instances[holder].InstanceType
                : SensorHosts.Values.FirstOrDefault(host => host.NetworkInterfaces.Any(each => each.Id == id))?.InstanceType
            : null;

    private Refusal? WhyNot(
        Id<NetworkInterface> source, Id<TrafficMirrorTarget> target, Id<TrafficMirrorFilter> filter, SessionNumber number,
        TrafficMirrorSession? itself)
    {
        if (!Interfaces.TryGetValue(source, out var networkInterface))
            return new(RefusalKind.SourceGone, "InvalidNetworkInterface.NotFound", source.Value);
        if (itself is null
            && (
                Unsupported.Contains(source)
                    || networkInterface.Attachment is not { Status: AttachmentStatus.Attached or AttachmentStatus.Attaching }))
        {
            return new(
                RefusalKind.SourceNotSupported, "NetworkInterfaceNotSupported", $"{source} must be attached to a supported instance");
        }

        if (itself?.TargetId != target && !Targets.ContainsKey(target))
            return new(RefusalKind.ConfiguredGone, "InvalidTrafficMirrorTargetId.NotFound", target.Value);
        if (itself?.FilterId != filter && !Filters.ContainsKey(filter))
            return new(RefusalKind.ConfiguredGone, "InvalidTrafficMirrorFilterId.NotFound", filter.Value);

        var others = Sessions.Values.Where(session => session.NetworkInterfaceId == source && session.Id != itself?.Id).ToList();
        if (others.Any(session => session.SessionNumber == number))
            return new(RefusalKind.SessionNumberTaken, "InvalidParameterValue", $"session number {number} is already being used");
        if (others.Count >= Quotas.SessionsPerInterface)
            return new(RefusalKind.SessionsPerInterface, "TrafficMirrorSessionsPerInterfaceLimitExceeded", source.Value);
        if (itself?.TargetId != target && TargetCapacity.Of(Targets[target].Destination, TypeOfHolder(target)) is { } capacity
            && Sessions.Values.Where(session => session.TargetId == target && session.NetworkInterfaceId != source)
            .Select(session => session.NetworkInterfaceId).Distinct().Count() >= capacity)
        {
            return new(RefusalKind.TargetFull, "TrafficMirrorSourcesPerTargetLimitExceeded", target.Value);
        }

        return null;
    }

    private static Answer<T>.Refused Refused<T>(RefusalKind kind, string code) => new(new Refusal(kind, code, "no"));
}
