using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>The filters that DescribeVpcs, DescribeSubnets, DescribeNetworkAcls and DescribeAvailabilityZones document.</summary>
internal static class NetworkFilters
{
    public static FilterCatalogue<Vpc> ForVpcs() => new FilterCatalogue<Vpc>()
        .With("vpc-id", vpc => vpc.Id)
        .With("cidr", vpc => vpc.CidrBlock)
        .With("cidr-block-association.cidr-block", vpc => vpc.CidrBlock)
        .With("cidr-block-association.state", _ => "associated")
        .With("is-default", vpc => vpc.IsDefault)
        // An older spelling than the documented one, which Terraform's aws_vpc still sends.
        .With("isDefault", vpc => vpc.IsDefault)
        .With("owner-id", vpc => vpc.OwnerId)
        .With("state", _ => "available")
        .With("ipv6-cidr-block-association.ipv6-cidr-block", vpc => vpc.Ipv6CidrBlock)
        .With("ipv6-cidr-block-association.state", vpc => vpc.Ipv6CidrBlock is null ? null : "associated")
        .With("cidr-block-association.association-id", vpc => vpc.CidrAssociationId)
        .With("ipv6-cidr-block-association.association-id", vpc => vpc.Ipv6CidrAssociationId)
        .WithNothingFor("dhcp-options-id", "dhcpOptionsId", "ipv6-cidr-block-association.ipv6-pool");

    public static FilterCatalogue<Subnet> ForSubnets(Cloud cloud, Func<Subnet, int> freeAddresses) => new FilterCatalogue<Subnet>()
        .With("subnet-id", subnet => subnet.Id)
        .With("vpc-id", subnet => subnet.VpcId)
        .With("availability-zone", subnet => subnet.Zone.Name)
        .With("availabilityZone", subnet => subnet.Zone.Name)
        .With("availability-zone-id", subnet => subnet.Zone.Id)
        .With("availabilityZoneId", subnet => subnet.Zone.Id)
        .With("available-ip-address-count", subnet => freeAddresses(subnet))
        .With("cidr-block", subnet => subnet.CidrBlock)
        .With("cidr", subnet => subnet.CidrBlock)
        .With("cidrBlock", subnet => subnet.CidrBlock)
        .With("default-for-az", subnet => subnet.DefaultForAz)
        .With("defaultForAz", subnet => subnet.DefaultForAz)
        .With("ipv6-native", subnet => subnet.Ipv6Native)
        .With("ipv6-cidr-block-association.ipv6-cidr-block", subnet => subnet.Ipv6CidrBlock)
        .With("ipv6-cidr-block-association.state", subnet => subnet.Ipv6CidrBlock is null ? null : "associated")
        .With("map-public-ip-on-launch", subnet => subnet.MapPublicIpOnLaunch)
        .With("owner-id", subnet => subnet.OwnerId)
        .With("state", _ => "available")
        .With("enable-dns64", _ => "false")
        .With("ipv6-cidr-block-association.association-id", subnet => subnet.Ipv6CidrAssociationId)
        .With("subnet-arn", subnet => subnet.ArnIn(cloud))
        .WithNothingFor(
            "customer-owned-ipv4-pool", "enable-lni-at-device-index", "map-customer-owned-ip-on-launch", "outpost-arn",
            "private-dns-name-options-on-launch.hostname-type",
            "private-dns-name-options-on-launch.enable-resource-name-dns-a-record",
            "private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record");

    public static FilterCatalogue<NetworkAcl> ForAcls() => new FilterCatalogue<NetworkAcl>()
        .With("network-acl-id", acl => acl.Id)
        .With("vpc-id", acl => acl.VpcId)
        .With("default", acl => acl.IsDefault)
        .With("owner-id", acl => acl.OwnerId)
        .With("association.association-id", acl => acl.SubnetsByAssociation.Keys)
        .With("association.network-acl-id", acl => acl.Id)
        .With("association.subnet-id", acl => acl.SubnetsByAssociation.Values)
        .With("entry.cidr", acl => acl.Entries.Where(entry => !entry.IsVersion6).Select(entry => entry.CidrBlock))
        .With("entry.ipv6-cidr", acl => acl.Entries.Where(entry => entry.IsVersion6).Select(entry => entry.CidrBlock))
        .With("entry.icmp.code", acl => acl.Entries.Select(entry => entry.Icmp?.Code))
        .With("entry.icmp.type", acl => acl.Entries.Select(entry => entry.Icmp?.Type))
        .With("entry.protocol", acl => acl.Entries.Select(entry => entry.Protocol))
        .With("entry.rule-action", acl => acl.Entries.Select(entry => entry.Allow ? "allow" : "deny"))
        .With("entry.egress", acl => acl.Entries.Select(entry => Notation.Flag(entry.Egress)))
        .With("entry.rule-number", acl => acl.Entries.Select(entry => (int?)entry.RuleNumber))
        .With("entry.port-range.from", acl => acl.Entries.Select(entry => entry.Ports?.From))
        .With("entry.port-range.to", acl => acl.Entries.Select(entry => entry.Ports?.To));

    /// <summary>Zones have no tags, and none here has a parent zone.</summary>
    public static FilterCatalogue<ZoneRow> ForZones(Cloud cloud) => new FilterCatalogue<ZoneRow>(TagFilters.None)
        .With("zone-name", row => row.Zone.Name)
        .With("zone-id", row => row.Zone.Id)
        .With("zone-type", _ => "availability-zone")
        .With("state", _ => "available")
        .With("region-name", _ => cloud.Options.Region)
        .With("opt-in-status", _ => "opt-in-not-required")
        .With("group-name", _ => ZoneRow.Group(cloud))
        .WithNothingFor("group-long-name", "message", "parent-zone-id", "parent-zone-name");
}
