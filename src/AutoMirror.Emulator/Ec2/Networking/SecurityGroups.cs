using System.Globalization;
using System.Text.RegularExpressions;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Security groups, as far as a check of UDP 4789 needs them.</summary>
public sealed partial class SecurityGroups
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Describing<SecurityGroup> _describing;

    internal SecurityGroups(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        Table = new(cloud, "security-group", "sg", ("vpc-id", group => [group.VpcId]));
        _describing = new(Table, FiltersOf(), ids => Ec2Errors.SecurityGroupNotFound(ids[0])) { IdFilter = "group-id" };
    }

    internal Table<SecurityGroup> Table { get; }

    /// <summary>Creates a group. A new group lets everything out and nothing in.</summary>
    public SecurityGroup Create(string name, string description, string? vpcId = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            if (!GroupText().IsMatch(name) || name.StartsWith("sg-", StringComparison.Ordinal))
                throw Ec2Errors.InvalidGroupText("name");
            if (!GroupText().IsMatch(description))
                throw Ec2Errors.InvalidGroupText("description");
            vpcId ??= _ec2.Networks.DefaultVpc.Id;
            _ = _ec2.Networks.VpcTable.Find(vpcId) ?? throw Ec2Errors.VpcNotFound(vpcId);
            if (Table.Where("vpc-id", vpcId).Exists(group => group.Name == name))
                throw Ec2Errors.DuplicateGroup(name, vpcId);
            return Table.Put(new SecurityGroup
            {
                Id = _cloud.Seeded.Id("sg"), Name = name, Description = description, VpcId = vpcId, Tags = TagRules.Checked(tags),
                Egress = [new("-1", null, null, "0.0.0.0/0")],
            });
        }
    }

    /// <summary>Adds rules; one that is there already is an error.</summary>
    public void Authorize(string groupId, IReadOnlyList<Permission> permissions, bool egress = false)
    {
        using (_cloud.Enter())
        {
            var group = Get(groupId);
            foreach (var permission in permissions.Select(Plain))
            {
                var rules = egress ? group.Egress : group.Ingress;
                if (rules.Any(rule => Same(rule, permission)))
                {
                    throw Ec2Errors.DuplicatePermission(
                        $"peer: {permission.CidrIp ?? permission.CidrIpv6 ?? permission.GroupId}, {permission.Protocol}, ALLOW");
                }

                group = egress ? group with { Egress = [.. rules, permission] } : group with { Ingress = [.. rules, permission] };
            }

            Table.Put(group);
        }
    }

    /// <summary>Removes rules; one that isn't there is an error.</summary>
    public void Revoke(string groupId, IReadOnlyList<Permission> permissions, bool egress = false)
    {
        using (_cloud.Enter())
        {
            var group = Get(groupId);
            foreach (var permission in permissions.Select(Plain))
            {
                var rules = egress ? group.Egress : group.Ingress;
                if (!rules.Any(rule => Same(rule, permission)))
                    throw Ec2Errors.PermissionNotFound();
                List<Permission> left = [.. rules.Where(rule => !Same(rule, permission))];
                group = egress ? group with { Egress = left } : group with { Ingress = left };
            }

            Table.Put(group);
        }
    }

    /// <summary>Deletes a group that no interface is in.</summary>
    public void Delete(string groupId)
    {
        using (_cloud.Enter())
        {
            var group = Get(groupId);
            if (group.Name == "default")
                throw new AwsException("CannotDelete", $"the specified group: \"{groupId}\" name: \"default\" cannot be deleted by a user");
            if (_ec2.NetworkInterfaces.Table.Current.IdsWhere("group-id", groupId).Count > 0)
                throw new AwsException("DependencyViolation", $"resource {groupId} has a dependent object");
            Table.Remove(groupId);
        }
    }

    /// <summary>Describes groups.</summary>
    public Page<SecurityGroup> Describe(Query query)
    {
        using (_cloud.Enter())
            return _describing.Page(query);
    }

    internal SecurityGroup Get(string id) => Table.Find(id) ?? throw Ec2Errors.SecurityGroupNotFound(id);

    /// <summary>A group by its name, which is taken for one of the default VPC.</summary>
    internal string IdOf(string name) => Table.Where("vpc-id", _ec2.Networks.DefaultVpc.Id).Find(group => group.Name == name)?.Id
        ?? throw Ec2Errors.SecurityGroupNameNotFound(name, _ec2.Networks.DefaultVpc.Id);

    internal SecurityGroup DefaultOf(string vpcId) => Table.Where("vpc-id", vpcId).First(group => group.Name == "default");

    internal void AddDefault(string vpcId)
    {
        var id = _cloud.Seeded.Id("sg");
        // "Default security groups": everything from the group itself, everything out.
        Table.Put(new SecurityGroup
        {
            Id = id, Name = "default", Description = "default VPC security group", VpcId = vpcId,
            Ingress = [new("-1", null, null, null, GroupId: id)], Egress = [new("-1", null, null, "0.0.0.0/0")],
        });
    }

    /// <summary>
    /// "Specifying -1 or a protocol number other than tcp, udp, icmp, or icmpv6 allows traffic on all ports, regardless of any port
    /// range you specify", and "for tcp, udp, and icmp, you must specify a port range" (EC2 API reference, IpPermission).
    /// </summary>
    private static Permission Plain(Permission permission) => permission.Protocol switch
    {
        "tcp" or "udp" or "icmp" when permission.FromPort is null || permission.ToPort is null => throw Ec2Errors.PortRangeRequired(),
        "tcp" or "udp" when permission.FromPort < 0 || permission.ToPort > 65535 || permission.FromPort > permission.ToPort =>
            throw Ec2Errors.InvalidPortRange(permission.FromPort.Value, permission.ToPort.Value),
        "tcp" or "udp" or "icmp" or "icmpv6" => permission,
        var other when other != "-1" && !byte.TryParse(other, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
            throw Ec2Errors.UnknownProtocol(other),
        _ => permission with { FromPort = null, ToPort = null },
    };

    private static bool Same(Permission first, Permission second) => first with { Description = null } == second with { Description = null };

    private FilterCatalogue<SecurityGroup> FiltersOf() => new FilterCatalogue<SecurityGroup>()
        .With("group-id", group => group.Id)
        .With("group-name", group => group.Name)
        .With("description", group => group.Description)
        .With("vpc-id", group => group.VpcId)
        .With("owner-id", _ => _cloud.Options.AccountId)
        .With("ip-permission.cidr", group => group.Ingress.Select(rule => rule.CidrIp))
        .With("ip-permission.ipv6-cidr", group => group.Ingress.Select(rule => rule.CidrIpv6))
        .With("ip-permission.group-id", group => group.Ingress.Select(rule => rule.GroupId))
        .With("ip-permission.protocol", group => group.Ingress.Select(rule => rule.Protocol))
        .With("ip-permission.from-port", group => group.Ingress.Select(rule => rule.FromPort?.ToString(CultureInfo.InvariantCulture)))
        .With("ip-permission.to-port", group => group.Ingress.Select(rule => rule.ToPort?.ToString(CultureInfo.InvariantCulture)))
        .With("egress.ip-permission.cidr", group => group.Egress.Select(rule => rule.CidrIp))
        .With("egress.ip-permission.ipv6-cidr", group => group.Egress.Select(rule => rule.CidrIpv6))
        .With("egress.ip-permission.group-id", group => group.Egress.Select(rule => rule.GroupId))
        .With("egress.ip-permission.protocol", group => group.Egress.Select(rule => rule.Protocol))
        .With("egress.ip-permission.from-port", group => group.Egress.Select(rule => rule.FromPort?.ToString(CultureInfo.InvariantCulture)))
        .With("egress.ip-permission.to-port", group => group.Egress.Select(rule => rule.ToPort?.ToString(CultureInfo.InvariantCulture)))
        .With("ip-permission.group-name", group => NamesOf(group.Ingress))
        .With("ip-permission.user-id", group => OwnersOf(group.Ingress))
        .With("egress.ip-permission.group-name", group => NamesOf(group.Egress))
        .With("egress.ip-permission.user-id", group => OwnersOf(group.Egress))
        .WithNothingFor("egress.ip-permission.prefix-list-id", "ip-permission.prefix-list-id");

    private IEnumerable<string?> NamesOf(IReadOnlyList<Permission> rules) =>
        rules.Select(rule => rule.GroupId is null ? null : Table.Find(rule.GroupId)?.Name);

    [GeneratedRegex(@"^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}$")]
    private static partial Regex GroupText();

    private IEnumerable<string?> OwnersOf(IReadOnlyList<Permission> rules) =>
        rules.Select(rule => rule.GroupId is null ? null : _cloud.Options.AccountId);
}
