using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>An instance type as DescribeInstanceTypes knows it.</summary>
public sealed record InstanceType : Resource
{
    /// <summary>Its name, for example <c>m5.large</c>.</summary>
    public string Name => Id;

    /// <summary>What precedes the period.</summary>
    public string Family => Id[..Id.IndexOf('.')];

    /// <summary>What follows the period.</summary>
    public string Size => Id[(Id.IndexOf('.') + 1)..];

    /// <summary>Its vCPUs.</summary>
    public required int VCpus { get; init; }

    /// <summary>Its memory.</summary>
    public required int MemoryMiB { get; init; }

    /// <summary><c>nitro</c> or <c>xen</c>; null on bare metal.</summary>
    public string? Hypervisor { get; init; }

    /// <summary>Whether it is bare metal.</summary>
    public bool BareMetal { get; init; }

    /// <summary>Whether it is of the current generation.</summary>
    public bool CurrentGeneration { get; init; }

    /// <summary>How many interfaces an instance can have.</summary>
    public required int MaximumNetworkInterfaces { get; init; }

    /// <summary>How many private IPv4 addresses an interface can have.</summary>
    public required int Ipv4AddressesPerInterface { get; init; }

    /// <summary>Its processor architectures.</summary>
    public required IReadOnlyList<string> Architectures { get; init; }
}
