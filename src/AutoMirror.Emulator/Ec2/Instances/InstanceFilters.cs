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
        NetworkInterface? Primary(Instance instance) => ec2.NetworkInterfaces.Of(instance.Id).Find(one => one.Attachment!.DeviceIndex == 0);

        var catalogue = new FilterCatalogue<Instance>()
            .With("instance-id", one => one.Id)
            .With("instance-state-name", one => one.StateName)
            .With("instance-state-code", one => ((int)one.State).ToString(CultureInfo.InvariantCulture))
            .With("instance-type", one => one.Type.Name)
            .With("image-id", one => one.ImageId)
            .With("key-name", one => one.KeyName)
            .With("client-token", one => one.ClientToken)
            .With("launch-index", one => one.LaunchIndex.ToString(CultureInfo.InvariantCulture))
            .With("launch-time", one => Names.Time(one.LaunchTime))
            .With("reservation-id", one => one.ReservationId)
            .With("owner-id", _ => cloud.Options.AccountId)
            .With("availability-zone", one => one.Zone.Name)
            .With("availability-zone-id", one => one.Zone.Id)
            .With("architecture", one => one.Type.Architectures[^1])
            .With("hypervisor", _ => "xen")
            .With("virtualization-type", _ => "hvm")
            .With("root-device-type", _ => "ebs")
            .With("root-device-name", _ => "/dev/xvda")
            .With("tenancy", _ => "default")
            .With("monitoring-state", one => one.Monitoring ? "enabled" : "disabled")
            .With("state-reason-code", one => one.StateReason?.Code)
            .With("state-reason-message", one => one.StateReason?.Message)
            .With("ebs-optimized", _ => "false")
            .With("ena-support", one => NetworkFilters.Flag(one.HasEna))
            .With("operator.managed", _ => "false")
            .With("reason", one => one.StateTransitionReason)
            .With("subnet-id", one => one.State == InstanceState.Terminated ? null : one.SubnetId)
            .With("vpc-id", one => one.State == InstanceState.Terminated ? null : one.VpcId)
            .With("private-ip-address", one => OfInterfaces(one, card => card.PrivateIpAddresses))
            .With("private-dns-name", one => Names.PrivateDns(cloud, Primary(one)?.PrivateIpAddress))
            .With("ip-address", one => OfInterfaces(one, card => [card.PublicIp]))
            .With("dns-name", one => Names.PublicDns(cloud, Primary(one)?.PublicIp))
            .With("ipv6-address", one => OfInterfaces(one, card => card.Ipv6Addresses))
            .With("source-dest-check", one => Primary(one) is { } card ? NetworkFilters.Flag(card.SourceDestCheck) : null)
            .With("instance.group-id", one => Primary(one)?.GroupIds ?? [])
            .With("instance.group-name", one => Primary(one)?.GroupIds.Select(id => ec2.SecurityGroups.Table.Find(id)?.Name) ?? []);

        NetworkInterfaceNames(catalogue, OfInterfaces, ec2, cloud);
        return catalogue.WithNothingFor(Unmodelled);
    }

    private static void NetworkInterfaceNames(
        FilterCatalogue<Instance> catalogue, Func<Instance, Func<NetworkInterface, IEnumerable<string?>>, IEnumerable<string?>> of,
            Ec2Engine ec2, Cloud cloud) => catalogue
            .With("network-interface.network-interface-id", one => of(one, card => [card.Id]))
            .With("network-interface.subnet-id", one => of(one, card => [card.SubnetId]))
            .With("network-interface.vpc-id", one => of(one, card => [card.VpcId]))
            .With("network-interface.availability-zone", one => of(one, card => [card.Zone.Name]))
            .With("network-interface.description", one => of(one, card => [card.Description]))
            .With("network-interface.mac-address", one => of(one, card => [card.MacAddress]))
            .With("network-interface.owner-id", one => of(one, _ => [cloud.Options.AccountId]))
            .With("network-interface.status", one => of(one, card => [card.Status]))
            .With("network-interface.group-id", one => of(one, card => card.GroupIds))
            .With("network-interface.group-name", one =>
                of(one, card => card.GroupIds.Select(id => ec2.SecurityGroups.Table.Find(id)?.Name)))
            .With("network-interface.requester-managed", one => of(one, card => [NetworkFilters.Flag(card.RequesterManaged)]))
            .With("network-interface.source-dest-check", one => of(one, card => [NetworkFilters.Flag(card.SourceDestCheck)]))
            .With("network-interface.addresses.private-ip-address", one => of(one, card => card.PrivateIpAddresses))
            .With("network-interface.addresses.primary", one =>
                of(one, card => card.PrivateIpAddresses.Select((_, i) => NetworkFilters.Flag(i == 0))))
            .With("network-interface.addresses.association.public-ip", one => of(one, card => [card.PublicIp]))
            .With("network-interface.association.public-ip", one => of(one, card => [card.PublicIp]))
            .With("network-interface.association.public-dns-name", one => of(one, card => [Names.PublicDns(cloud, card.PublicIp)]))
            .With("network-interface.public-dns-name", one => of(one, card => [Names.PublicDns(cloud, card.PublicIp)]))
            .With("network-interface.private-dns-name", one => of(one, card => [Names.PrivateDns(cloud, card.PrivateIpAddress)]))
            .With("network-interface.addresses.private-dns-name", one =>
                of(one, card => card.PrivateIpAddresses.Select(address => Names.PrivateDns(cloud, address))))
            .With("network-interface.private-ip-address", one => of(one, card => card.PrivateIpAddresses))
            .With("network-interface.ipv6-address", one => of(one, card => card.Ipv6Addresses))
            .With("network-interface.tag-key", one => of(one, card => card.Tags.Keys))
            .With("network-interface.tag-value", one => of(one, card => card.Tags.Values))
            .With("network-interface.ipv6-addresses.ipv6-address", one => of(one, card => card.Ipv6Addresses))
            .With("network-interface.attachment.attachment-id", one => of(one, card => [card.Attachment!.Id]))
            .With("network-interface.attachment.instance-id", one => [one.Id])
            .With("network-interface.attachment.device-index", one =>
                of(one, card => [card.Attachment!.DeviceIndex.ToString(CultureInfo.InvariantCulture)]))
            .With("network-interface.attachment.status", one => of(one, card => [card.Attachment!.Status]))
            .With("network-interface.attachment.delete-on-termination", one =>
                of(one, card => [NetworkFilters.Flag(card.Attachment!.DeleteOnTermination)]))
            .With("network-interface.attachment.attach-time", one => of(one, card => [Names.Time(card.Attachment!.AttachTime)]))
            .With("network-interface.attachment.instance-owner-id", one => of(one, _ => [cloud.Options.AccountId]))
            .With("network-interface.attachment.network-card-index", one => of(one, _ => ["0"]))
            .With("network-interface.association.ip-owner-id", one => of(one, card => [card.PublicIpOwner]))
            .With("network-interface.addresses.association.ip-owner-id", one => of(one, card => [card.PublicIpOwner]))
            .With("network-interface.addresses.association.public-dns-name", one =>
                of(one, card => [Names.PublicDns(cloud, card.PublicIp)]))
            .With("network-interface.ipv6-addresses.is-primary-ipv6", one => of(one, card => card.Ipv6Addresses.Select(_ => "false")))
            .With("network-interface.ipv6-native", one => of(one, card => [NetworkFilters.Flag(card.IsIpv6Native)]))
            .With("network-interface.operator.managed", one => of(one, _ => ["false"]));

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
