using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A network interface.</summary>
public sealed record NetworkInterface : Resource
{
    /// <summary>Its subnet.</summary>
    public required string SubnetId { get; init; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Its zone.</summary>
    public required Zone Zone { get; init; }

    /// <summary>Its type: <c>interface</c>, <c>efa</c>, <c>lambda</c>, <c>nat_gateway</c> and so on.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>Its description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its MAC address.</summary>
    public required string MacAddress { get; init; }

    /// <summary>Its private IPv4 addresses, the primary one first; none in an IPv6-only subnet.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>Its primary private IPv4 address.</summary>
    public string? PrivateIpAddress => PrivateIpAddresses is [var primary, ..] ? primary : null;

    /// <summary>Its primary IPv6 address.</summary>
    public string? Ipv6Address => Ipv6Addresses is [var primary, ..] ? primary : null;

    /// <summary>Its IPv6 addresses.</summary>
    public IReadOnlyList<string> Ipv6Addresses { get; init; } = [];

    /// <summary>The public address of its primary private one; null when it is private only.</summary>
    public string? PublicIp { get; init; }

    /// <summary>Whether a public address comes with each start of the instance.</summary>
    public bool AutoPublicIp { get; init; }

    /// <summary>Its security groups' ids.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>Whether source and destination are checked.</summary>
    public bool SourceDestCheck { get; init; } = true;

    /// <summary>Whether an AWS service manages it.</summary>
    public bool RequesterManaged { get; init; }

    internal string? PublicIpOwner => PublicIp is null ? null : "amazon";

    internal bool IsIpv6Native => PrivateIpAddresses.Count == 0;

    /// <summary>What it is attached to; null when it is available.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary><c>available</c> or <c>in-use</c>.</summary>
    public string Status => Attachment is null ? "available" : "in-use";
}
