using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror session.</summary>
public sealed record TrafficMirrorSession : Resource
{
    /// <summary>Its source.</summary>
    public required string NetworkInterfaceId { get; init; }

    /// <summary>Its target.</summary>
    public required string TargetId { get; init; }

    /// <summary>Its filter.</summary>
    public required string FilterId { get; init; }

    /// <summary>Its turn among the sessions of its source, the lowest first.</summary>
    public required int SessionNumber { get; init; }

    /// <summary>Its VXLAN network identifier.</summary>
    public required int VirtualNetworkId { get; init; }

    /// <summary>How much of each packet is mirrored; null is all of it.</summary>
    public int? PacketLength { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }
}
