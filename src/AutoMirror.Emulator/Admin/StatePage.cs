using System.Text.Json.Nodes;
using AutoMirror.Emulator.Ec2;
using AutoMirror.Emulator.Protocol;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Admin;

/// <summary>What the cloud holds at one moment, as JSON.</summary>
internal static class StatePage
{
    public static JsonObject Of(Cloud cloud)
    {
        using (cloud.Enter())
        {
            return new JsonObject
            {
                ["region"] = cloud.Options.Region,
                ["accountId"] = cloud.Options.AccountId,
                ["now"] = cloud.Now.ToString("O"),
                ["instances"] = Instances(cloud.Ec2),
                ["networkInterfaces"] = NetworkInterfaces(cloud.Ec2),
                ["trafficMirrorFilters"] = Filters(cloud.Ec2),
                ["trafficMirrorTargets"] = Targets(cloud.Ec2),
                ["trafficMirrorSessions"] = Sessions(cloud.Ec2),
                ["parameters"] = cloud.Ssm.All.Select(parameter => new JsonObject
                {
                    ["name"] = parameter.Name, ["version"] = parameter.Version, ["type"] = parameter.Type,
                }).ToJsonArray(),
                ["rules"] = cloud.Events.Rules.Select(rule => rule.Name).ToJsonArray(),
                ["function"] = new JsonObject
                {
                    ["name"] = cloud.Function.Name, ["pending"] = cloud.Function.Pending, ["running"] = cloud.Function.Running,
                    ["idle"] = cloud.Function.Idle, ["answered"] = cloud.Function.Results.Count,
                    ["deadLetters"] = cloud.Function.DeadLetters.Count,
                },
            };
        }
    }

    private static JsonArray Instances(Ec2Engine ec2) => List(ec2.Instances.Table, instance => new()
    {
        ["type"] = instance.Type.Name, ["state"] = instance.StateName, ["zone"] = instance.Zone.Name, ["subnetId"] = instance.SubnetId,
        ["vpcId"] = instance.VpcId, ["operator"] = instance.Operator?.Principal,
    });

    private static JsonArray NetworkInterfaces(Ec2Engine ec2) => List(ec2.NetworkInterfaces.Table, each => new()
    {
        ["instanceId"] = each.Attachment?.InstanceId, ["networkCardIndex"] = each.Attachment?.NetworkCardIndex,
        ["deviceIndex"] = each.Attachment?.DeviceIndex, ["subnetId"] = each.SubnetId, ["privateIpAddress"] = each.PrivateIpAddress,
        ["publicIp"] = each.PublicIp, ["interfaceType"] = each.InterfaceType, ["ownerId"] = each.OwnerId,
        ["requesterId"] = each.RequesterId, ["operator"] = each.Operator?.Principal,
    });

    private static JsonArray Filters(Ec2Engine ec2) => List(ec2.Filters.Table, filter => new()
    {
        ["description"] = filter.Description, ["networkServices"] = filter.NetworkServices.ToJsonArray(),
        ["rules"] = ec2.Filters.RuleTable.Current.IdsWhere("traffic-mirror-filter-id", filter.Id).Count,
    });

    private static JsonArray Targets(Ec2Engine ec2) => List(ec2.Targets.Table, target => new()
    {
        ["type"] = target.Type, ["destination"] = target.Destination,
        ["sessions"] = ec2.Sessions.Table.Current.IdsWhere("traffic-mirror-target-id", target.Id).Count,
    });

    private static JsonArray Sessions(Ec2Engine ec2) => List(ec2.Sessions.Table, session => new()
    {
        ["networkInterfaceId"] = session.NetworkInterfaceId, ["targetId"] = session.TargetId, ["filterId"] = session.FilterId,
        ["sessionNumber"] = session.SessionNumber, ["virtualNetworkId"] = session.VirtualNetworkId,
        ["packetLength"] = session.PacketLength, ["description"] = session.Description,
    });

    /// <summary>All resources of a kind: the id first, what the kind has, and the tags last.</summary>
    private static JsonArray List<T>(Table<T> table, Func<T, JsonObject> write) where T : Resource
    {
        return table.Current.Values.Select(Write).ToJsonArray();

        JsonObject Write(T resource)
        {
            var node = write(resource);
            node.Insert(0, "id", resource.Id);
            node["tags"] = resource.Tags.ToJsonObject();
            return node;
        }
    }
}
