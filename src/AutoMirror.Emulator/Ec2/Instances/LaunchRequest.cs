namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>What to launch.</summary>
public sealed record LaunchRequest
{
    /// <summary>The type.</summary>
    public string InstanceType { get; init; } = "m5.large";

    /// <summary>The AMI; any well-formed id will do.</summary>
    public string ImageId { get; init; } = "ami-0abcdef1234567890";

    /// <summary>How many; all or none.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The subnet; a default subnet when null.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The zone whose default subnet to take.</summary>
    public string? Zone { get; init; }

    /// <summary>Security groups of the primary interface.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>Interfaces, where the launch says more than subnet and groups.</summary>
    public IReadOnlyList<LaunchInterface> NetworkInterfaces { get; init; } = [];

    /// <summary>The private address of the primary interface.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>How many IPv6 addresses the primary interface gets.</summary>
    public int Ipv6AddressCount { get; init; }

    /// <summary>Tags of the instances.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Tags of the new interfaces.</summary>
    public IReadOnlyDictionary<string, string>? InterfaceTags { get; init; }

    /// <summary>The key pair's name.</summary>
    public string? KeyName { get; init; }

    /// <summary>The token to show with the instances; idempotency itself is the wire's.</summary>
    public string? ClientToken { get; init; }

    /// <summary>Whether detailed monitoring is on.</summary>
    public bool Monitoring { get; init; }
}
