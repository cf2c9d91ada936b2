namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>VPCs, subnets, network ACLs and zones as EC2 writes them.</summary>
internal static class NetworkXml
{
    public static void Write(Ec2Call call, Vpc vpc)
    {
        var body = call.Body;
        body.Text("vpcId", vpc.Id).Text("ownerId", vpc.OwnerId).Text("state", "available").Text("cidrBlock", vpc.CidrBlock)
            .Set("cidrBlockAssociationSet", [vpc.CidrBlock], block => body
                .Text("associationId", vpc.CidrAssociationId).Text("cidrBlock", block)
                .Structure("cidrBlockState", () => body.Text("state", "associated")));
        if (vpc.Ipv6CidrBlock is { } ipv6)
        {
            body.Set("ipv6CidrBlockAssociationSet", [ipv6], block => body
                .Text("associationId", vpc.Ipv6CidrAssociationId).Text("ipv6CidrBlock", block)
                .Structure("ipv6CidrBlockState", () => body.Text("state", "associated"))
                .Text("networkBorderGroup", call.Cloud.Options.Region));
        }

        body.Text("instanceTenancy", vpc.InstanceTenancy).Flag("isDefault", vpc.IsDefault).TagsIfAny(vpc);
    }

    public static void Write(Ec2Call call, Subnet subnet)
    {
        var body = call.Body;
        string[] ipv6Blocks = subnet.Ipv6CidrBlock is { } ipv6 ? [ipv6] : [];
        body.Text("subnetId", subnet.Id).Text("subnetArn", subnet.ArnIn(call.Cloud)).Text("state", "available")
            .Text("ownerId", subnet.OwnerId).Text("vpcId", subnet.VpcId).Text("cidrBlock", subnet.CidrBlock)
            .Set("ipv6CidrBlockAssociationSet", ipv6Blocks, block => body
                .Text("associationId", subnet.Ipv6CidrAssociationId).Text("ipv6CidrBlock", block)
                .Structure("ipv6CidrBlockState", () => body.Text("state", "associated")))
            .Integer("availableIpAddressCount", call.Ec2.Networks.FreeAddresses(subnet))
            .Text("availabilityZone", subnet.Zone.Name).Text("availabilityZoneId", subnet.Zone.Id)
            .Flag("defaultForAz", subnet.DefaultForAz).Flag("mapPublicIpOnLaunch", subnet.MapPublicIpOnLaunch)
            .Flag("assignIpv6AddressOnCreation", subnet.Ipv6Native).Flag("enableDns64", false).Flag("ipv6Native", subnet.Ipv6Native)
            .TagsIfAny(subnet);
    }

    public static void Write(Ec2Call call, NetworkAcl acl)
    {
        var body = call.Body;
        body.Text("networkAclId", acl.Id).Text("vpcId", acl.VpcId).Text("ownerId", acl.OwnerId)
            .Flag("default", acl.IsDefault)
            .Set("entrySet", acl.Entries, entry =>
            {
                body.Integer("ruleNumber", entry.RuleNumber).Text("protocol", entry.Protocol)
                    .Text("ruleAction", entry.Allow ? "allow" : "deny")
                    .Flag("egress", entry.Egress).Text(entry.IsVersion6 ? "ipv6CidrBlock" : "cidrBlock", entry.CidrBlock);
                if (entry.Icmp is { } icmp)
                    body.Structure("icmpTypeCode", () => body.Integer("code", icmp.Code).Integer("type", icmp.Type));
                if (entry.Ports is { } ports)
                    body.Structure("portRange", () => body.Integer("from", ports.From).Integer("to", ports.To));
            })
            .Set("associationSet", acl.SubnetsByAssociation, association => body
                .Text("networkAclAssociationId", association.Key).Text("networkAclId", acl.Id).Text("subnetId", association.Value))
            .Tags(acl);
    }

    public static void Write(Ec2Call call, Zone zone) => call.Body
        .Text("optInStatus", "opt-in-not-required")
        .Text("regionName", call.Cloud.Options.Region)
        .Text("zoneName", zone.Name)
        .Text("zoneId", zone.Id)
        .Text("groupName", ZoneRow.Group(call.Cloud))
        .Text("networkBorderGroup", call.Cloud.Options.Region)
        .Text("zoneType", "availability-zone")
        .Text("zoneState", "available")
        .Empty("messageSet");
}
