namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>The filters that DescribeSecurityGroups documents: those of the group, and those of its rules in either direction.</summary>
internal static class SecurityGroupFilters
{
    public static FilterCatalogue<SecurityGroup> For(Ec2Engine ec2)
    {
        var catalogue = new FilterCatalogue<SecurityGroup>()
            .With("group-id", group => group.Id)
            .With("group-name", group => group.Name)
            .With("description", group => group.Description)
            .With("vpc-id", group => group.VpcId)
            .With("owner-id", group => group.OwnerId);
        AddRules("ip-permission", group => group.Ingress);
        AddRules("egress.ip-permission", group => group.Egress);
        return catalogue;

        void AddRules(string prefix, Func<SecurityGroup, IReadOnlyList<Permission>> rules) => catalogue
            .With($"{prefix}.cidr", group => rules(group).Select(rule => rule.CidrIp))
            .With($"{prefix}.ipv6-cidr", group => rules(group).Select(rule => rule.CidrIpv6))
            .With($"{prefix}.protocol", group => rules(group).Select(rule => rule.Protocol))
            .With($"{prefix}.from-port", group => rules(group).Select(rule => rule.FromPort))
            .With($"{prefix}.to-port", group => rules(group).Select(rule => rule.ToPort))
            .With($"{prefix}.group-id", group => rules(group).Select(rule => rule.GroupId))
            .With($"{prefix}.group-name", group => rules(group).Select(rule => ec2.SecurityGroups.NameOf(rule.GroupId)))
            .With($"{prefix}.user-id", group => rules(group).Select(rule => ec2.SecurityGroups.OwnerOf(rule.GroupId)))
            .WithNothingFor($"{prefix}.prefix-list-id");
    }
}
