namespace AutoMirror.Emulator.Ec2.Networking;

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
        var (block, ipv6) = (call.Input.Text("CidrBlock"), call.Input.Flag("AmazonProvidedIpv6CidrBlock") ?? false);
        var tenancy = call.Input.Text("InstanceTenancy") ?? "default";
        // "The host value is for internal use only."
        if (tenancy is not ("default" or "dedicated"))
            throw Ec2Errors.NotOneOf("InstanceTenancy", tenancy, ["default", "dedicated"]);
        var tags = call.TagsFor("vpc");
        // The range may come from an address manager instead, for which there is nothing here: not required by the model, but here.
        var vpc = call.Do(() => call.Ec2.Networks.CreateVpc(block ?? throw Ec2Errors.MissingParameter("CidrBlock"), ipv6, tags, tenancy));
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
        var (zoneName, zoneId) = (input.Text("AvailabilityZone"), input.Text("AvailabilityZoneId"));
        // "Either AvailabilityZone or AvailabilityZoneId can be specified, but not both."
        if (zoneName is not null && zoneId is not null)
            throw Ec2Errors.InvalidParameterCombination("Either AvailabilityZone or AvailabilityZoneId can be specified, but not both.");
        var tags = call.TagsFor("subnet");
        var subnet = call.Do(() =>
        {
            if (!native && block is null)
                throw Ec2Errors.MissingParameter("cidrBlock");
            if (native && (block is not null || ipv6 is null))
                throw Ec2Errors.InvalidParameterCombination("An IPv6-only subnet has an IPv6 CIDR block and no IPv4 CIDR block.");
            return call.Ec2.Networks.CreateSubnet(vpc, block, zoneName ?? zoneId, ipv6, tags);
        });
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
        var value = call.Input.Structure("MapPublicIpOnLaunch")?.Flag("Value");
        call.Do(() => call.Ec2.Networks.SetMapPublicIpOnLaunch(id, value ?? throw Ec2Errors.MissingParameter("MapPublicIpOnLaunch")));
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
        var filters = call.Filters;
        var zones = call.Do(() =>
        {
            if (names.Concat(ids).FirstOrDefault(each => !call.Ec2.Networks.Zones.Any(zone => zone.Name == each || zone.Id == each)) is { } unknown)
                throw Ec2Errors.InvalidParameterValue($"Invalid availability zone: [{unknown}]");
            var matches = NetworkFilters.ForZones(call.Cloud).Compile(filters);
            return call.Ec2.Networks.Zones.Where(zone =>
                (names.Count == 0 || names.Contains(zone.Name)) && (ids.Count == 0 || ids.Contains(zone.Id))
                    && matches(new ZoneRow { Id = zone.Id, Zone = zone })).ToList();
        });
        call.Body.Set("availabilityZoneInfo", zones, zone => call.Body
            .Text("optInStatus", "opt-in-not-required").Text("regionName", call.Cloud.Options.Region).Text("zoneName", zone.Name)
            .Text("zoneId", zone.Id)
            .Text("groupName", ZoneRow.Group(call.Cloud)).Text("networkBorderGroup", call.Cloud.Options.Region)
            .Text("zoneType", "availability-zone").Text("zoneState", "available").Structure("messageSet", () => { }));
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

    private static void Write(Ec2Call call, Subnet subnet)
    {
        var body = call.Body;
        body.Text("subnetId", subnet.Id).Text("subnetArn", call.Cloud.Arn("ec2", $"subnet/{subnet.Id}")).Text("state", "available")
            .Text("ownerId", call.Cloud.Options.AccountId).Text("vpcId", subnet.VpcId).Text("cidrBlock", subnet.CidrBlock)
            .Set("ipv6CidrBlockAssociationSet", subnet.Ipv6CidrBlock is { } ipv6 ? [ipv6] : Array.Empty<string>(), block => body
                .Text("associationId", subnet.Ipv6CidrAssociationId)
                .Text("ipv6CidrBlock", block)
                .Structure("ipv6CidrBlockState", () => body.Text("state", "associated")))
            .Integer("availableIpAddressCount", call.Ec2.Networks.FreeAddresses(subnet))
            .Text("availabilityZone", subnet.Zone.Name).Text("availabilityZoneId", subnet.Zone.Id)
            .Flag("defaultForAz", subnet.DefaultForAz).Flag("mapPublicIpOnLaunch", subnet.MapPublicIpOnLaunch)
            .Flag("assignIpv6AddressOnCreation", subnet.Ipv6Native).Flag("enableDns64", false).Flag("ipv6Native", subnet.Ipv6Native)
            .TagsIfAny(subnet);
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
