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

    /// <summary>Whether to let EC2 choose a network identifier again, which takes RemoveFields.</summary>
    public bool RemoveVirtualNetworkId { get; init; }

    public string? Description { get; init; }
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>The keys of AutoMirror's own tags that go: the session's end, or what the policy no longer sets.</summary>
    public IReadOnlyList<string> RemovedTags { get; init; } = [];

    /// <summary>Whether ModifyTrafficMirrorSession is needed.</summary>
    public bool ChangesSettings => TargetId is not null || FilterId is not null || SessionNumber is not null || PacketLength is not null
        || VirtualNetworkId is not null || Description is not null || RemovesFields;

    /// <summary>Whether fields go back to EC2's own choice.</summary>
    public bool RemovesFields => RemovePacketLength || RemoveVirtualNetworkId;

    public bool SetsTags => Tags.Pairs.Count > 0;
    public bool IsNone => !ChangesSettings && !SetsTags && RemovedTags.Count == 0;

    /// <summary>The same without the move: the session stays with the target and the sensor that it has. A length that EC2 sets itself
    /// where a load balancer is the target would come back at once.</summary>
    public SessionDifference WithoutMove(TrafficMirrorSession current) => this with
    {
        TargetId = null,
        RemovePacketLength = RemovePacketLength && current.PacketLength != Model.PacketLength.LoadBalancerDefault,
        Tags = new Tags(Tags.Pairs.Where(pair => pair.Key != Ownership.SensorKey)),
    };

    /// <summary>What differs between a session as EC2 shows it and as it should be.</summary>
    /// <param name="isLoadBalancer">Whether the session is to go to a load balancer, where EC2 itself sets a length of 8500.</param>
    /// <param name="sharesVirtualNetworkId">Whether another owned session has the same network identifier: EC2 did not choose it.</param>
    public static SessionDifference Between(
        TrafficMirrorSession current, SessionSettings desired, bool isLoadBalancer, bool sharesVirtualNetworkId)
    {
        var settings = new SessionDifference
        {
            TargetId = Changed(current.TargetId, desired.TargetId),
            FilterId = Changed(current.FilterId, desired.FilterId),
            SessionNumber = Changed(current.SessionNumber, desired.SessionNumber),
            PacketLength = desired.PacketLength is { } length && length != current.PacketLength ? length : null,
            RemovePacketLength = desired.PacketLength is null && current.PacketLength is { } set
                && !(isLoadBalancer && set == Model.PacketLength.LoadBalancerDefault),

            // An identifier that EC2 chose stays: a sensor may know the session by it. Only what the policy set is undone, once.
            VirtualNetworkId = desired.VirtualNetworkId is { } vni && vni != current.VirtualNetworkId ? vni : null,
            RemoveVirtualNetworkId = desired.VirtualNetworkId is null
                && (sharesVirtualNetworkId || Ownership.WasSet(current, Ownership.SetVirtualNetworkId)),
            Description = current.Description == desired.Description ? null : desired.Description,
        };
        var marks = settings.Marks(current, desired);
        return settings with
        {
            Tags = new Tags(desired.Tags.Pairs.Where(pair => pair.Key != Ownership.SetKey).Concat(marks is null ? [] : [marks.Value])
                .Where(pair => current.Tags[pair.Key] != pair.Value)),
            RemovedTags =
            [
                .. current.Tags[Ownership.UntilKey] is not null && desired.Tags[Ownership.UntilKey] is null
                    ? (string[])[Ownership.UntilKey]
                    : [],
                .. current.Tags[Ownership.SetKey] is not null && marks is null ? (string[])[Ownership.SetKey] : [],
            ],
        };
    }

    /// <summary>The tag that says what the policy has set: what it sets now, and what
    /// it had set before and still asks for. A value that was
    /// there before the policy asked for it is nobody's to undo.</summary>
    private KeyValuePair<string, string>? Marks(TrafficMirrorSession current, SessionSettings desired)
    {
        string[] marks =
        [
            .. VirtualNetworkId is not null || (desired.VirtualNetworkId is not null && WasSet(Ownership.SetVirtualNetworkId))
                ? (string[])[Ownership.SetVirtualNetworkId]
                : [],
            .. PacketLength is not null || (desired.PacketLength is not null && WasSet(Ownership.SetPacketLength))
                ? (string[])[Ownership.SetPacketLength]
                : [],
        ];
        return marks is [] ? null : KeyValuePair.Create(Ownership.SetKey, Ownership.Joined(marks));

        bool WasSet(string field) => Ownership.WasSet(current, field);
    }

    /// <summary>The names of the fields that change, as EC2 and the tags call them.</summary>
    public IReadOnlyList<string> ChangedFields =>
    [
        .. TargetId is null ? (string[])[] : ["traffic-mirror-target-id"],
        .. FilterId is null ? (string[])[] : ["traffic-mirror-filter-id"],
        .. SessionNumber is null ? (string[])[] : ["session-number"],
        .. PacketLength is null && !RemovePacketLength ? (string[])[] : ["packet-length"],
        .. VirtualNetworkId is null && !RemoveVirtualNetworkId ? (string[])[] : ["virtual-network-id"],
        .. Description is null ? (string[])[] : ["description"],
        .. Tags.Pairs.Select(pair => $"tag:{pair.Key}"),
        .. RemovedTags.Select(key => $"tag:{key}"),
    ];

    private static T? Changed<T>(T current, T desired)
        where T : struct => EqualityComparer<T>.Default.Equals(current, desired) ? null : desired;
}
