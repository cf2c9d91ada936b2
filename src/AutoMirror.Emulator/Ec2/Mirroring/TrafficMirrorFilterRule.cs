using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Mirroring;

/// <summary>A rule of a traffic mirror filter.</summary>
public sealed record TrafficMirrorFilterRule : Resource
{
    /// <summary>Its filter.</summary>
    public required string FilterId { get; init; }

    /// <summary><c>ingress</c> or <c>egress</c>.</summary>
    public required string Direction { get; init; }

    /// <summary>Its place among the rules of its direction.</summary>
    public required int RuleNumber { get; init; }

    /// <summary><c>accept</c> or <c>reject</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The IANA protocol number; null is all.</summary>
    public int? Protocol { get; init; }

    /// <summary>Where packets come from.</summary>
    public required string SourceCidrBlock { get; init; }

    /// <summary>Where packets go.</summary>
    public required string DestinationCidrBlock { get; init; }

    /// <summary>Source ports.</summary>
    public PortRange? SourcePorts { get; init; }

    /// <summary>Destination ports.</summary>
    public PortRange? DestinationPorts { get; init; }

    /// <summary>Its description.</summary>
    public string? Description { get; init; }
}

/// <summary>A range of ports.</summary>
public sealed record PortRange(int? From, int? To);
