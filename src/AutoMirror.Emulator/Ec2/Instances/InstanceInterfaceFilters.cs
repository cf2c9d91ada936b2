using AutoMirror.Emulator.Ec2.Networking;
using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Instances;

/// <summary>The filters of DescribeInstances on an instance's network interfaces: any of them may match.</summary>
internal static class InstanceInterfaceFilters
{
    private const string Prefix = "network-interface.";

    public static void AddTo(FilterCatalogue<Instance> catalogue, Cloud cloud, Ec2Engine ec2)
    {
        catalogue
            .WithThoseOf(
                Prefix, NetworkInterfaceFilters.For(cloud, ec2), instance => ec2.NetworkInterfaces.Of(instance.Id),
                "network-interface-id", "subnet-id", "vpc-id", "availability-zone", "description", "mac-address", "owner-id", "status",
                "group-id", "group-name", "requester-id", "requester-managed", "source-dest-check", "private-ip-address",
                "private-dns-name", "addresses.private-ip-address", "addresses.primary", "addresses.association.public-ip",
                "association.public-ip", "association.public-dns-name", "association.ip-owner-id", "ipv6-addresses.ipv6-address",
                "attachment.attachment-id", "attachment.device-index", "attachment.status", "attachment.delete-on-termination",
                "attachment.attach-time", "attachment.instance-owner-id", "operator.managed", "operator.principal")
            .With($"{Prefix}attachment.instance-id", instance => instance.Id)
            .WithNothingFor(
                $"{Prefix}addresses.association.allocation-id", $"{Prefix}addresses.association.association-id",
                $"{Prefix}addresses.association.carrier-ip", $"{Prefix}addresses.association.customer-owned-ip",
                $"{Prefix}association.allocation-id", $"{Prefix}association.association-id", $"{Prefix}association.carrier-ip",
                $"{Prefix}association.customer-owned-ip", $"{Prefix}deny-all-igw-traffic", $"{Prefix}ipv4-prefixes.ipv4-prefix",
                $"{Prefix}ipv6-prefixes.ipv6-prefix", $"{Prefix}outpost-arn");
        Add("attachment.network-card-index", each => [Notation.Number(each.Attachment!.NetworkCardIndex)]);
        Add("addresses.private-dns-name", each => each.PrivateIpAddresses.Select(address => DnsNames.Private(cloud, address)));
        Add("addresses.association.public-dns-name", each => [DnsNames.Public(cloud, each.PublicIp)]);
        Add("addresses.association.ip-owner-id", each => [each.PublicIpOwner]);
        Add("public-dns-name", each => [DnsNames.Public(cloud, each.PublicIp)]);
        Add("ipv6-address", each => each.Ipv6Addresses);
        Add("ipv6-addresses.is-primary-ipv6", each => each.Ipv6Addresses.Select(_ => "false"));
        Add("ipv6-native", each => [Notation.Flag(each.IsIpv6Native)]);
        Add("tag-key", each => each.Tags.Keys);
        Add("tag-value", each => each.Tags.Values);

        void Add(string name, Func<NetworkInterface, IEnumerable<string?>> reader) =>
            catalogue.With(Prefix + name, instance => ec2.NetworkInterfaces.Of(instance.Id).SelectMany(reader));
    }
}
