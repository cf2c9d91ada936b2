namespace AutoMirror.Core.Model;

/// <summary>What has to change for a session to be as it should be. What is null stays as it is.</summary>
/// <remarks>ModifyTrafficMirrorSession changes everything but the source and the tags; CreateTags puts the tags right.</remarks>
internal sealed record SessionDifference
{
    public Id<TrafficMirrorTarget>? TargetId { get; init; }
    public Id<TrafficMirrorFilter>? FilterId { get; init; }
    public SessionNumber? SessionNumber { get; init; }
    public PacketLength? PacketLength { get; init; }

    /// <summary>Whether to go back to whole packets, which takes RemoveFields.</summary>
    public bool RemovePacketLength { get; init; }

    public VirtualNetworkId? VirtualNetworkId { get; init; }
    public string? Description { get; init; }
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>Whether the tag that ends the session goes, since its owner's own tag asks for it now.</summary>
    public bool RemovesUntil { get; init; }

    /// <summary>Whether ModifyTrafficMirrorSession is needed.</summary>
    public bool ChangesSettings => this with { Tags = Tags.None, RemovesUntil = false } != new SessionDifference();

    public bool SetsTags => Tags.Pairs.Count > 0;
    public bool IsNone => !ChangesSettings && !SetsTags && !RemovesUntil;

    /// <summary>The same without the move: the session stays with the target and the sensor that it has.</summary>
    public SessionDifference WithoutMove() =>
        this with { TargetId = null, Tags = new Tags(Tags.Pairs.Where(pair => pair.Key != Ownership.SensorKey)) };

    /// <summary>What differs between a session as EC2 shows it and as it should be.</summary>
    public static SessionDifference Between(TrafficMirrorSession current, SessionSettings desired) => new()
    {
        TargetId = Changed(current.TargetId, desired.TargetId),
        FilterId = Changed(current.FilterId, desired.FilterId),
        SessionNumber = Changed(current.SessionNumber, desired.SessionNumber),
        PacketLength = desired.PacketLength is { } length && length != current.PacketLength ? length : null,

        // EC2 itself sets 8500 where the target is a Network Load Balancer: that is no drift from "whole packets".
        RemovePacketLength = desired.PacketLength is null && current.PacketLength is { } set
            && set != Model.PacketLength.LoadBalancerDefault,

        // Without a policy, EC2 has chosen a VNI of its own for each session: keep it.
        VirtualNetworkId = desired.VirtualNetworkId is { } vni && vni != current.VirtualNetworkId ? vni : null,
        Description = current.Description == desired.Description ? null : desired.Description,
        Tags = new Tags(desired.Tags.Pairs.Where(pair => current.Tags[pair.Key] != pair.Value)),
        RemovesUntil = current.Tags[Ownership.UntilKey] is not null && desired.Tags[Ownership.UntilKey] is null,
    };

    /// <summary>The names of the fields that change, as EC2 and the tags call them.</summary>
    public IReadOnlyList<string> ChangedFields =>
    [
        .. TargetId is null ? (string[])[] : ["traffic-mirror-target-id"],
        .. FilterId is null ? (string[])[] : ["traffic-mirror-filter-id"],
        .. SessionNumber is null ? (string[])[] : ["session-number"],
        .. PacketLength is null && !RemovePacketLength ? (string[])[] : ["packet-length"],
        .. VirtualNetworkId is null ? (string[])[] : ["virtual-network-id"],
        .. Description is null ? (string[])[] : ["description"],
        .. Tags.Pairs.Select(pair => $"tag:{pair.Key}"),
        .. RemovesUntil ? (string[])[$"tag:{Ownership.UntilKey}"] : [],
    ];

    private static T? Changed<T>(T current, T desired)
        where T : struct => EqualityComparer<T>.Default.Equals(current, desired) ? null : desired;
}
