namespace AutoMirror.Emulator.Ec2;

/// <summary>VPCs, subnets, network ACLs and zones over the wire.</summary>
internal static class NetworkActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateVpc", CreateVpc);
        actions.Add("DeleteVpc", call => Delete(call, "VpcId", call.Ec2.Networks.DeleteVpc));
        actions.Add("DescribeVpcs", DescribeVpcs);
        actions.Add("CreateSubnet", CreateSubnet);
        actions.Add("DeleteSubnet", call => Delete(call, "SubnetId", call.Ec2.Networks.DeleteSubnet));
        actions.Add("DescribeSubnets", DescribeSubnets);
        actions.Add("ModifySubnetAttribute", ModifySubnet);
        actions.Add("DescribeNetworkAcls", DescribeAcls);
        actions.Add("DescribeAvailabilityZones", DescribeZones);
    }

    private static void CreateVpc(Ec2Call call)
    {
        var (block, ipv6) = (call.Input.Required("CidrBlock"), call.Input.Flag("AmazonProvidedIpv6CidrBlock") ?? false);
        call.Input.Text("InstanceTenancy");
        var tags = call.TagsFor("vpc");
        var vpc = call.Do(() => call.Ec2.Networks.CreateVpc(block, ipv6, tags));
        call.Body.Structure("vpc", () => Write(call, vpc));
    }

    private static void DescribeVpcs(Ec2Call call)
    {
        var query = call.Query("VpcId");
        var page = call.Do(() => call.Ec2.Networks.DescribeVpcs(query));
        call.Body.Set("vpcSet", page.Items, vpc => Write(call, vpc)).Text("nextToken", page.NextToken);
    }

    private static void CreateSubnet(Ec2Call call)
    {
        var input = call.Input;
        var (vpc, block, ipv6) = (input.Required("VpcId"), input.Text("CidrBlock"), input.Text("Ipv6CidrBlock"));
        var native = input.Flag("Ipv6Native") ?? false;
        if (!native && block is null)
            throw Ec2Errors.MissingParameter("cidrBlock");
        if (native && (block is not null || ipv6 is null))
            throw Ec2Errors.InvalidParameterCombination("An IPv6-only subnet has an IPv6 CIDR block and no IPv4 CIDR block.");
        var zone = input.Text("AvailabilityZone") ?? input.Text("AvailabilityZoneId");
        input.Text("AvailabilityZoneId");
        var tags = call.TagsFor("subnet");
        var subnet = call.Do(() => call.Ec2.Networks.CreateSubnet(vpc, block, zone, ipv6, tags));
        call.Body.Structure("subnet", () => Write(call, subnet));
    }

    private static void DescribeSubnets(Ec2Call call)
    {
        var query = call.Query("SubnetId");
        var page = call.Do(() => call.Ec2.Networks.DescribeSubnets(query));
        call.Body.Set("subnetSet", page.Items, subnet => Write(call, subnet)).Text("nextToken", page.NextToken);
    }

    private static void ModifySubnet(Ec2Call call)
    {
        var id = call.Input.Required("SubnetId");
        var value = call.Input.Structure("MapPublicIpOnLaunch")?.Flag("Value") ?? throw Ec2Errors.MissingParameter("MapPublicIpOnLaunch");
        call.Do(() => call.Ec2.Networks.SetMapPublicIpOnLaunch(id, value));
        call.Return();
    }

    private static void DescribeAcls(Ec2Call call)
    {
        var query = call.Query("NetworkAclId");
        var page = call.Do(() => call.Ec2.Networks.DescribeNetworkAcls(query));
        call.Body.Set("networkAclSet", page.Items, acl => Write(call, acl)).Text("nextToken", page.NextToken);
    }

    private static void DescribeZones(Ec2Call call)
    {
        var (names, ids) = (call.Input.Texts("ZoneName"), call.Input.Texts("ZoneId"));
        call.Input.Flag("AllAvailabilityZones");
        var filters = call.Query("None").Filters;
        var zones = call.Do(() => call.Ec2.Networks.Zones.Where(zone =>
            (names.Count == 0 || names.Contains(zone.Name)) && (ids.Count == 0 || ids.Contains(zone.Id))
                && filters.All(filter => Matches(call, zone, filter))).ToList());
        if (names.FirstOrDefault(name => !zones.Exists(zone => zone.Name == name)) is { } unknown)
            throw Ec2Errors.InvalidParameterValue($"Invalid availability zone: [{unknown}]");
        call.Body.Set("availabilityZoneInfo", zones, zone => call.Body
            .Text("optInStatus", "opt-in-not-required").Text("regionName", call.Cloud.Options.Region).Text("zoneName", zone.Name)
            .Text("zoneId", zone.Id)
            .Text("groupName", $"{call.Cloud.Options.Region}-zg-1").Text("networkBorderGroup", call.Cloud.Options.Region)
            .Text("zoneType", "availability-zone").Text("zoneState", "available").Structure("messageSet", () => { }));
    }

    private static bool Matches(Ec2Call call, Zone zone, Filter filter)
    {
        var value = filter.Name switch
        {
            "zone-name" => zone.Name,
            "zone-id" => zone.Id,
            "zone-type" => "availability-zone",
            "state" => "available",
            "region-name" => call.Cloud.Options.Region,
            "opt-in-status" => "opt-in-not-required",
            "group-name" => $"{call.Cloud.Options.Region}-zg-1",
            "message" or "parent-zone-id" or "parent-zone-name" or "group-long-name" => "",
            _ => throw Ec2Errors.InvalidFilter(filter.Name),
        };
        return filter.Values.Any(pattern => Protocol.Wildcard.Matches(pattern, value));
    }

    private static void Delete(Ec2Call call, string name, Action<string> delete)
    {
        var id = call.Input.Required(name);
        call.Do(() => delete(id));
        call.Return();
    }

    private static void Write(Ec2Call call, Vpc vpc)
    {
        var body = call.Body;
        body.Text("vpcId", vpc.Id).Text("ownerId", call.Cloud.Options.AccountId).Text("state", "available").Text("cidrBlock", vpc.CidrBlock)
            .Set("cidrBlockAssociationSet", [vpc.CidrBlock], block => body
                .Text("associationId", vpc.Id.Replace("vpc-", "vpc-cidr-assoc-", StringComparison.Ordinal)).Text("cidrBlock", block)
                .Structure("cidrBlockState", () => body.Text("state", "associated")));
        if (vpc.Ipv6CidrBlock is { } ipv6)
            body.Set("ipv6CidrBlockAssociationSet", [ipv6], block => body
                .Text("associationId", vpc.Id.Replace("vpc-", "vpc-cidr-assoc-6", StringComparison.Ordinal)).Text("ipv6CidrBlock", block)
                .Structure("ipv6CidrBlockState", () => body.Text("state", "associated"))
                .Text("networkBorderGroup", call.Cloud.Options.Region));
        body.Text("instanceTenancy", "default").Flag("isDefault", vpc.IsDefault).Tags(vpc);
    }

    private static void Write(Ec2Call call, Subnet subnet)
    {
        var body = call.Body;
        body.Text("subnetId", subnet.Id).Text("subnetArn", call.Cloud.Arn("ec2", $"subnet/{subnet.Id}")).Text("state", "available")
            .Text("ownerId", call.Cloud.Options.AccountId).Text("vpcId", subnet.VpcId).Text("cidrBlock", subnet.CidrBlock)
            .Set("ipv6CidrBlockAssociationSet", subnet.Ipv6CidrBlock is { } ipv6 ? [ipv6] : Array.Empty<string>(), block => body
                .Text("associationId", subnet.Id.Replace("subnet-", "subnet-cidr-assoc-", StringComparison.Ordinal))
                .Text("ipv6CidrBlock", block)
                .Structure("ipv6CidrBlockState", () => body.Text("state", "associated")))
            .Integer("availableIpAddressCount", call.Ec2.Networks.FreeAddresses(subnet))
            .Text("availabilityZone", subnet.Zone.Name).Text("availabilityZoneId", subnet.Zone.Id)
            .Flag("defaultForAz", subnet.DefaultForAz).Flag("mapPublicIpOnLaunch", subnet.MapPublicIpOnLaunch)
            .Flag("assignIpv6AddressOnCreation", subnet.Ipv6Native).Flag("enableDns64", false).Flag("ipv6Native", subnet.Ipv6Native)
            .Tags(subnet);
    }

    private static void Write(Ec2Call call, NetworkAcl acl)
    {
        var body = call.Body;
        body.Text("networkAclId", acl.Id).Text("vpcId", acl.VpcId).Text("ownerId", call.Cloud.Options.AccountId)
            .Flag("default", acl.IsDefault)
            .Set("entrySet", acl.Entries, entry =>
            {
                body.Integer("ruleNumber", entry.RuleNumber).Text("protocol", entry.Protocol)
                    .Text("ruleAction", entry.Allow ? "allow" : "deny")
                    .Flag("egress", entry.Egress).Text("cidrBlock", entry.CidrBlock);
                if (entry.Ports is { } ports)
                    body.Structure("portRange", () => body.Integer("from", ports.From).Integer("to", ports.To));
            })
            .Set("associationSet", acl.SubnetsByAssociation, association => body
                .Text("networkAclAssociationId", association.Key).Text("networkAclId", acl.Id).Text("subnetId", association.Value))
            .Tags(acl);
    }
}
