using AutoMirror.Emulator.Ec2.Managed;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>What to launch.</summary>
public sealed record LaunchRequest
{
    public string InstanceType { get; init; } = "m5.large";

    /// <summary>The AMI; any well-formed id will do.</summary>
    public string ImageId { get; init; } = "ami-0abcdef1234567890";

    /// <summary>How many instances; EC2 launches all or none.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The subnet; null for a default subnet.</summary>
    public string? SubnetId { get; init; }

    /// <summary>The name or id of the zone whose default subnet to take; null for the first.</summary>
    public string? Zone { get; init; }

    /// <summary>Security groups of the primary interface.</summary>
    public IReadOnlyList<string> GroupIds { get; init; } = [];

    /// <summary>The interfaces, for a launch that says more of them than subnet, groups and addresses.</summary>
    public IReadOnlyList<LaunchInterface> NetworkInterfaces { get; init; } = [];

    /// <summary>The private address of the primary interface; null lets EC2 choose.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>How many IPv6 addresses the primary interface gets.</summary>
    public int Ipv6AddressCount { get; init; }

    /// <summary>Tags of the instances.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Tags of the interfaces that the launch makes.</summary>
    public IReadOnlyDictionary<string, string>? InterfaceTags { get; init; }

    /// <summary>
    /// The service provider that launches, which then manages the instances and the interfaces made with them. Its tags may have reserved
    /// keys, such as <c>aws:eks:cluster-name</c>.
    /// </summary>
    public Operator? Operator { get; init; }

    /// <summary>The name of the key pair.</summary>
    public string? KeyName { get; init; }

    /// <summary>The token that describes show with the instances. It does not make the launch idempotent: the wire does that.</summary>
    public string? ClientToken { get; init; }

    /// <summary>Whether detailed monitoring is on.</summary>
    public bool Monitoring { get; init; }
}
