using AutoMirror.Emulator.Ec2.Networking;

namespace AutoMirror.Emulator.Recordings;

/// <summary>VPCs, subnets, security groups, network ACLs and endpoints of a recording.</summary>
internal sealed class RecordedNetworks(Cloud cloud)
{
    public static bool IsGatewayLoadBalancers(Entry endpoint) => endpoint.Text("VpcEndpointType") == VpcEndpoints.GatewayLoadBalancer;

    public Vpc VpcOf(Entry vpc) => new()
    {
        Id = vpc.Required("VpcId"), OwnerId = OwnerOf(vpc), CidrBlock = vpc.Required("CidrBlock"), IsDefault = vpc.Flag("IsDefault"),
        InstanceTenancy = vpc.Text("InstanceTenancy") ?? "default", Ipv6CidrBlock = Ipv6BlockOf(vpc), Tags = vpc.Tags(),
    };

    public Subnet SubnetOf(Entry subnet)
    {
        var zone = subnet.Required("AvailabilityZone");
        return new()
        {
            Id = subnet.Required("SubnetId"), VpcId = subnet.Required("VpcId"), OwnerId = OwnerOf(subnet),
            Zone = new Zone(zone, subnet.Text("AvailabilityZoneId") ?? zone),
            CidrBlock = subnet.Text("CidrBlock"), Ipv6CidrBlock = Ipv6BlockOf(subnet), Ipv6Native = subnet.Flag("Ipv6Native"),
            DefaultForAz = subnet.Flag("DefaultForAz"), MapPublicIpOnLaunch = subnet.Flag("MapPublicIpOnLaunch"), Tags = subnet.Tags(),
        };
    }

    public SecurityGroup GroupOf(Entry group) => new()
    {
        Id = group.Required("GroupId"), Name = group.Required("GroupName"), Description = group.Text("Description") ?? "",
        VpcId = group.Required("VpcId"), OwnerId = OwnerOf(group), Tags = group.Tags(),
        Ingress = [.. group.Structures("IpPermissions").SelectMany(PermissionsOf)],
        Egress = [.. group.Structures("IpPermissionsEgress").SelectMany(PermissionsOf)],
    };

    public NetworkAcl AclOf(Entry acl) => new()
    {
        Id = acl.Required("NetworkAclId"), VpcId = acl.Required("VpcId"), OwnerId = OwnerOf(acl), IsDefault = acl.Flag("IsDefault"),
        Entries = [.. acl.Structures("Entries").Select(EntryOf)],
        SubnetsByAssociation = acl.Structures("Associations").ToDictionary(
            each => each.Required("NetworkAclAssociationId"), each => each.Required("SubnetId")),
        Tags = acl.Tags(),
    };

    public RouteTable RouteTableOf(Entry table)
    {
        var associations = table.Structures("Associations");
        return new()
        {
            Id = table.Required("RouteTableId"), VpcId = table.Required("VpcId"), OwnerId = OwnerOf(table),
            MainAssociationId = associations.Where(each => each.Flag("Main")).Select(each => each.Text("RouteTableAssociationId"))
                .FirstOrDefault(),
            SubnetsByAssociation = associations.Where(each => each.Text("SubnetId") is not null).ToDictionary(
                each => each.Required("RouteTableAssociationId"), each => each.Required("SubnetId")),
            Routes = [.. table.Structures("Routes").Select(RouteOf).OfType<Route>()],
            Tags = table.Tags(),
        };
    }

    public VpcEndpoint EndpointOf(Entry endpoint) => new()
    {
        Id = endpoint.Required("VpcEndpointId"), VpcId = endpoint.Required("VpcId"), ServiceName = endpoint.Required("ServiceName"),
        SubnetId = FirstOf(endpoint.Texts("SubnetIds")),
        NetworkInterfaceId = FirstOf(endpoint.Texts("NetworkInterfaceIds")),
        State = endpoint.Text("State") ?? VpcEndpoints.Available, CreationTimestamp = endpoint.Time("CreationTimestamp") ?? cloud.Now,
        Tags = endpoint.Tags(),
    };

    /// <summary>What comes with every VPC, where no file has it.</summary>
    public void AddDefaults(Vpc vpc)
    {
        var (ec2, networks) = (cloud.Ec2, cloud.Ec2.Networks);
        if (vpc.OwnerId == cloud.Options.AccountId && ec2.SecurityGroups.Table.Where("vpc-id", vpc.Id).Count == 0)
            ec2.SecurityGroups.AddDefault(vpc.Id);
        if (!ec2.RouteTables.Table.Where("vpc-id", vpc.Id).Exists(table => table.IsMain))
            ec2.RouteTables.AddMain(vpc);
        if (networks.AclTable.Where("vpc-id", vpc.Id).Exists(acl => acl.IsDefault))
            return;
        networks.AclTable.Put(new NetworkAcl
        {
            Id = cloud.Seeded.Id("acl"), VpcId = vpc.Id, OwnerId = vpc.OwnerId, IsDefault = true,
            Entries = NetworkAclEntry.OfDefaultAcl(vpc.Ipv6CidrBlock is not null),
            SubnetsByAssociation = networks.SubnetTable.Where("vpc-id", vpc.Id).ToDictionary(
                _ => cloud.Seeded.Id("aclassoc"), subnet => subnet.Id),
        });
    }

    private static string FirstOf(IReadOnlyList<string> ids) => ids is [var id, ..] ? id : "";

    private string OwnerOf(Entry resource) => resource.Text("OwnerId") ?? cloud.Options.AccountId;

    private static string? Ipv6BlockOf(Entry resource) => resource.Structures("Ipv6CidrBlockAssociationSet")
        .Select(each => each.Text("Ipv6CidrBlock")).FirstOrDefault(block => block is not null);

    /// <summary>One rule for each peer. Prefix lists are not emulated: what they let in is not let in here.</summary>
    private static IEnumerable<Permission> PermissionsOf(Entry entry)
    {
        var rule = new Permission(entry.Required("IpProtocol"), entry.Integer("FromPort"), entry.Integer("ToPort"), null);
        return
        [
            .. entry.Structures("UserIdGroupPairs").Select(each =>
                rule with { GroupId = each.Text("GroupId"), Description = each.Text("Description") }),
            .. entry.Structures("IpRanges").Select(each =>
                rule with { CidrIp = each.Required("CidrIp"), Description = each.Text("Description") }),
            .. entry.Structures("Ipv6Ranges").Select(each =>
                rule with { CidrIpv6 = each.Required("CidrIpv6"), Description = each.Text("Description") }),
        ];
    }

    // Routes to prefix lists, and to what is not emulated, are left out.
    private static Route? RouteOf(Entry route)
    {
        (string Member, RouteTarget Target)[] targets =
        [
            ("EgressOnlyInternetGatewayId", RouteTarget.EgressOnlyInternetGateway), ("NatGatewayId", RouteTarget.NatGateway),
            ("NetworkInterfaceId", RouteTarget.NetworkInterface), ("InstanceId", RouteTarget.Instance),
            ("TransitGatewayId", RouteTarget.TransitGateway), ("VpcPeeringConnectionId", RouteTarget.VpcPeeringConnection),
            ("GatewayId", RouteTarget.Gateway),
        ];
        var (id, target) = targets.Select(each => (route.Text(each.Member), each.Target)).FirstOrDefault(each => each.Item1 is not null);
        if (id is null || (route.Text("DestinationCidrBlock") ?? route.Text("DestinationIpv6CidrBlock")) is not { } destination)
            return null;

        // "An endpoint of a Gateway Load Balancer is shown as the gateway of its route."
        var isEndpoint = id.StartsWith("vpce-", StringComparison.Ordinal);
        return new(destination, isEndpoint ? RouteTarget.VpcEndpoint : target, id, route.Text("Origin") ?? "CreateRoute");
    }

    private static NetworkAclEntry EntryOf(Entry entry) => new(
        entry.RequiredInteger("RuleNumber"), entry.Required("Protocol"), entry.Text("RuleAction") == "allow", entry.Flag("Egress"),
        entry.Text("CidrBlock") ?? entry.Required("Ipv6CidrBlock"),
        entry.Structure("PortRange") is { } ports ? (ports.Integer("From") ?? 0, ports.Integer("To") ?? ushort.MaxValue) : null,
        entry.Structure("IcmpTypeCode") is { } icmp ? (icmp.Integer("Type") ?? -1, icmp.Integer("Code") ?? -1) : null);
}
