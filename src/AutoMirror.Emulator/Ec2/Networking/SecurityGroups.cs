using System.Text.RegularExpressions;
using AutoMirror.Emulator.Ec2.Tagging;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>Security groups, as far as a check of UDP 4789 needs them.</summary>
public sealed partial class SecurityGroups : ResourceKind<SecurityGroup>
{
    private const string Default = "default";

    internal SecurityGroups(Cloud cloud, Ec2Engine ec2) : base(
        cloud, ec2,
        new(
            new(cloud, "security-group", "sg", ("vpc-id", group => [group.VpcId])), SecurityGroupFilters.For(ec2),
            Ec2Errors.SecurityGroupNotFound)
        {
            IdFilter = "group-id",
        })
    {
    }

    /// <summary>Creates a group. A new group lets everything out and nothing in.</summary>
    public SecurityGroup Create(string name, string description, string? vpcId = null, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (Cloud.Enter())
        {
            if (!GroupText().IsMatch(name) || name.StartsWith("sg-", StringComparison.Ordinal))
                throw Ec2Errors.InvalidGroupText("name");
            if (!GroupText().IsMatch(description))
                throw Ec2Errors.InvalidGroupText("description");
            var vpc = vpcId is null ? Ec2.Networks.DefaultVpc : Ec2.Networks.GetVpc(vpcId);
            if (Table.Where("vpc-id", vpc.Id).Exists(group => group.Name == name))
                throw Ec2Errors.DuplicateGroup(name, vpc.Id);
            return Table.Put(new SecurityGroup
            {
                Id = Cloud.Seeded.Id("sg"), Name = name, Description = description, VpcId = vpc.Id,
                OwnerId = Cloud.Options.AccountId, Tags = TagRules.Checked(tags),
                Egress = [Permission.Everywhere],
            });
        }
    }

    /// <summary>Adds rules; a rule that the group has already is an error.</summary>
    public void Authorize(string groupId, IReadOnlyList<Permission> permissions, bool egress = false) =>
        Change(groupId, permissions, egress, (rules, added) =>
            rules.Any(added.IsSame) ? throw Ec2Errors.DuplicatePermission(added.Peer, added.Protocol) : [.. rules, added]);

    /// <summary>Removes rules; a rule that the group does not have is an error.</summary>
    public void Revoke(string groupId, IReadOnlyList<Permission> permissions, bool egress = false) =>
        Change(groupId, permissions, egress, (rules, removed) =>
            rules.Any(removed.IsSame) ? [.. rules.Where(rule => !removed.IsSame(rule))] : throw Ec2Errors.PermissionNotFound());

    /// <summary>Deletes a group that no interface is in; EC2 never deletes a VPC's default group by itself.</summary>
    public void Delete(string groupId)
    {
        using (Cloud.Enter())
        {
            if (GetOwn(groupId).Name == Default)
                throw Ec2Errors.CannotDeleteDefaultGroup(groupId);
            if (Ec2.NetworkInterfaces.Table.Current.IdsWhere("group-id", groupId).Count > 0)
                throw Ec2Errors.GroupInUse(groupId);
            Table.Remove(groupId);
        }
    }

    /// <summary>A group by name, which EC2 looks for in the default VPC.</summary>
    internal string IdOf(string name) => Table.Where("vpc-id", Ec2.Networks.DefaultVpc.Id).Find(group => group.Name == name)?.Id
        ?? throw Ec2Errors.SecurityGroupNameNotFound(name, Ec2.Networks.DefaultVpc.Id);

    /// <summary>A group's name; null for no group, or for one that does not exist any more.</summary>
    internal string? NameOf(string? groupId) => groupId is null ? null : Table.Find(groupId)?.Name;

    /// <summary>A group's owner, which a group that does not exist any more had in this account; null for no group.</summary>
    internal string? OwnerOf(string? groupId) => groupId is null ? null : Table.Find(groupId)?.OwnerId ?? Cloud.Options.AccountId;

    /// <summary>
    /// A VPC's default group: "participants can't launch instances using" that of a shared VPC "because it belongs to the owner".
    /// </summary>
    internal SecurityGroup DefaultOf(string vpcId) => Table.Where("vpc-id", vpcId).Find(group => group.Name == Default)
        ?? throw Ec2Errors.NoAccessToDefaultGroup(vpcId);

    /// <summary>
    /// A group that the account may change and use: "VPC owners can't launch instances using security groups created by participants."
    /// </summary>
    internal SecurityGroup GetOwn(string id)
    {
        var group = Get(id);
        Ec2.CheckOwner(group.OwnerId);
        return group;
    }

    /// <summary>The group that a participant uses in a VPC of this account.</summary>
    internal SecurityGroup OfParticipant(string ownerId, string vpcId) =>
        Table.Where("vpc-id", vpcId).Find(group => group.OwnerId == ownerId) ?? Table.Put(new SecurityGroup
        {
            Id = Cloud.Seeded.Id("sg"), Name = $"participant-{ownerId}", Description = "of a participant", VpcId = vpcId, OwnerId = ownerId,
            Egress = [Permission.Everywhere],
        });

    internal void AddDefault(string vpcId)
    {
        var id = Cloud.Seeded.Id("sg");
        // "Default security groups": everything from the group itself, everything out.
        Table.Put(new SecurityGroup
        {
            Id = id, Name = Default, Description = "default VPC security group", VpcId = vpcId, OwnerId = Cloud.Options.AccountId,
            Ingress = [new("-1", null, null, null, GroupId: id)], Egress = [Permission.Everywhere],
        });
    }

    private void Change(
        string groupId, IReadOnlyList<Permission> permissions, bool egress,
        Func<IReadOnlyList<Permission>, Permission, IReadOnlyList<Permission>> change)
    {
        using (Cloud.Enter())
        {
            var group = GetOwn(groupId);
            foreach (var permission in permissions.Select(permission => permission.Checked()))
            {
                group = egress
                    ? group with { Egress = change(group.Egress, permission) }
                    : group with { Ingress = change(group.Ingress, permission) };
            }

            Table.Put(group);
        }
    }

    [GeneratedRegex(@"^[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{1,255}$")]
    private static partial Regex GroupText();
}
