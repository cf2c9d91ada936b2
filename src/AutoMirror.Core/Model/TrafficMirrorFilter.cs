using System.Net;

namespace AutoMirror.Core.Model;

/// <summary>A mirror filter with its rules: which packets of a source are mirrored.</summary>
/// <param name="Rules">Its rules of both directions, in any order; a packet that no rule matches is not mirrored.</param>
/// <param name="MirrorsAmazonDns">Whether the network service <c>amazon-dns</c> is on: traffic with Amazon's resolver.</param>
internal sealed record TrafficMirrorFilter(
    Id<TrafficMirrorFilter> Id,
    IReadOnlyList<TrafficMirrorFilterRule> Rules,
    bool MirrorsAmazonDns) : IEc2Resource
{
    public static string IdPrefix => "tmf-";

    /// <summary>Whether all of its rules could be read; if not, nobody knows which packets it accepts.</summary>
    public bool IsUnderstood { get; init; } = true;
}

/// <summary>One rule of a mirror filter.</summary>
/// <param name="RuleNumber">Rules are tried in this order, per direction; the first that matches decides.</param>
/// <param name="Protocol">IP protocol number 0–255; null for all.</param>
/// <param name="DestinationPorts">Destination ports; null for all.</param>
internal sealed record TrafficMirrorFilterRule(
    TrafficDirection Direction,
    int RuleNumber,
    bool Accepts,
    byte? Protocol,
    IPNetwork Source,
    IPNetwork Destination,
    PortRange? SourcePorts = null,
    PortRange? DestinationPorts = null);

/// <summary>Ports from the first to the last, both included.</summary>
internal readonly record struct PortRange(ushort From, ushort To);

/// <summary>The direction of a packet at the source interface.</summary>
internal enum TrafficDirection
{
    Ingress,
    Egress,
}
