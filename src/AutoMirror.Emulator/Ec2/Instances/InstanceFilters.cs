using System.Globalization;
using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>
/// The filters that DescribeInstances documents. A terminated instance has no network any more, so those match nothing for it.
/// </summary>
internal static class InstanceFilters
{
    public static FilterCatalogue<Instance> For(Cloud cloud, Ec2Engine ec2)
    {
        IEnumerable<string?> OfInterfaces(Instance instance, Func<NetworkInterface, IEnumerable<string?>> reader) =>
            ec2.NetworkInterfaces.Of(instance.Id).SelectMany(reader);
        NetworkInterface? Primary(Instance instance) => ec2.NetworkInterfaces.Of(instance.Id).Find(each => each.Attachment!.DeviceIndex == 0);

        var catalogue = new FilterCatalogue<Instance>()
            .With("instance-id", instance => instance.Id)
            .With("instance-state-name", instance => instance.StateName)
            .With("instance-state-code", instance => ((int)instance.State).ToString(CultureInfo.InvariantCulture))
            .With("instance-type", instance => instance.Type.Name)
            .With("image-id", instance => instance.ImageId)
            .With("key-name", instance => instance.KeyName)
            .With("client-token", instance => instance.ClientToken)
            .With("launch-index", instance => instance.LaunchIndex.ToString(CultureInfo.InvariantCulture))
            .With("launch-time", instance => Names.Time(instance.LaunchTime))
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
            .With("ena-support", instance => NetworkFilters.Flag(instance.HasEna))
            .With("operator.managed", _ => "false")
            .With("reason", instance => instance.StateTransitionReason)
            .With("subnet-id", instance => instance.State == InstanceState.Terminated ? null : instance.SubnetId)
            .With("vpc-id", instance => instance.State == InstanceState.Terminated ? null : instance.VpcId)
            .With("private-ip-address", instance => OfInterfaces(instance, card => card.PrivateIpAddresses))
            .With("private-dns-name", instance => Names.PrivateDns(cloud, Primary(instance)?.PrivateIpAddress))
            .With("ip-address", instance => OfInterfaces(instance, card => [card.PublicIp]))
            .With("dns-name", instance => Names.PublicDns(cloud, Primary(instance)?.PublicIp))
            .With("ipv6-address", instance => OfInterfaces(instance, card => card.Ipv6Addresses))
            .With("source-dest-check", instance => Primary(instance) is { } card ? NetworkFilters.Flag(card.SourceDestCheck) : null)
            .With("instance.group-id", instance => Primary(instance)?.GroupIds ?? [])
            .With("instance.group-name", instance => Primary(instance)?.GroupIds.Select(id => ec2.SecurityGroups.Table.Find(id)?.Name) ?? []);

        NetworkInterfaceNames(catalogue, OfInterfaces, ec2, cloud);
        return catalogue.WithNothingFor(Unmodelled);
    }

    private static void NetworkInterfaceNames(
        FilterCatalogue<Instance> catalogue, Func<Instance, Func<NetworkInterface, IEnumerable<string?>>, IEnumerable<string?>> of,
            Ec2Engine ec2, Cloud cloud) => catalogue
            .With("network-interface.network-interface-id", instance => of(instance, card => [card.Id]))
            .With("network-interface.subnet-id", instance => of(instance, card => [card.SubnetId]))
            .With("network-interface.vpc-id", instance => of(instance, card => [card.VpcId]))
            .With("network-interface.availability-zone", instance => of(instance, card => [card.Zone.Name]))
            .With("network-interface.description", instance => of(instance, card => [card.Description]))
            .With("network-interface.mac-address", instance => of(instance, card => [card.MacAddress]))
            .With("network-interface.owner-id", instance => of(instance, _ => [cloud.Options.AccountId]))
            .With("network-interface.status", instance => of(instance, card => [card.Status]))
            .With("network-interface.group-id", instance => of(instance, card => card.GroupIds))
            .With("network-interface.group-name", instance =>
                of(instance, card => card.GroupIds.Select(id => ec2.SecurityGroups.Table.Find(id)?.Name)))
            .With("network-interface.requester-managed", instance => of(instance, card => [NetworkFilters.Flag(card.RequesterManaged)]))
            .With("network-interface.source-dest-check", instance => of(instance, card => [NetworkFilters.Flag(card.SourceDestCheck)]))
            .With("network-interface.addresses.private-ip-address", instance => of(instance, card => card.PrivateIpAddresses))
            .With("network-interface.addresses.primary", instance =>
                of(instance, card => card.PrivateIpAddresses.Select((_, i) => NetworkFilters.Flag(i == 0))))
            .With("network-interface.addresses.association.public-ip", instance => of(instance, card => [card.PublicIp]))
            .With("network-interface.association.public-ip", instance => of(instance, card => [card.PublicIp]))
            .With("network-interface.association.public-dns-name", instance => of(instance, card => [Names.PublicDns(cloud, card.PublicIp)]))
            .With("network-interface.public-dns-name", instance => of(instance, card => [Names.PublicDns(cloud, card.PublicIp)]))
            .With("network-interface.private-dns-name", instance => of(instance, card => [Names.PrivateDns(cloud, card.PrivateIpAddress)]))
            .With("network-interface.addresses.private-dns-name", instance =>
                of(instance, card => card.PrivateIpAddresses.Select(address => Names.PrivateDns(cloud, address))))
            .With("network-interface.private-ip-address", instance => of(instance, card => card.PrivateIpAddresses))
            .With("network-interface.ipv6-address", instance => of(instance, card => card.Ipv6Addresses))
            .With("network-interface.tag-key", instance => of(instance, card => card.Tags.Keys))
            .With("network-interface.tag-value", instance => of(instance, card => card.Tags.Values))
            .With("network-interface.ipv6-addresses.ipv6-address", instance => of(instance, card => card.Ipv6Addresses))
            .With("network-interface.attachment.attachment-id", instance => of(instance, card => [card.Attachment!.Id]))
            .With("network-interface.attachment.instance-id", instance => [instance.Id])
            .With("network-interface.attachment.device-index", instance =>
                of(instance, card => [card.Attachment!.DeviceIndex.ToString(CultureInfo.InvariantCulture)]))
            .With("network-interface.attachment.status", instance => of(instance, card => [card.Attachment!.Status]))
            .With("network-interface.attachment.delete-on-termination", instance =>
                of(instance, card => [NetworkFilters.Flag(card.Attachment!.DeleteOnTermination)]))
            .With("network-interface.attachment.attach-time", instance => of(instance, card => [Names.Time(card.Attachment!.AttachTime)]))
            .With("network-interface.attachment.instance-owner-id", instance => of(instance, _ => [cloud.Options.AccountId]))
            .With("network-interface.attachment.network-card-index", instance => of(instance, _ => ["0"]))
            .With("network-interface.association.ip-owner-id", instance => of(instance, card => [card.PublicIpOwner]))
            .With("network-interface.addresses.association.ip-owner-id", instance => of(instance, card => [card.PublicIpOwner]))
            .With("network-interface.addresses.association.public-dns-name", instance =>
                of(instance, card => [Names.PublicDns(cloud, card.PublicIp)]))
            .With("network-interface.ipv6-addresses.is-primary-ipv6", instance => of(instance, card => card.Ipv6Addresses.Select(_ => "false")))
            .With("network-interface.ipv6-native", instance => of(instance, card => [NetworkFilters.Flag(card.IsIpv6Native)]))
            .With("network-interface.operator.managed", instance => of(instance, _ => ["false"]));

    /// <summary>Documented, and of things that are not here.</summary>
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
        "metadata-options.state", "network-interface.addresses.association.allocation-id",
        "network-interface.addresses.association.association-id", "network-interface.addresses.association.carrier-ip",
        "network-interface.addresses.association.customer-owned-ip", "network-interface.association.allocation-id",
        "network-interface.association.association-id", "network-interface.association.carrier-ip",
        "network-interface.association.customer-owned-ip", "network-interface.deny-all-igw-traffic",
        "network-interface.ipv4-prefixes.ipv4-prefix", "network-interface.ipv6-prefixes.ipv6-prefix",
        "network-interface.operator.principal", "network-interface.outpost-arn", "network-interface.requester-id",
        "network-performance-options.bandwidth-weighting", "operator.principal", "outpost-arn", "placement-group-name",
        "placement-partition-number", "platform", "platform-details", "private-dns-name-options.enable-resource-name-dns-a-record",
        "private-dns-name-options.enable-resource-name-dns-aaaa-record", "private-dns-name-options.hostname-type", "product-code",
        "product-code.type", "ramdisk-id", "requester-id", "spot-instance-request-id", "tpm-support", "usage-operation",
        "usage-operation-update-time",
    ];
}
