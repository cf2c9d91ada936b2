namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The filters that DescribeInstanceTypes documents.</summary>
internal static class InstanceTypeFilters
{
    public static FilterCatalogue<InstanceType> Catalogue { get; } = new FilterCatalogue<InstanceType>(TagFilters.None)
        .With("instance-type", type => type.Name)
        .With("bare-metal", type => type.BareMetal)
        .With("current-generation", type => type.CurrentGeneration)
        .With("hypervisor", type => type.Hypervisor)
        .With("memory-info.size-in-mib", type => type.MemoryMiB)
        .With("vcpu-info.default-vcpus", type => type.VCpus)
        .With("network-info.maximum-network-cards", type => type.NetworkCards)
        .With("network-info.maximum-network-interfaces", type => type.MaximumNetworkInterfaces)
        .With("network-info.ipv4-addresses-per-interface", type => type.Ipv4AddressesPerInterface)
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
            "network-info.ipv6-addresses-per-interface", "network-info.ipv6-supported", "network-info.network-performance",
            "nitro-enclaves-support", "nitro-tpm-info.supported-versions", "nitro-tpm-support", "processor-info.supported-features",
            "processor-info.sustained-clock-speed-in-ghz", "reboot-migration-support", "supported-boot-mode",
            "supported-root-device-type", "supported-usage-class", "supported-virtualization-type", "vcpu-info.default-cores",
            "vcpu-info.default-threads-per-core", "vcpu-info.valid-cores", "vcpu-info.valid-threads-per-core");
}
