namespace AutoMirror.Core.Model;

/// <summary>A session as it should be.</summary>
/// <param name="InstanceId">The instance that has the source; null when none has.</param>
/// <param name="PacketLength">How much of each packet; null for whole packets.</param>
/// <param name="VirtualNetworkId">The VXLAN network identifier; null lets EC2 choose.</param>
/// <param name="Description">What the session is found by.</param>
/// <param name="Tags">The owned tags.</param>
internal sealed record SessionSettings(
    Id<NetworkInterface> NetworkInterfaceId,
    Id<Instance>? InstanceId,
    SensorName Sensor,
    Id<TrafficMirrorTarget> TargetId,
    Id<TrafficMirrorFilter> FilterId,
    SessionNumber SessionNumber,
    PacketLength? PacketLength,
    VirtualNetworkId? VirtualNetworkId,
    string Description,
    Tags Tags);
