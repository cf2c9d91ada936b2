using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>An instance type as DescribeInstanceTypes knows it. Its id is its name, for example <c>m5.large</c>.</summary>
public sealed record InstanceType : Resource
{
    public string Name => Id;

    /// <summary>The part of the name before the period.</summary>
    public string Family => Id[..Id.IndexOf('.')];

    /// <summary>The part of the name after the period.</summary>
    public string Size => Id[(Id.IndexOf('.') + 1)..];

    public required int VCpus { get; init; }

    public required int MemoryMiB { get; init; }

    /// <summary><c>nitro</c> or <c>xen</c>; null on bare metal.</summary>
    public string? Hypervisor { get; init; }

    public bool BareMetal { get; init; }

    public bool CurrentGeneration { get; init; }

    /// <summary>How many network cards an instance has; most types have one.</summary>
    public required int NetworkCards { get; init; }

    /// <summary>How many interfaces an instance can have, on all its network cards together.</summary>
    public required int MaximumNetworkInterfaces { get; init; }

    /// <summary>How many interfaces one network card can have.</summary>
    public int MaximumInterfacesPerCard => MaximumNetworkInterfaces / NetworkCards;

    /// <summary>How many private IPv4 addresses an interface can have.</summary>
    public required int Ipv4AddressesPerInterface { get; init; }

    /// <summary>Processor architectures, for example <c>x86_64</c>.</summary>
    public required IReadOnlyList<string> Architectures { get; init; }
}
