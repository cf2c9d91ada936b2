namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>One interface of a launch: an existing one by id, or a new one.</summary>
public sealed record LaunchInterface
{
    /// <summary>Which device it becomes.</summary>
    public int DeviceIndex { get; init; }

    /// <summary>An existing interface; null makes a new one.</summary>
    public string? NetworkInterfaceId { get; init; }

    /// <summary>The new one's subnet.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The new one's groups.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The new one's description.</summary>
    public string Description { get; init; } = "";

    /// <summary>The new one's type.</summary>
    public string InterfaceType { get; init; } = "interface";

    /// <summary>Whether it gets a public address; null lets the subnet say.</summary>
    public bool? AssociatePublicIpAddress { get; init; }

    /// <summary>Whether it goes with the instance; by default a new one does and an existing one doesn't.</summary>
    public bool? DeleteOnTermination { get; init; }

    /// <summary>The new one's primary private address.</summary>
    public string? PrivateIpAddress
    {
        get => PrivateIpAddresses is [var primary, ..] ? primary : null;
        init => PrivateIpAddresses = value is null ? [] : [value];
    }

    /// <summary>The new one's private addresses, the primary one first, where the caller chooses them.</summary>
    public IReadOnlyList<string> PrivateIpAddresses { get; init; } = [];

    /// <summary>How many further private addresses.</summary>
    public int SecondaryPrivateIpAddressCount { get; init; }

    /// <summary>How many IPv6 addresses.</summary>
    public int Ipv6AddressCount { get; init; }
}
