using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>
/// The filters that DescribeInstances documents. A terminated instance has no network any more, so filters on its network match nothing.
/// </summary>
internal static class InstanceFilters
{
    public static FilterCatalogue<Instance> For(Cloud cloud, Ec2Engine ec2)
    {
        var catalogue = new FilterCatalogue<Instance>()
            .With("instance-id", instance => instance.Id)
            .With("instance-state-name", instance => instance.StateName)
            .With("instance-state-code", instance => (int)instance.State)
            .With("instance-type", instance => instance.Type.Name)
            .With("image-id", instance => instance.ImageId)
            .With("key-name", instance => instance.KeyName)
            .With("client-token", instance => instance.ClientToken)
            .With("launch-index", instance => instance.LaunchIndex)
            .With("launch-time", instance => instance.LaunchTime)
            .With("reservation-id", instance => instance.ReservationId)
            .With("owner-id", _ => cloud.Options.AccountId)
            .With("availability-zone", instance => instance.Zone.Name)
            .With("availability-zone-id", instance => instance.Zone.Id)
            .With("architecture", instance => instance.Type.Architectures[^1])
            .With("hypervisor", _ => "xen")
            .With("virtualization-type", _ => "hvm")
            .With("root-device-type", _ => "ebs")
            .With("root-device-name", _ => "/dev/xvda")
            .With("tenancy", _ => "default")
            .With("monitoring-state", instance => instance.Monitoring ? "enabled" : "disabled")
            .With("state-reason-code", instance => instance.StateReason?.Code)
            .With("state-reason-message", instance => instance.StateReason?.Message)
            .With("ebs-optimized", _ => "false")
            .With("ena-support", instance => instance.HasEna)
            .With("operator.managed", instance => instance.Operator is not null)
            .With("operator.principal", instance => instance.Operator?.Principal)
            .With("reason", instance => instance.StateTransitionReason)
            .With("subnet-id", instance => instance.State == InstanceState.Terminated ? null : instance.SubnetId)
            .With("vpc-id", instance => instance.State == InstanceState.Terminated ? null : instance.VpcId)
            .With("private-ip-address", instance => InterfacesOf(instance).SelectMany(each => each.PrivateIpAddresses))
            .With("private-dns-name", instance => DnsNames.Private(cloud, PrimaryOf(instance)?.PrivateIpAddress))
            .With("ip-address", instance => InterfacesOf(instance).Select(each => each.PublicIp))
            .With("dns-name", instance => DnsNames.Public(cloud, PrimaryOf(instance)?.PublicIp))
            .With("ipv6-address", instance => InterfacesOf(instance).SelectMany(each => each.Ipv6Addresses))
            .With("source-dest-check", instance => PrimaryOf(instance)?.SourceDestCheck)
            .With("instance.group-id", instance => PrimaryOf(instance)?.GroupIds ?? [])
            .With("instance.group-name", instance => (PrimaryOf(instance)?.GroupIds ?? []).Select(ec2.SecurityGroups.NameOf));
        InstanceInterfaceFilters.AddTo(catalogue, cloud, ec2);
        return catalogue.WithNothingFor(Unmodelled);

        List<NetworkInterface> InterfacesOf(Instance instance) => ec2.NetworkInterfaces.Of(instance.Id);
        NetworkInterface? PrimaryOf(Instance instance) => ec2.NetworkInterfaces.PrimaryOf(instance.Id);
    }

    /// <summary>Documented filters on what the emulator has not got.</summary>
    private static readonly string[] Unmodelled =
    [
        "affinity", "block-device-mapping.attach-time", "block-device-mapping.delete-on-termination", "block-device-mapping.device-name",
        "block-device-mapping.status", "block-device-mapping.volume-id", "boot-mode", "capacity-reservation-id",
        "capacity-reservation-specification.capacity-reservation-preference",
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id",
        "capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn",
        "current-instance-boot-mode", "enclave-options.enabled", "hibernation-options.configured", "host-id", "iam-instance-profile.arn",
        "iam-instance-profile.id", "instance-lifecycle", "kernel-id", "maintenance-options.auto-recovery",
        "metadata-options.http-endpoint", "metadata-options.http-protocol-ipv4", "metadata-options.http-protocol-ipv6",
        "metadata-options.http-put-response-hop-limit", "metadata-options.http-tokens", "metadata-options.instance-metadata-tags",
        "metadata-options.state", "network-performance-options.bandwidth-weighting", "outpost-arn",
        "placement-group-name", "placement-partition-number", "platform", "platform-details",
        "private-dns-name-options.enable-resource-name-dns-a-record", "private-dns-name-options.enable-resource-name-dns-aaaa-record",
        "private-dns-name-options.hostname-type", "product-code", "product-code.type", "ramdisk-id", "requester-id",
        "spot-instance-request-id", "tpm-support", "usage-operation", "usage-operation-update-time",
    ];
}
