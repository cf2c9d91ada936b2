using System.Globalization;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>The filters that DescribeNetworkInterfaces documents.</summary>
internal static class NetworkInterfaceFilters
{
    public static FilterCatalogue<NetworkInterface> For(Cloud cloud, Ec2Engine ec2) => new FilterCatalogue<NetworkInterface>()
        .With("network-interface-id", one => one.Id)
        .With("subnet-id", one => one.SubnetId)
        .With("vpc-id", one => one.VpcId)
        .With("availability-zone", one => one.Zone.Name)
        .With("availability-zone-id", one => one.Zone.Id)
        .With("description", one => one.Description)
        .With("interface-type", one => one.InterfaceType)
        .With("mac-address", one => one.MacAddress)
        .With("owner-id", _ => cloud.Options.AccountId)
        .With("status", one => one.Status)
        .With("operator.managed", _ => "false")
        .With("group-id", one => one.GroupIds)
        .With("group-name", one => one.GroupIds.Select(id => ec2.SecurityGroups.Table.Find(id)?.Name))
        .With("requester-managed", one => NetworkFilters.Flag(one.RequesterManaged))
        .With("source-dest-check", one => NetworkFilters.Flag(one.SourceDestCheck))
        .With("private-ip-address", one => one.PrivateIpAddresses)
        .With("addresses.private-ip-address", one => one.PrivateIpAddresses)
        .With("addresses.primary", one => one.PrivateIpAddresses.Select((_, i) => NetworkFilters.Flag(i == 0)))
        .With("addresses.association.public-ip", one => one.PublicIp)
        .With("addresses.association.owner-id", one => one.PublicIpOwner)
        .With("association.public-ip", one => one.PublicIp)
        .With("association.ip-owner-id", one => one.PublicIpOwner)
        .With("ipv6-addresses.ipv6-address", one => one.Ipv6Addresses)
        .With("private-dns-name", one => Names.PrivateDns(cloud, one.PrivateIpAddress))
        .With("association.public-dns-name", one => Names.PublicDns(cloud, one.PublicIp))
        .With("attachment.attachment-id", one => one.Attachment?.Id)
        .With("attachment.instance-id", one => one.Attachment?.InstanceId)
        .With("attachment.instance-owner-id", one => one.Attachment is null ? null : cloud.Options.AccountId)
        .With("attachment.device-index", one => one.Attachment?.DeviceIndex.ToString(CultureInfo.InvariantCulture))
        .With("attachment.status", one => one.Attachment?.Status)
        .With("attachment.attach-time", one => one.Attachment is { } attachment ? Names.Time(attachment.AttachTime) : null)
        .With("attachment.delete-on-termination", one =>
            one.Attachment is { } attachment ? NetworkFilters.Flag(attachment.DeleteOnTermination) : null)
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
