using AutoMirror.Emulator.Ec2.Managed;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>What a new interface should be.</summary>
public sealed record NetworkInterfaceRequest
{
    public required string SubnetId { get; init; }

    public string Description { get; init; } = "";

    /// <summary><c>interface</c>, <c>efa</c> and so on.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>The ids of the security groups; none for the VPC's default group.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The private addresses that the caller chooses, the primary one first.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>How many more private addresses EC2 should choose.</summary>
    public int SecondaryPrivateIpAddressCount { get; init; }

    /// <summary>How many IPv6 addresses EC2 should choose.</summary>
    public int Ipv6AddressCount { get; init; }

    /// <summary>The service provider that manages it; null for the account's own.</summary>
    public Operator? Operator { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}
