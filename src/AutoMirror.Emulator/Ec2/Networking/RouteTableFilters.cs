namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>The filters that DescribeRouteTables documents.</summary>
internal static class RouteTableFilters
{
    public static FilterCatalogue<RouteTable> For(Ec2Engine ec2) => new FilterCatalogue<RouteTable>()
        .With("route-table-id", table => table.Id)
        .With("vpc-id", table => table.VpcId)
        .With("owner-id", table => table.OwnerId)
        .With("association.route-table-association-id", table => [table.MainAssociationId, .. table.SubnetsByAssociation.Keys])
        .With("association.route-table-id", table => IsAssociated(table) ? table.Id : null)
        .With("association.subnet-id", table => table.SubnetsByAssociation.Values)
        .With("association.main", table => IsAssociated(table) ? table.IsMain : null)
        .With("route.destination-cidr-block", table => DestinationsOf(table, isVersion6: false))
        .With("route.destination-ipv6-cidr-block", table => DestinationsOf(table, isVersion6: true))
        .With("route.gateway-id", table => IdsOf(table, RouteTarget.Gateway))
        .With("route.egress-only-internet-gateway-id", table => IdsOf(table, RouteTarget.EgressOnlyInternetGateway))
        .With("route.instance-id", table => IdsOf(table, RouteTarget.Instance))
        .With("route.nat-gateway-id", table => IdsOf(table, RouteTarget.NatGateway))
        .With("route.transit-gateway-id", table => IdsOf(table, RouteTarget.TransitGateway))
        .With("route.vpc-peering-connection-id", table => IdsOf(table, RouteTarget.VpcPeeringConnection))
        .With("route.origin", table => table.Routes.Select(route => route.Origin))
        .With("route.state", table => table.Routes.Select(route => ec2.RouteTables.IsActive(route) ? "active" : "blackhole"))
        .WithNothingFor("association.gateway-id", "route.destination-prefix-list-id");

    private static bool IsAssociated(RouteTable table) => table.IsMain || table.SubnetsByAssociation.Count > 0;

    private static IEnumerable<string> DestinationsOf(RouteTable table, bool isVersion6) =>
        table.Routes.Where(route => route.IsVersion6 == isVersion6).Select(route => route.Destination);

    private static IEnumerable<string> IdsOf(RouteTable table, RouteTarget target) =>
        table.Routes.Where(route => route.Target == target).Select(route => route.TargetId);
}
