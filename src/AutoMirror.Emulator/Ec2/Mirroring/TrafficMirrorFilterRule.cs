using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A rule of a traffic mirror filter.</summary>
public sealed record TrafficMirrorFilterRule : Resource
{
    public required string FilterId { get; init; }

    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Its place among the rules of its direction, the lowest first: 1 to 32766.</summary>
    public required int RuleNumber { get; init; }

    /// <summary><c>accept</c> or <c>reject</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The IANA protocol number, 0 to 255; null for all protocols.</summary>
    public int? Protocol { get; init; }

    public required string SourceCidrBlock { get; init; }

    public required string DestinationCidrBlock { get; init; }

    public PortRange? SourcePorts { get; init; }

    public PortRange? DestinationPorts { get; init; }

    public string? Description { get; init; }
}

/// <summary>A range of ports, both ends included.</summary>
public sealed record PortRange(int? From, int? To);
