using AutoMirror.Emulator.Protocol;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Security groups over the wire.</summary>
internal static class SecurityGroupActions
{
    public static void AddTo(Dictionary<string, Action<Ec2Call>> actions)
    {
        actions.Add("CreateSecurityGroup", Create);
        actions.Add("DeleteSecurityGroup", Delete);
        actions.Add("DescribeSecurityGroups", Describe);
        actions.Add("AuthorizeSecurityGroupIngress", call => Change(call, (groups, id, rules) => groups.Authorize(id, rules)));
        actions.Add("AuthorizeSecurityGroupEgress", call => Change(call, (groups, id, rules) => groups.Authorize(id, rules, egress: true)));
        actions.Add("RevokeSecurityGroupIngress", call => Change(call, (groups, id, rules) => groups.Revoke(id, rules)));
        actions.Add("RevokeSecurityGroupEgress", call => Change(call, (groups, id, rules) => groups.Revoke(id, rules, egress: true)));
    }

    private static void Create(Ec2Call call)
    {
        var (name, description, vpc) = (
            call.Input.Required("GroupName"), call.Input.Required("GroupDescription"), call.Input.Text("VpcId"));
        var tags = call.TagsFor("security-group");
        var group = call.Do(() => call.Ec2.SecurityGroups.Create(name, description, vpc, tags));
        call.Body.Flag("return", true).Text("groupId", group.Id).Tags(group)
            .Text("securityGroupArn", call.Cloud.Arn("ec2", $"security-group/{group.Id}"));
    }

    private static void Delete(Ec2Call call)
    {
        var id = GroupId(call);
        call.Do(() => call.Ec2.SecurityGroups.Delete(id));
        call.Body.Flag("return", true).Text("groupId", id);
    }

    private static void Describe(Ec2Call call)
    {
        var query = call.Query("GroupId");
        if (call.Input.Texts("GroupName") is { Count: > 0 } names)
            query = query with { Filters = [.. query.Filters, new Filter("group-name", names)] };
        var page = call.Do(() => call.Ec2.SecurityGroups.Describe(query));
        call.Body.Set("securityGroupInfo", page.Items, group => Write(call, group)).Text("nextToken", page.NextToken);
    }

    /// <summary>"You can specify either the security group name or the security group ID", the name within the default VPC.</summary>
    private static string GroupId(Ec2Call call) => (call.Input.Text("GroupId"), call.Input.Text("GroupName")) switch
    {
        ({ Length: > 0 } id, _) => id,
        (_, { Length: > 0 } name) => call.Ec2.SecurityGroups.IdOf(name),
        _ => throw Ec2Errors.MissingParameter("GroupName or GroupId"), // (seen)
    };

    private static void Change(Ec2Call call, Action<SecurityGroups, string, IReadOnlyList<Permission>> change)
    {
        var input = call.Input;
        var id = call.Action.EndsWith("Egress", StringComparison.Ordinal) ? input.Required("GroupId") : GroupId(call);
        // Rules are no resources of their own here; their tags are read and let go.
        if (call.Action.StartsWith("Authorize", StringComparison.Ordinal))
            call.TagsFor("security-group-rule");
        List<Permission> permissions = [.. input.Structures("IpPermissions").SelectMany(Read)];
        var (protocol, from, to) = (input.Text("IpProtocol"), input.Integer("FromPort"), input.Integer("ToPort"));
        if (input.Text("CidrIp") is { } range)
            permissions.Add(new(Protocol(protocol ?? throw Ec2Errors.MissingParameter("IpProtocol")), from, to, range));
        call.Do(() => change(
            call.Ec2.SecurityGroups, id, permissions.Count > 0 ? permissions : throw Ec2Errors.MissingParameter("ipPermissions")));
        call.Return();
    }

    private static IEnumerable<Permission> Read(Parameters from)
    {
        var (protocol, low, high) = (Protocol(from.Required("IpProtocol")), from.Integer("FromPort"), from.Integer("ToPort"));
        return
        [
            .. from.Structures("IpRanges")
            .Select(range => new Permission(protocol, low, high, range.Required("CidrIp"), Description: range.Text("Description"))),
            .. from.Structures("Ipv6Ranges")
            .Select(range => new Permission(protocol, low, high, null, range.Required("CidrIpv6"), Description: range.Text("Description"))),
            .. from.Structures("Groups").Select(group => Peer(group, protocol, low, high)),
        ];
    }

    /// <summary>Whose group and which VPC's goes without saying in one account: both are read and let go.</summary>
    private static Permission Peer(Parameters group, string protocol, int? low, int? high)
    {
        foreach (var name in new[] { "UserId", "VpcId", "PeeringStatus" })
            group.Text(name);
        return new(protocol, low, high, null, GroupId: group.Required("GroupId"), Description: group.Text("Description"));
    }

    /// <summary>"The IP protocol name (tcp, udp, icmp, icmpv6) or number": EC2 gives the name back for those that have one.</summary>
    private static string Protocol(string given) => given switch
    {
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        _ => given,
    };

    private static void Write(Ec2Call call, SecurityGroup group)
    {
        var body = call.Body;
        body.Text("ownerId", call.Cloud.Options.AccountId).Text("groupId", group.Id).Text("groupName", group.Name)
            .Text("groupDescription", group.Description).Text("vpcId", group.VpcId)
            .Text("securityGroupArn", call.Cloud.Arn("ec2", $"security-group/{group.Id}"));
        WritePermissions(call, "ipPermissions", group.Ingress);
        WritePermissions(call, "ipPermissionsEgress", group.Egress);
        body.TagsIfAny(group);
    }

    /// <summary>Rules of the same protocol and ports are one entry with several peers.</summary>
    private static void WritePermissions(Ec2Call call, string name, IReadOnlyList<Permission> permissions)
    {
        var body = call.Body;
        body.Set(name, permissions.GroupBy(rule => (rule.Protocol, rule.FromPort, rule.ToPort)), same => body
            .Text("ipProtocol", same.Key.Protocol).Integer("fromPort", same.Key.FromPort).Integer("toPort", same.Key.ToPort)
            .Set("groups", same.Where(rule => rule.GroupId is not null), rule => body
                .Text("userId", call.Cloud.Options.AccountId).Text("groupId", rule.GroupId).Text("description", rule.Description))
            .Set("ipRanges", same.Where(rule => rule.CidrIp is not null), rule =>
                body.Text("cidrIp", rule.CidrIp).Text("description", rule.Description))
            .Set("ipv6Ranges", same.Where(rule => rule.CidrIpv6 is not null), rule =>
                body.Text("cidrIpv6", rule.CidrIpv6).Text("description", rule.Description))
            .Structure("prefixListIds", () => { }));
    }
}
