using System.Globalization;

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
        .With("owner-id", _ => cloud.Options.AccountId)
        .With("status", each => each.Status)
        .With("operator.managed", _ => "false")
        .With("group-id", each => each.GroupIds)
        .With("group-name", each => each.GroupIds.Select(id => ec2.SecurityGroups.Table.Find(id)?.Name))
        .With("requester-managed", each => NetworkFilters.Flag(each.RequesterManaged))
        .With("source-dest-check", each => NetworkFilters.Flag(each.SourceDestCheck))
        .With("private-ip-address", each => each.PrivateIpAddresses)
        .With("addresses.private-ip-address", each => each.PrivateIpAddresses)
        .With("addresses.primary", each => each.PrivateIpAddresses.Select((_, i) => NetworkFilters.Flag(i == 0)))
        .With("addresses.association.public-ip", each => each.PublicIp)
        .With("addresses.association.owner-id", each => each.PublicIpOwner)
        .With("association.public-ip", each => each.PublicIp)
        .With("association.ip-owner-id", each => each.PublicIpOwner)
        .With("ipv6-addresses.ipv6-address", each => each.Ipv6Addresses)
        .With("private-dns-name", each => Names.PrivateDns(cloud, each.PrivateIpAddress))
        .With("association.public-dns-name", each => Names.PublicDns(cloud, each.PublicIp))
        .With("attachment.attachment-id", each => each.Attachment?.Id)
        .With("attachment.instance-id", each => each.Attachment?.InstanceId)
        .With("attachment.instance-owner-id", each => each.Attachment is null ? null : cloud.Options.AccountId)
        .With("attachment.device-index", each => each.Attachment?.DeviceIndex.ToString(CultureInfo.InvariantCulture))
        .With("attachment.status", each => each.Attachment?.Status)
        .With("attachment.attach-time", each => each.Attachment is { } attachment ? Names.Time(attachment.AttachTime) : null)
        .With("attachment.delete-on-termination", each =>
            each.Attachment is { } attachment ? NetworkFilters.Flag(attachment.DeleteOnTermination) : null)
        .WithNothingFor("association.allocation-id", "association.association-id", "requester-id", "operator.principal");
}

/// <summary>How EC2 writes names and times.</summary>
internal static class Names
{
    /// <summary>"ip-10-0-0-5.ec2.internal" in us-east-1, with the Region elsewhere ("Amazon EC2 instance hostnames").</summary>
    public static string? PrivateDns(Cloud cloud, string? address) => address is null
        ? null
        : $"ip-{address.Replace('.', '-')}.{Domain(cloud, "ec2")}.internal";

    public static string? PublicDns(Cloud cloud, string? address) => address is null
        ? null
        : $"ec2-{address.Replace('.', '-')}.{Domain(cloud, "compute-1")}.amazonaws.com";

    private static string Domain(Cloud cloud, string inUsEast1) =>
        cloud.Options.Region == "us-east-1" ? inUsEast1 : $"{cloud.Options.Region}.compute";

    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture);
}
