using System.Collections.Frozen;
using System.Globalization;
using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The instance types that exist, from the list beside this file.</summary>
public static class InstanceTypes
{
    private static readonly FrozenDictionary<string, InstanceType> ByName = Load().ToFrozenDictionary(type => type.Name);

    /// <summary>All, by name.</summary>
    public static IReadOnlyDictionary<string, InstanceType> All => ByName;

    internal static InstanceType? Find(string name) => ByName.GetValueOrDefault(name);

    internal static Describing<InstanceType> Describing(Cloud cloud)
    {
        var table = new Table<InstanceType>(cloud, "instance-type", "");
        foreach (var type in ByName.Values)
            table.Shown.Set(type.Id, type);
        var filters = new FilterCatalogue<InstanceType>(TagFilters.None)
            .With("instance-type", type => type.Name)
            .With("bare-metal", type => NetworkFilters.Flag(type.BareMetal))
            .With("current-generation", type => NetworkFilters.Flag(type.CurrentGeneration))
            .With("hypervisor", type => type.Hypervisor)
            .With("memory-info.size-in-mib", type => type.MemoryMiB.ToString(CultureInfo.InvariantCulture))
            .With("vcpu-info.default-vcpus", type => type.VCpus.ToString(CultureInfo.InvariantCulture))
            .With("network-info.maximum-network-interfaces", type => type.MaximumNetworkInterfaces.ToString(CultureInfo.InvariantCulture))
            .With("network-info.ipv4-addresses-per-interface", type =>
                type.Ipv4AddressesPerInterface.ToString(CultureInfo.InvariantCulture))
            .With("processor-info.supported-architecture", type => type.Architectures)
            .WithNothingFor(
                "auto-recovery-supported", "burstable-performance-supported", "dedicated-hosts-supported", "ebs-info.attachment-limit-type",
                "ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps", "ebs-info.ebs-optimized-info.baseline-iops",
                "ebs-info.ebs-optimized-info.baseline-throughput-in-mbps", "ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps",
                "ebs-info.ebs-optimized-info.maximum-iops", "ebs-info.ebs-optimized-info.maximum-throughput-in-mbps",
                "ebs-info.ebs-optimized-support", "ebs-info.encryption-support", "ebs-info.maximum-ebs-attachments",
                "ebs-info.nvme-support", "free-tier-eligible", "hibernation-supported", "instance-storage-info.disk.count",
                "instance-storage-info.disk.size-in-gb", "instance-storage-info.disk.type", "instance-storage-info.encryption-support",
                "instance-storage-info.nvme-support", "instance-storage-info.total-size-in-gb", "instance-storage-supported",
                "network-info.bandwidth-weightings", "network-info.efa-info.maximum-efa-interfaces", "network-info.efa-supported",
                "network-info.ena-support", "network-info.encryption-in-transit-supported", "network-info.flexible-ena-queues-support",
                "network-info.ipv6-addresses-per-interface", "network-info.ipv6-supported", "network-info.maximum-network-cards",
                "network-info.network-performance", "nitro-enclaves-support", "nitro-tpm-info.supported-versions", "nitro-tpm-support",
                "processor-info.supported-features", "processor-info.sustained-clock-speed-in-ghz", "reboot-migration-support",
                "supported-boot-mode", "supported-root-device-type", "supported-usage-class", "supported-virtualization-type",
                "vcpu-info.default-cores", "vcpu-info.default-threads-per-core", "vcpu-info.valid-cores",
                "vcpu-info.valid-threads-per-core");
        return new(table, filters, ids => Ec2Errors.InstanceTypesNotFound(string.Join(", ", ids)))
        {
            // "The maximum number of results: 5 to 100" and at most 100 types in a request, by the service model.
            IdFilter = "instance-type", MostResults = 100,
        };
    }

    private static IEnumerable<InstanceType> Load()
    {
        using var stream = typeof(InstanceTypes).Assembly.GetManifestResourceStream("instance-types.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#')
                && line.Split(' ') is [var name, var vCpus, var memory, var hypervisor, var metal, var generation, var interfaces,
                    var addresses, var architectures])
            {
                yield return new InstanceType
                {
                    Id = name, VCpus = Number(vCpus), MemoryMiB = Number(memory), Hypervisor = hypervisor == "-" ? null : hypervisor,
                    BareMetal = metal == "metal", CurrentGeneration = generation == "current",
                    MaximumNetworkInterfaces = Number(interfaces),
                    Ipv4AddressesPerInterface = Number(addresses), Architectures = architectures.Split(','),
                };
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
