using System.Net;

namespace AutoMirror.Core.Model;

/// <summary>A mirror filter with its rules: which packets of a source are mirrored.</summary>
/// <param name="Id">The filter's id.</param>
/// <param name="Rules">Its rules of both directions, in any order; a packet that no rule matches is not mirrored.</param>
/// <param name="MirrorsAmazonDns">Whether the network service <c>amazon-dns</c> is on: traffic with Amazon's resolver.</param>
internal sealed record TrafficMirrorFilter(
    Id<TrafficMirrorFilter> Id,
    IReadOnlyList<TrafficMirrorFilterRule> Rules,
    bool MirrorsAmazonDns) : IEc2Resource
{
    /// <inheritdoc/>
    public static string IdPrefix => "tmf-";
}

/// <summary>One rule of a mirror filter.</summary>
/// <param name="Direction">Which way the packets go, seen from the source interface.</param>
/// <param name="RuleNumber">Rules are tried in this order, per direction; the first that matches decides.</param>
/// <param name="Accepts">Whether packets that match are mirrored.</param>
/// <param name="Protocol">IP protocol number 0–255; null for all.</param>
/// <param name="Source">Source addresses.</param>
/// <param name="Destination">Destination addresses.</param>
/// <param name="SourcePorts">Source ports; null for all.</param>
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
/// <param name="From">The first port.</param>
/// <param name="To">The last port.</param>
internal readonly record struct PortRange(ushort From, ushort To);

/// <summary>The direction of a packet at the source interface.</summary>
internal enum TrafficDirection
{
    /// <summary>Into the interface.</summary>
    Ingress,

    /// <summary>Out of the interface.</summary>
    Egress,
}
