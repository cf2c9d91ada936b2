using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>The filters that DescribeNetworkInterfaces documents.</summary>
internal static class NetworkInterfaceFilters
{
    public static FilterCatalogue<NetworkInterface> For(Cloud cloud, Ec2Engine ec2) => new FilterCatalogue<NetworkInterface>()
        .With("network-interface-id", each => each.Id)
        .With("subnet-id", each => each.SubnetId)
        .With("vpc-id", each => each.VpcId)
        .With("availability-zone", each => each.Zone.Name)
        .With("availability-zone-id", each => each.Zone.Id)
        .With("description", each => each.Description)
        .With("interface-type", each => each.InterfaceType)
        .With("mac-address", each => each.MacAddress)
        .With("owner-id", each => each.OwnerId)
        .With("status", each => each.Status)
        .With("operator.managed", each => each.Operator is not null)
        .With("operator.principal", each => each.Operator?.Principal)
        .With("group-id", each => each.GroupIds)
        .With("group-name", each => each.GroupIds.Select(ec2.SecurityGroups.NameOf))
        .With("requester-managed", each => each.RequesterManaged)
        .With("requester-id", each => each.RequesterId)
        .With("source-dest-check", each => each.SourceDestCheck)
        .With("private-ip-address", each => each.PrivateIpAddresses)
        .With("addresses.private-ip-address", each => each.PrivateIpAddresses)
        .With("addresses.primary", each => each.PrivateIpAddresses.Select((_, i) => Notation.Flag(i == 0)))
        .With("addresses.association.public-ip", each => each.PublicIp)
        .With("addresses.association.owner-id", each => each.PublicIpOwner)
        .With("association.public-ip", each => each.PublicIp)
        .With("association.ip-owner-id", each => each.PublicIpOwner)
        .With("ipv6-addresses.ipv6-address", each => each.Ipv6Addresses)
        .With("private-dns-name", each => DnsNames.Private(cloud, each.PrivateIpAddress))
        .With("association.public-dns-name", each => DnsNames.Public(cloud, each.PublicIp))
        .With("attachment.attachment-id", each => each.Attachment?.Id)
        .With("attachment.instance-id", each => each.Attachment?.InstanceId)
        .With("attachment.instance-owner-id", each => each.Attachment?.InstanceOwnerId)
        .With("attachment.device-index", each => each.Attachment?.DeviceIndex)
        .With("attachment.status", each => each.Attachment?.Status)
        .With("attachment.attach-time", each => each.Attachment?.AttachTime)
        .With("attachment.delete-on-termination", each => each.Attachment?.DeleteOnTermination)
        .WithNothingFor("association.allocation-id", "association.association-id");
}
