namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Route tables over the wire.</summary>
internal static class RouteActions
{
    /// <summary>The parameter, and the element of an answer, for each thing that a route can lead to.</summary>
    private static readonly (string Parameter, string Element, RouteTarget Target)[] Targets =
    [
        ("GatewayId", "gatewayId", RouteTarget.Gateway),
        ("EgressOnlyInternetGatewayId", "egressOnlyInternetGatewayId", RouteTarget.EgressOnlyInternetGateway),
        ("NatGatewayId", "natGatewayId", RouteTarget.NatGateway),
        ("NetworkInterfaceId", "networkInterfaceId", RouteTarget.NetworkInterface),
        ("InstanceId", "instanceId", RouteTarget.Instance),
        ("TransitGatewayId", "transitGatewayId", RouteTarget.TransitGateway),
        ("VpcPeeringConnectionId", "vpcPeeringConnectionId", RouteTarget.VpcPeeringConnection),

        // "An endpoint of a Gateway Load Balancer is shown as the gateway of its route."
        ("VpcEndpointId", "gatewayId", RouteTarget.VpcEndpoint),
    ];

    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateRouteTable", Create);
        actions.Add("DeleteRouteTable", call => DoTo(call, "RouteTableId", call.Ec2.RouteTables.Delete));
        actions.Add("DescribeRouteTables", call =>
            call.Describe("RouteTableId", "routeTableSet", call.Ec2.RouteTables.Describe, each => Write(call, each)));
        actions.Add("CreateRoute", call => ChangeRoute(call, call.Ec2.RouteTables.CreateRoute));
        actions.Add("ReplaceRoute", call => ChangeRoute(call, call.Ec2.RouteTables.ReplaceRoute));
        actions.Add("DeleteRoute", DeleteRoute);
        actions.Add("AssociateRouteTable", Associate);
        actions.Add("DisassociateRouteTable", call => DoTo(call, "AssociationId", call.Ec2.RouteTables.Disassociate));
        actions.Add("ReplaceRouteTableAssociation", ReplaceAssociation);
    }

    private static void Create(Ec2Call call)
    {
        var vpc = call.Input.Required("VpcId");
        var tags = call.TagsFor("route-table");
        var table = call.Do(() => call.Ec2.RouteTables.Create(vpc, tags));
        call.Body.Structure("routeTable", () => Write(call, table)).Text("clientToken", call.ClientToken);
    }

    private static void ChangeRoute(Ec2Call call, Action<string, Route> change)
    {
        var id = call.Input.Required("RouteTableId");
        var destination = Destination(call);
        var targets = Targets.Select(each => (Id: call.Input.Text(each.Parameter), each.Target))
            .Where(each => each.Id is not null).ToList();
        call.Do(() => change(id, targets is [var (target, kind)]
            ? new(destination, kind, target!)
            : throw Ec2Errors.InvalidParameterCombination("The request must contain exactly one target of the route.")));
        call.Return();
    }

    private static void DeleteRoute(Ec2Call call)
    {
        var id = call.Input.Required("RouteTableId");
        var destination = Destination(call);
        call.Do(() => call.Ec2.RouteTables.DeleteRoute(id, destination));
        call.Return();
    }

    private static void Associate(Ec2Call call)
    {
        var (id, subnet) = (call.Input.Required("RouteTableId"), call.Input.Required("SubnetId"));
        var association = call.Do(() => call.Ec2.RouteTables.Associate(id, subnet));
        call.Body.Text("associationId", association);
        WriteState(call);
    }

    private static void ReplaceAssociation(Ec2Call call)
    {
        var (association, id) = (call.Input.Required("AssociationId"), call.Input.Required("RouteTableId"));
        var replaced = call.Do(() => call.Ec2.RouteTables.ReplaceAssociation(association, id));
        call.Body.Text("newAssociationId", replaced);
        WriteState(call);
    }

    private static void DoTo(Ec2Call call, string parameter, Action<string> work)
    {
        call.DoTo(parameter, work);
        call.Return();
    }

    private static string Destination(Ec2Call call)
    {
        var (version4, version6) = (call.Input.Text("DestinationCidrBlock"), call.Input.Text("DestinationIpv6CidrBlock"));
        return version4 is null != version6 is null
            ? (version4 ?? version6)!
            : throw Ec2Errors.InvalidParameterCombination("The request must contain exactly one destination of the route.");
    }

    private static void Write(Ec2Call call, RouteTable table)
    {
        var body = call.Body;
        body.Text("routeTableId", table.Id).Text("vpcId", table.VpcId).Text("ownerId", table.OwnerId)
            .Set("routeSet", table.Routes, route => Write(call, route))
            .Structure("associationSet", () =>
            {
                if (table.MainAssociationId is { } main)
                    WriteAssociation(call, table.Id, main, null);
                foreach (var (association, subnet) in table.SubnetsByAssociation)
                    WriteAssociation(call, table.Id, association, subnet);
            })
            .Empty("propagatingVgwSet")
            .Tags(table);
    }

    private static void Write(Ec2Call call, Route route) => call.Body
        .Text(route.IsVersion6 ? "destinationIpv6CidrBlock" : "destinationCidrBlock", route.Destination)
        .Text(Targets.First(each => each.Target == route.Target).Element, route.TargetId)
        .Text("state", call.Ec2.RouteTables.IsActive(route) ? "active" : "blackhole")
        .Text("origin", route.Origin);

    private static void WriteAssociation(Ec2Call call, string table, string association, string? subnet)
    {
        var body = call.Body;
        body.Structure("item", () =>
        {
            body.Text("routeTableAssociationId", association).Text("routeTableId", table);
            body.Text("subnetId", subnet).Flag("main", subnet is null);
            WriteState(call);
        });
    }

    private static void WriteState(Ec2Call call) => call.Body.Structure("associationState", () => call.Body.Text("state", "associated"));
}
