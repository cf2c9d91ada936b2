using AutoMirror.Emulator.Ssm;

namespace AutoMirror.Emulator.Recordings;

/// <summary>Fills an account with what was recorded. Nothing happens by that: no event is sent, and no rule of a create is asked.</summary>
internal sealed class RecordedAccount(AccountRecording recording, Cloud cloud)
{
    private const string Instances = "describe-instances", Interfaces = "describe-network-interfaces", Vpcs = "describe-vpcs",
        Subnets = "describe-subnets", Groups = "describe-security-groups", Acls = "describe-network-acls",
        RouteTables = "describe-route-tables",
        Endpoints = "describe-vpc-endpoints", Filters = "describe-traffic-mirror-filters", Targets = "describe-traffic-mirror-targets",
        Sessions = "describe-traffic-mirror-sessions", Parameters = "get-parameters-by-path";

    /// <summary>The commands that a whole recording has an answer of.</summary>
    public static IReadOnlyList<string> Commands { get; } =
        [Instances, Interfaces, Vpcs, Subnets, Groups, Acls, RouteTables, Endpoints, Filters, Targets, Sessions, Parameters];

    public void Load()
    {
        using (cloud.Enter())
        {
            Clear();
            cloud.Seeded.Take(recording.Ids);
            LoadNetworks();
            LoadInstances();
            LoadMirroring();
            foreach (var each in recording.List(Parameters, "Parameters"))
                cloud.Ssm.Restore(ParameterOf(each));
        }
    }

    private void Clear()
    {
        foreach (var table in cloud.Ec2.Tables)
            table.Clear();
    }

    private void LoadNetworks()
    {
        var (ec2, networks) = (cloud.Ec2, cloud.Ec2.Networks);
        var reading = new RecordedNetworks(cloud);
        foreach (var vpc in recording.List(Vpcs, "Vpcs").Select(reading.VpcOf))
            networks.VpcTable.Put(vpc);
        foreach (var subnet in recording.List(Subnets, "Subnets").Select(reading.SubnetOf))
        {
            networks.AddZone(subnet.Zone);
            networks.SubnetTable.Put(subnet);
        }

        foreach (var group in recording.List(Groups, "SecurityGroups").Select(reading.GroupOf))
            ec2.SecurityGroups.Table.Put(group);
        foreach (var acl in recording.List(Acls, "NetworkAcls").Select(reading.AclOf))
            networks.AclTable.Put(acl);
        foreach (var table in recording.List(RouteTables, "RouteTables").Select(reading.RouteTableOf))
            ec2.RouteTables.Table.Put(table);
        foreach (var vpc in networks.VpcTable.Current.Values)
            reading.AddDefaults(vpc);
        foreach (var endpoint in recording.List(Endpoints, "VpcEndpoints").Where(RecordedNetworks.IsGatewayLoadBalancers))
            ec2.VpcEndpoints.Table.Put(reading.EndpointOf(endpoint));
    }

    private void LoadInstances()
    {
        var reading = new RecordedInstances(cloud);
        foreach (var each in recording.List(Interfaces, "NetworkInterfaces").Select(reading.InterfaceOf))
            cloud.Ec2.NetworkInterfaces.Restore(each);
        foreach (var reservation in recording.List(Instances, "Reservations"))
        {
            foreach (var instance in reservation.Structures("Instances"))
                cloud.Ec2.Instances.Restore(reading.InstanceOf(instance, reservation.Required("ReservationId")));
        }
    }

    private void LoadMirroring()
    {
        var ec2 = cloud.Ec2;
        foreach (var filter in recording.List(Filters, "TrafficMirrorFilters"))
        {
            ec2.Filters.Table.Put(RecordedMirroring.FilterOf(filter));
            foreach (var rule in filter.Structures("IngressFilterRules").Concat(filter.Structures("EgressFilterRules")))
                ec2.Filters.RuleTable.Put(RecordedMirroring.RuleOf(rule, filter.Required("TrafficMirrorFilterId")));
        }

        foreach (var target in recording.List(Targets, "TrafficMirrorTargets"))
            ec2.Targets.Table.Put(RecordedMirroring.TargetOf(target));
        foreach (var session in recording.List(Sessions, "TrafficMirrorSessions"))
            ec2.Sessions.Restore(RecordedMirroring.SessionOf(session));
    }

    private Parameter ParameterOf(Entry each) => new()
    {
        Name = each.Required("Name"), Type = each.Required("Type"), Value = each.Text("Value") ?? "",
        Version = each.Integer("Version") ?? 1,
        DataType = each.Text("DataType") ?? "text", LastModified = each.Time("LastModifiedDate") ?? cloud.Now,
        KeyId = each.Text("Type") == "SecureString" ? "alias/aws/ssm" : null,
    };
}
