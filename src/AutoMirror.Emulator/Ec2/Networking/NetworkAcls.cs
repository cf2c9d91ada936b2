using System.Globalization;
using System.Net;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>What can be done to network ACLs ("Work with network ACLs").</summary>
public sealed class NetworkAcls
{
    private const int HighestRuleNumber = 32766;
    private const int HighestPort = 65535;

    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;

    internal NetworkAcls(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
    }

    private Table<NetworkAcl> Table => _ec2.Networks.AclTable;

    /// <summary>Creates an ACL that denies everything and guards no subnet.</summary>
    public NetworkAcl Create(string vpcId, IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            var vpc = _ec2.Networks.GetVpc(vpcId);
            _ec2.CheckOwner(vpc.OwnerId);
            return Table.Put(new NetworkAcl
            {
                Id = _cloud.Seeded.SideId("acl"), VpcId = vpcId, OwnerId = vpc.OwnerId, Tags = TagRules.Checked(tags),
                Entries = NetworkAclEntry.LastOf(vpc.Ipv6CidrBlock is not null),
            });
        }
    }

    /// <summary>Deletes an ACL that guards no subnet. A VPC keeps its default ACL.</summary>
    public void Delete(string id)
    {
        using (_cloud.Enter())
        {
            var acl = GetOwn(id);
            if (acl.IsDefault)
                throw Ec2Errors.InvalidParameterValue($"cannot delete default network ACL {id}");
            if (acl.SubnetsByAssociation.Count > 0)
                throw Ec2Errors.DependencyViolation("networkAcl", id);
            Table.Remove(id);
        }
    }

    /// <summary>Adds an entry; another one of that number and direction is an error.</summary>
    public void AddEntry(string id, NetworkAclEntry entry)
    {
        using (_cloud.Enter())
        {
            var acl = GetOwn(id);
            Check(entry);
            if (acl.Entries.Any(other => IsAt(other, entry.RuleNumber, entry.Egress)))
                throw Ec2Errors.NetworkAclEntryExists(entry.RuleNumber);
            var entries = acl.Entries.Append(entry).OrderByDescending(each => each.Egress).ThenBy(each => each.RuleNumber);
            Table.Put(acl with { Entries = [.. entries] });
        }
    }

    /// <summary>Puts another entry in the place of one.</summary>
    public void ReplaceEntry(string id, NetworkAclEntry entry)
    {
        using (_cloud.Enter())
        {
            Check(entry);
            DeleteEntry(id, entry.RuleNumber, entry.Egress);
            AddEntry(id, entry);
        }
    }

    /// <summary>Deletes an entry.</summary>
    public void DeleteEntry(string id, int ruleNumber, bool isEgress)
    {
        using (_cloud.Enter())
        {
            var acl = GetOwn(id);
            Ranges.Check("ruleNumber", ruleNumber, 1, HighestRuleNumber);
            if (!acl.Entries.Any(entry => IsAt(entry, ruleNumber, isEgress)))
                throw Ec2Errors.NetworkAclEntryNotFound(ruleNumber, id);
            Table.Put(acl with { Entries = [.. acl.Entries.Where(entry => !IsAt(entry, ruleNumber, isEgress))] });
        }
    }

    /// <summary>Has another ACL guard the subnet of an association, which gets another id.</summary>
    public string ReplaceAssociation(string associationId, string id)
    {
        using (_cloud.Enter())
        {
            var before = Table.Current.Values.FirstOrDefault(each => each.SubnetsByAssociation.ContainsKey(associationId))
                ?? throw Ec2Errors.NetworkAclAssociationNotFound(associationId);
            var subnet = before.SubnetsByAssociation[associationId];
            if (GetOwn(id).VpcId != before.VpcId)
                throw Ec2Errors.InvalidParameterValue($"network ACL {id} and subnet {subnet} belong to different networks");
            Table.Put(before with
            {
                SubnetsByAssociation = before.SubnetsByAssociation.Where(pair => pair.Key != associationId).ToDictionary(),
            });
            var (after, association) = (Get(id), _cloud.Seeded.SideId("aclassoc"));
            Table.Put(after with
            {
                SubnetsByAssociation = new Dictionary<string, string>(after.SubnetsByAssociation) { [association] = subnet },
            });
            return association;
        }
    }

    private NetworkAcl Get(string id) => Table.Find(id) ?? throw Ec2Errors.NetworkAclNotFound(id);

    /// <summary>Only a VPC's owner changes its ACLs.</summary>
    private NetworkAcl GetOwn(string id)
    {
        var acl = Get(id);
        _ec2.CheckOwner(acl.OwnerId);
        return acl;
    }

    private static bool IsAt(NetworkAclEntry entry, int number, bool isEgress) => entry.RuleNumber == number && entry.Egress == isEgress;

    private static void Check(NetworkAclEntry entry)
    {
        Ranges.Check("ruleNumber", entry.RuleNumber, 1, HighestRuleNumber);
        if (!IPNetwork.TryParse(entry.CidrBlock, out _))
            throw Ec2Errors.InvalidParameterValue($"Invalid value '{entry.CidrBlock}' for cidrBlock.");
        if (entry.Protocol != "-1" && !byte.TryParse(entry.Protocol, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw Ec2Errors.InvalidParameterValue($"Invalid value '{entry.Protocol}' for protocol.");
        if (entry.Protocol is "6" or "17" && entry.Ports is null)
            throw Ec2Errors.MissingParameter("portRange");
        Ranges.Check("portRange.from", entry.Ports?.From, 0, HighestPort);
        Ranges.Check("portRange.to", entry.Ports?.To, entry.Ports?.From ?? 0, HighestPort);
        if (entry.Protocol is "1" or "58" && entry.Icmp is null)
            throw Ec2Errors.MissingParameter("icmpTypeCode");
    }
}
