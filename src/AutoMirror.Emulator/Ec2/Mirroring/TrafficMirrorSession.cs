using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A traffic mirror session.</summary>
public sealed record TrafficMirrorSession : Resource
{
    /// <summary>The source.</summary>
    public required string NetworkInterfaceId { get; init; }

    public required string TargetId { get; init; }

    public required string FilterId { get; init; }

    /// <summary>Where it stands among the sessions of its source: a packet goes to the lowest number whose filter accepts it.</summary>
    public required int SessionNumber { get; init; }

    /// <summary>The VXLAN network identifier, 24 bits.</summary>
    public required int VirtualNetworkId { get; init; }

    /// <summary>How many bytes of each packet are mirrored; null for whole packets.</summary>
    public int? PacketLength { get; init; }

    public string? Description { get; init; }
}
