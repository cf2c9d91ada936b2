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
        actions.Add("AuthorizeSecurityGroupIngress", call => Authorize(call, GroupId(call), egress: false));
        actions.Add("AuthorizeSecurityGroupEgress", call => Authorize(call, call.Input.Required("GroupId"), egress: true));
        actions.Add("RevokeSecurityGroupIngress", call => Revoke(call, GroupId(call), egress: false));
        actions.Add("RevokeSecurityGroupEgress", call => Revoke(call, call.Input.Required("GroupId"), egress: true));
    }

    private static void Create(Ec2Call call)
    {
        var (name, description, vpc) = (
            call.Input.Required("GroupName"), call.Input.Required("GroupDescription"), call.Input.Text("VpcId"));
        var tags = call.TagsFor("security-group");
        var group = call.Do(() => call.Ec2.SecurityGroups.Create(name, description, vpc, tags));
        call.Body.Flag("return", true).Text("groupId", group.Id).Tags(group).Text("securityGroupArn", ArnOf(call, group));
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
            query = query with { Filters = [.. query.Filters, new("group-name", names)] };
        call.Describe(query, "securityGroupInfo", call.Ec2.SecurityGroups.Describe, group => Write(call, group));
    }

    private static void Authorize(Ec2Call call, string id, bool egress)
    {
        // The emulator's rules are not resources of their own: their tags are read and have no effect.
        call.TagsFor("security-group-rule");
        Change(call, permissions => call.Ec2.SecurityGroups.Authorize(id, permissions, egress));
    }

    private static void Revoke(Ec2Call call, string id, bool egress) =>
        Change(call, permissions => call.Ec2.SecurityGroups.Revoke(id, permissions, egress));

    private static void Change(Ec2Call call, Action<IReadOnlyList<Permission>> change)
    {
        var input = call.Input;
        List<Permission> permissions = [.. input.Structures("IpPermissions").SelectMany(Read)];
        var (protocol, from, to) = (input.Text("IpProtocol"), input.Integer("FromPort"), input.Integer("ToPort"));
        if (input.Text("CidrIp") is { } range)
            permissions.Add(new(NameOf(protocol ?? throw Ec2Errors.MissingParameter("IpProtocol")), from, to, range));
        call.Do(() => change(permissions.Count > 0 ? permissions : throw Ec2Errors.MissingParameter("ipPermissions")));
        call.Return();
    }

    /// <summary>"You can specify either the security group name or the security group ID", the name within the default VPC.</summary>
    private static string GroupId(Ec2Call call) => (call.Input.Text("GroupId"), call.Input.Text("GroupName")) switch
    {
        ({ Length: > 0 } id, _) => id,
        (_, { Length: > 0 } name) => call.Ec2.SecurityGroups.IdOf(name),
        _ => throw Ec2Errors.MissingParameter("GroupName or GroupId"), // (seen)
    };

    private static IEnumerable<Permission> Read(Parameters from)
    {
        var rule = new Permission(NameOf(from.Required("IpProtocol")), from.Integer("FromPort"), from.Integer("ToPort"), null);
        return
        [
            .. from.Structures("IpRanges").Select(range =>
                rule with { CidrIp = range.Required("CidrIp"), Description = range.Text("Description") }),
            .. from.Structures("Ipv6Ranges").Select(range =>
                rule with { CidrIpv6 = range.Required("CidrIpv6"), Description = range.Text("Description") }),
            .. from.Structures("Groups").Select(group => rule with { GroupId = Peer(group), Description = group.Text("Description") }),
        ];
    }

    /// <summary>The group that may send or receive. Its owner and VPC have no effect, since there is only one account.</summary>
    private static string Peer(Parameters group)
    {
        foreach (var name in new[] { "UserId", "VpcId", "PeeringStatus" })
            group.Text(name);
        return group.Required("GroupId");
    }

    /// <summary>"The IP protocol name (tcp, udp, icmp, icmpv6) or number": EC2 answers with the name where there is one.</summary>
    private static string NameOf(string protocol) => protocol switch
    {
        "6" => "tcp",
        "17" => "udp",
        "1" => "icmp",
        "58" => "icmpv6",
        _ => protocol,
    };

    private static string ArnOf(Ec2Call call, SecurityGroup group) => call.Cloud.Arn("ec2", $"security-group/{group.Id}");

    private static void Write(Ec2Call call, SecurityGroup group)
    {
        call.Body.Text("ownerId", group.OwnerId).Text("groupId", group.Id).Text("groupName", group.Name)
            .Text("groupDescription", group.Description).Text("vpcId", group.VpcId).Text("securityGroupArn", ArnOf(call, group));
        WritePermissions(call, "ipPermissions", group.Ingress);
        WritePermissions(call, "ipPermissionsEgress", group.Egress);
        call.Body.TagsIfAny(group);
    }

    /// <summary>EC2 writes the rules of one protocol and one range of ports as one entry with several peers.</summary>
    private static void WritePermissions(Ec2Call call, string name, IReadOnlyList<Permission> permissions)
    {
        var body = call.Body;
        body.Set(name, permissions.GroupBy(rule => (rule.Protocol, rule.FromPort, rule.ToPort)), same => body
            .Text("ipProtocol", same.Key.Protocol).Integer("fromPort", same.Key.FromPort).Integer("toPort", same.Key.ToPort)
            .Set("groups", same.Where(rule => rule.GroupId is not null), rule => body
                .Text("userId", call.Ec2.SecurityGroups.OwnerOf(rule.GroupId)).Text("groupId", rule.GroupId)
                .Text("description", rule.Description))
            .Set("ipRanges", same.Where(rule => rule.CidrIp is not null), rule => body
                .Text("cidrIp", rule.CidrIp).Text("description", rule.Description))
            .Set("ipv6Ranges", same.Where(rule => rule.CidrIpv6 is not null), rule => body
                .Text("cidrIpv6", rule.CidrIpv6).Text("description", rule.Description))
            .Empty("prefixListIds"));
    }
}
