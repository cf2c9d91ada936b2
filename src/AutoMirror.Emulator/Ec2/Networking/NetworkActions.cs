namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>VPCs, subnets, network ACLs and zones over the wire.</summary>
internal static class NetworkActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateVpc", CreateVpc);
        actions.Add("DeleteVpc", call => Delete(call, "VpcId", call.Ec2.Networks.DeleteVpc));
        actions.Add("DescribeVpcs", call =>
            call.Describe("VpcId", "vpcSet", call.Ec2.Networks.DescribeVpcs, vpc => NetworkXml.Write(call, vpc)));
        actions.Add("CreateSubnet", CreateSubnet);
        actions.Add("DeleteSubnet", call => Delete(call, "SubnetId", call.Ec2.Networks.DeleteSubnet));
        actions.Add("DescribeSubnets", call =>
            call.Describe("SubnetId", "subnetSet", call.Ec2.Networks.DescribeSubnets, subnet => NetworkXml.Write(call, subnet)));
        actions.Add("ModifySubnetAttribute", ModifySubnet);
        actions.Add("DescribeNetworkAcls", call =>
            call.Describe("NetworkAclId", "networkAclSet", call.Ec2.Networks.DescribeNetworkAcls, acl => NetworkXml.Write(call, acl)));
        actions.Add("DescribeAvailabilityZones", DescribeZones);
    }

    private static void CreateVpc(Ec2Call call)
    {
        var (block, ipv6) = (call.Input.Text("CidrBlock"), call.Input.Flag("AmazonProvidedIpv6CidrBlock") ?? false);
        var tenancy = call.Input.Text("InstanceTenancy") ?? "default";
        // "The host value is for internal use only."
        Ranges.CheckOneOf("InstanceTenancy", tenancy, "default", "dedicated");
        var tags = call.TagsFor("vpc");
        // The model does not require a range, since an address manager may give one; the emulator has no address manager.
        var vpc = call.Do(() => call.Ec2.Networks.CreateVpc(block ?? throw Ec2Errors.MissingParameter("CidrBlock"), ipv6, tags, tenancy));
        call.Body.Structure("vpc", () => NetworkXml.Write(call, vpc));
    }

    private static void CreateSubnet(Ec2Call call)
    {
        var input = call.Input;
        var (vpc, block, ipv6) = (input.Required("VpcId"), input.Text("CidrBlock"), input.Text("Ipv6CidrBlock"));
        var isIpv6Only = input.Flag("Ipv6Native") ?? false;
        var (zoneName, zoneId) = (input.Text("AvailabilityZone"), input.Text("AvailabilityZoneId"));
        // "Either AvailabilityZone or AvailabilityZoneId can be specified, but not both."
        if (zoneName is not null && zoneId is not null)
            throw Ec2Errors.InvalidParameterCombination("Either AvailabilityZone or AvailabilityZoneId can be specified, but not both.");
        var tags = call.TagsFor("subnet");
        var subnet = call.Do(() =>
        {
            if (!isIpv6Only && block is null)
                throw Ec2Errors.MissingParameter("cidrBlock");
            if (isIpv6Only && (block is not null || ipv6 is null))
                throw Ec2Errors.InvalidParameterCombination("An IPv6-only subnet has an IPv6 CIDR block and no IPv4 CIDR block.");
            return call.Ec2.Networks.CreateSubnet(vpc, block, zoneName ?? zoneId, ipv6, tags);
        });
        call.Body.Structure("subnet", () => NetworkXml.Write(call, subnet));
    }

    private static void ModifySubnet(Ec2Call call)
    {
        var id = call.Input.Required("SubnetId");
        var value = call.Input.Structure("MapPublicIpOnLaunch")?.Flag("Value");
        call.Do(() => call.Ec2.Networks.SetMapPublicIpOnLaunch(id, value ?? throw Ec2Errors.MissingParameter("MapPublicIpOnLaunch")));
        call.Return();
    }

    /// <summary>The one describe here without pages: a Region has few zones.</summary>
    private static void DescribeZones(Ec2Call call)
    {
        var (names, ids) = (call.Input.Texts("ZoneName"), call.Input.Texts("ZoneId"));
        call.Input.Flag("AllAvailabilityZones");
        var filters = call.Filters;
        var zones = call.Do(() =>
        {
            var all = call.Ec2.Networks.Zones;
            if (names.Concat(ids).FirstOrDefault(wanted => !all.Any(zone => zone.Name == wanted || zone.Id == wanted)) is { } unknown)
                throw Ec2Errors.InvalidParameterValue($"Invalid availability zone: [{unknown}]");
            var matches = NetworkFilters.ForZones(call.Cloud).Compile(filters);
            return all.Where(zone =>
                (names.Count == 0 || names.Contains(zone.Name)) && (ids.Count == 0 || ids.Contains(zone.Id))
                    && matches(new ZoneRow { Id = zone.Id, Zone = zone })).ToList();
        });
        call.Body.Set("availabilityZoneInfo", zones, zone => NetworkXml.Write(call, zone));
    }

    private static void Delete(Ec2Call call, string parameter, Action<string> delete)
    {
        call.DoTo(parameter, delete);
        call.Return();
    }
}
