using AutoMirror.Emulator.Ec2.Managed;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>A network interface.</summary>
public sealed record NetworkInterface : Resource
{
    /// <summary>The account that it belongs to: this account, or a participant in one of its subnets.</summary>
    public required string OwnerId { get; init; }

    public required string SubnetId { get; init; }

    public required string VpcId { get; init; }

    public required Zone Zone { get; init; }

    /// <summary><c>interface</c>, <c>efa</c>, <c>lambda</c>, <c>nat_gateway</c> and so on.</summary>
    public string InterfaceType { get; init; } = "interface";

    public string Description { get; init; } = "";

    public required string MacAddress { get; init; }

    /// <summary>The private IPv4 addresses, the primary one first; none in an IPv6-only subnet.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>The primary private IPv4 address; null in an IPv6-only subnet.</summary>
    public string? PrivateIpAddress => PrivateIpAddresses is [var primary, ..] ? primary : null;

    public IReadOnlyList<string> Ipv6Addresses { get; init; } = [];

    /// <summary>The first IPv6 address; null without any.</summary>
    public string? Ipv6Address => Ipv6Addresses is [var primary, ..] ? primary : null;

    /// <summary>The public address that belongs to the primary private one; null without one.</summary>
    public string? PublicIp { get; init; }

    /// <summary>Whether a public address comes with each start of the instance and goes with each stop.</summary>
    public bool AutoPublicIp { get; init; }

    /// <summary>The ids of the security groups.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>Whether EC2 drops packets that are neither from nor to the interface's own addresses.</summary>
    public bool SourceDestCheck { get; init; } = true;

    /// <summary>The MTU that its operating system was told, in bytes; null for what the instance type has by itself.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether an AWS service made it for a resource of its own.</summary>
    public bool RequesterManaged { get; init; }

    /// <summary>The service that made it, by its alias or account, such as <c>amazon-rds</c>; null where the account made it.</summary>
    public string? RequesterId { get; init; }

    /// <summary>The service provider that manages it, with the instance that it was made for; null for the account's own.</summary>
    public Operator? Operator { get; init; }

    /// <summary>What it is attached to; null when it is available.</summary>
    public Attachment? Attachment { get; init; }

    /// <summary><c>available</c> or <c>in-use</c>.</summary>
    public string Status => Attachment is null ? "available" : "in-use";

    internal string? PublicIpOwner => PublicIp is null ? null : "amazon";

    internal bool IsIpv6Native => PrivateIpAddresses.Count == 0;
}
