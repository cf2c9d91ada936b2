using System.Net;
using AutoMirror.Emulator.Ec2.Tagging;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Route tables ("Configure route tables" in the VPC User Guide), as far as copies of packets follow them.</summary>
public sealed class RouteTables : ResourceKind<RouteTable>
{
    internal RouteTables(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2,
        new(
            new(cloud, "route-table", "rtb", ("vpc-id", table => [table.VpcId])), RouteTableFilters.For(ec2),
            Ec2Errors.RouteTableNotFound)
        {
            // The service model has no more than 100 results.
            PageSize = new(5, 100),
        })
    {
    }

    /// <summary>Creates a table that routes within its VPC only, and is associated with no subnet.</summary>
    public RouteTable Create(string vpcId, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            var vpc = Ec2.Networks.GetVpc(vpcId);
            Ec2.CheckOwner(vpc.OwnerId);
            return Add(vpc, isMain: false, tags);
        }
    }

    /// <summary>Deletes a table that routes no subnet. A VPC keeps its main table.</summary>
    public void Delete(string id)
    {
        using (Cloud.Enter())
        {
            var table = GetOwn(id);
            if (table.IsMain || table.SubnetsByAssociation.Count > 0)
                throw Ec2Errors.DependencyViolation("routeTable", id);
            Table.Remove(id);
        }
    }

    /// <summary>Adds a route; another one to the same range is an error.</summary>
    public void CreateRoute(string id, Route route)
    {
        using (Cloud.Enter())
        {
            var table = GetOwn(id);
            Check(route);
            if (table.Routes.Any(other => other.Destination == route.Destination))
                throw Ec2Errors.RouteAlreadyExists(route.Destination);
            Table.Put(table with { Routes = [.. table.Routes, route] });
        }
    }

    /// <summary>Leads a range to another target.</summary>
    public void ReplaceRoute(string id, Route route)
    {
        using (Cloud.Enter())
        {
            Check(route);
            DeleteRoute(id, route.Destination);
            CreateRoute(id, route);
        }
    }

    /// <summary>Deletes the route to a range.</summary>
    public void DeleteRoute(string id, string destination)
    {
        using (Cloud.Enter())
        {
            var table = GetOwn(id);
            var route = table.Routes.FirstOrDefault(each => each.Destination == destination)
                ?? throw Ec2Errors.RouteNotFound(id, destination);
            if (route.TargetId == Route.Local)
                throw Ec2Errors.LocalRouteStays(destination);
            Table.Put(table with { Routes = [.. table.Routes.Where(each => each != route)] });
        }
    }

    /// <summary>Routes a subnet by a table, and returns the id of the association.</summary>
    public string Associate(string id, string subnetId)
    {
        using (Cloud.Enter())
        {
            var (table, subnet) = (GetOwn(id), Ec2.Networks.GetSubnet(subnetId));
            if (subnet.VpcId != table.VpcId)
                throw Ec2Errors.InvalidParameterValue($"route table {id} and subnet {subnetId} belong to different networks");
            if (Table.Where("vpc-id", table.VpcId).Find(each => each.SubnetsByAssociation.Values.Contains(subnetId)) is { } other)
                throw Ec2Errors.AlreadyAssociated(subnetId, other.SubnetsByAssociation.First(pair => pair.Value == subnetId).Key);
            return Add(table, subnetId);
        }
    }

    /// <summary>Ends an association: the subnet is routed by its VPC's main table again.</summary>
    public void Disassociate(string associationId)
    {
        using (Cloud.Enter())
        {
            var table = FindOwn(associationId);
            if (table.MainAssociationId == associationId)
                throw Ec2Errors.InvalidParameterValue("cannot disassociate the main route table association " + associationId);
            Table.Put(Without(table, pair => pair.Key == associationId));
        }
    }

    /// <summary>Moves an association, a subnet's or that of the main table, to another table; it gets another id.</summary>
    public string ReplaceAssociation(string associationId, string id)
    {
        using (Cloud.Enter())
        {
            var before = FindOwn(associationId);
            if (before.MainAssociationId != associationId)
            {
                var subnet = before.SubnetsByAssociation[associationId];
                Disassociate(associationId);
                return Associate(id, subnet);
            }

            var newId = Cloud.Seeded.SideId("rtbassoc");
            Table.Put(before with { MainAssociationId = null });
            Table.Put(GetOwn(id) with { MainAssociationId = newId });
            return newId;
        }
    }

    /// <summary>Whether what a route leads to is there, where the emulator knows its kind; otherwise the route is a black hole.</summary>
    internal bool IsActive(Route route) => route.Target switch
    {
        RouteTarget.VpcPeeringConnection => Ec2.PeeringConnections.Table.Find(route.TargetId) is { StatusCode: "active" },
        RouteTarget.NetworkInterface => Ec2.NetworkInterfaces.Table.Find(route.TargetId) is { Attachment: not null },
        RouteTarget.Instance => Ec2.Instances.Table.Find(route.TargetId) is { State: Instances.InstanceState.Running },
        _ => true,
    };

    /// <summary>The route that an address takes: of those that contain it the one with the longest prefix; null without any.</summary>
    internal Route? Find(Subnet subnet, IPAddress address) => Of(subnet).Routes
        .Where(route => CidrBlock.Contains(route.Destination, address)).MaxBy(route => CidrBlock.PrefixLength(route.Destination));

    /// <summary>The table that routes a subnet: the one associated with it, otherwise its VPC's main table.</summary>
    internal RouteTable Of(Subnet subnet)
    {
        var tables = Table.Where("vpc-id", subnet.VpcId);
        return tables.Find(table => table.SubnetsByAssociation.Values.Contains(subnet.Id)) ?? tables.First(table => table.IsMain);
    }

    internal void AddMain(Vpc vpc) => Add(vpc, isMain: true, null);

    internal void Drop(Vpc vpc) => Table.Where("vpc-id", vpc.Id).ForEach(table => Table.Remove(table.Id));

    internal void Drop(Subnet subnet)
    {
        foreach (var table in Table.Where("vpc-id", subnet.VpcId).Where(each => each.SubnetsByAssociation.Values.Contains(subnet.Id)))
            Table.Put(Without(table, pair => pair.Value == subnet.Id));
    }

    private static RouteTable Without(RouteTable table, Func<KeyValuePair<string, string>, bool> isGone) => table with
    {
        SubnetsByAssociation = table.SubnetsByAssociation.Where(pair => !isGone(pair)).ToDictionary(),
    };

    private RouteTable Add(Vpc vpc, bool isMain, IReadOnlyDictionary<string, string>? tags)
    {
        string[] blocks = vpc.Ipv6CidrBlock is { } ipv6 ? [vpc.CidrBlock, ipv6] : [vpc.CidrBlock];
        return Table.Put(new RouteTable
        {
            Id = Cloud.Seeded.SideId("rtb"), VpcId = vpc.Id, OwnerId = vpc.OwnerId, Tags = TagRules.Checked(tags),
            MainAssociationId = isMain ? Cloud.Seeded.SideId("rtbassoc") : null,
            Routes = [.. blocks.Select(block => new Route(block, RouteTarget.Gateway, Route.Local, "CreateRouteTable"))],
        });
    }

    private string Add(RouteTable table, string subnetId)
    {
        var association = Cloud.Seeded.SideId("rtbassoc");
        Table.Put(table with
        {
            SubnetsByAssociation = new Dictionary<string, string>(table.SubnetsByAssociation) { [association] = subnetId },
        });
        return association;
    }

    /// <summary>Only a VPC's owner changes how it routes.</summary>
    private RouteTable GetOwn(string id)
    {
        var table = Get(id);
        Ec2.CheckOwner(table.OwnerId);
        return table;
    }

    private RouteTable FindOwn(string associationId) => Table.Current.Values.FirstOrDefault(each =>
        each.MainAssociationId == associationId || each.SubnetsByAssociation.ContainsKey(associationId)) is { } found
            ? GetOwn(found.Id)
            : throw Ec2Errors.RouteTableAssociationNotFound(associationId);

    /// <summary>What a route leads to has to exist where the emulator knows its kind; of gateways it knows none.</summary>
    private void Check(Route route)
    {
        if (!IPNetwork.TryParse(route.Destination, out _))
            throw Ec2Errors.InvalidParameterValue($"Value ({route.Destination}) for parameter destinationCidrBlock is invalid.");
        _ = route.Target switch
        {
            RouteTarget.VpcPeeringConnection => Ec2.PeeringConnections.Get(route.TargetId).Id,
            RouteTarget.NetworkInterface => Ec2.NetworkInterfaces.Get(route.TargetId).Id,
            RouteTarget.Instance => Ec2.Instances.Get(route.TargetId).Id,
            _ => route.TargetId,
        };
    }
}
