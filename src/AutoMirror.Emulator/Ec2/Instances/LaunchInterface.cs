namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>One interface of a launch: an existing one by id, or a new one by what it should be.</summary>
public sealed record LaunchInterface
{
    /// <summary>Which device of its network card it becomes; 0 on card 0 is the primary interface.</summary>
    public int DeviceIndex { get; init; }

    /// <summary>Which network card it is on, from 0.</summary>
    public int NetworkCardIndex { get; init; }

    /// <summary>The existing interface; null makes a new one.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The subnet of a new one.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The security groups of a new one.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    public string Description { get; init; } = "";

    /// <summary>The type of a new one: <c>interface</c>, <c>efa</c> and so on.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>Whether it gets a public address; null for what the subnet says.</summary>
    public bool? AssociatePublicIpAddress { get; init; }

    /// <summary>Whether it is deleted with the instance; null for EC2's default: a new one is, an existing one is not.</summary>
    public bool? DeleteOnTermination { get; init; }

    /// <summary>The primary private address of a new one.</summary>
    public string? PrivateIpAddress
    {
        get => PrivateIpAddresses is [var primary, ..] ? primary : null;
        init => PrivateIpAddresses = value is null ? [] : [value];
    }

    /// <summary>The private addresses that the caller chooses for a new one, the primary one first.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>How many more private addresses EC2 should choose.</summary>
    public int SecondaryPrivateIpAddressCount { get; init; }

    /// <summary>How many IPv6 addresses EC2 should choose.</summary>
    public int Ipv6AddressCount { get; init; }

    internal (int NetworkCard, int Device) Index => (NetworkCardIndex, DeviceIndex);

    internal bool IsPrimary => Index == (0, 0);
}
