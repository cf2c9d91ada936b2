namespace AutoMirror.Core.Model;

/// <summary>A mirror session as EC2 shows it: one source interface, one target, one filter.</summary>
internal sealed record TrafficMirrorSession : IEc2Resource
{
    public static string IdPrefix => "tms-";
    public required Id<TrafficMirrorSession> Id { get; init; }
    public required Id<NetworkInterface> NetworkInterfaceId { get; init; }
    public required Id<TrafficMirrorTarget> TargetId { get; init; }
    public required Id<TrafficMirrorFilter> FilterId { get; init; }
    public required SessionNumber SessionNumber { get; init; }

    /// <summary>How much of each packet goes; null for whole packets.</summary>
    public PacketLength? PacketLength { get; init; }

    /// <summary>The VXLAN network identifier, chosen by EC2 when nobody else did.</summary>
    public VirtualNetworkId? VirtualNetworkId { get; init; }

    /// <summary>Free text; AutoMirror's own sessions are found by it (see <see cref="Ownership"/>).</summary>
    public string? Description { get; init; }

    /// <summary>The session's tags, which say whose it is.</summary>
    public Tags Tags { get; init; } = Tags.None;

    /// <summary>The sensor that the session feeds, as its tag says; null when no tag says so.</summary>
    public SensorName? Sensor => Tags[Ownership.SensorKey] is { Length: > 0 } name ? new SensorName(name) : null;
}
