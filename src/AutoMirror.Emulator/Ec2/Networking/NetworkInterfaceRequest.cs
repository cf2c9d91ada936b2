namespace AutoMirror.Emulator.Ec2.Networking;

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
