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

/// <summary>An interface's attachment to an instance.</summary>
public sealed record Attachment
{
    /// <summary>Its id, <c>eni-attach-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Which of the instance's devices; 0 is the primary interface.</summary>
    public required int DeviceIndex { get; init; }

    /// <summary>When it was attached.</summary>
    public required DateTimeOffset AttachTime { get; init; }

    /// <summary>Whether the interface goes with the instance.</summary>
    public bool DeleteOnTermination { get; init; }

    /// <summary><c>attaching</c>, <c>attached</c> or <c>detaching</c>.</summary>
    public string Status { get; init; } = "attached";
}

/// <summary>What a new interface should be.</summary>
public sealed record NetworkInterfaceRequest
{
    /// <summary>The subnet to lie in.</summary>
    public required string SubnetId { get; init; }

    /// <summary>Its description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its type.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>Its security groups; the VPC's default group when empty.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>Its private addresses, where the caller chooses them.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>How many further private addresses EC2 should choose.</summary>
    public int SecondaryPrivateIpAddressCount { get; init; }

    /// <summary>How many IPv6 addresses EC2 should choose.</summary>
    public int Ipv6AddressCount { get; init; }

    /// <summary>Whether an AWS service manages it.</summary>
    public bool RequesterManaged { get; init; }

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
