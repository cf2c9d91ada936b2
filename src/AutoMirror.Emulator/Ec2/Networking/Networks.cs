using System.Net;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>VPCs, subnets, network ACLs and zones, as far as mirroring depends on them.</summary>
public sealed class Networks
{
    private readonly Cloud _cloud;
    private readonly Describing<Vpc> _vpcs;
    private readonly Describing<Subnet> _subnets;
    private readonly Describing<NetworkAcl> _acls;
    private Ec2Engine? _ec2;

    internal Networks(Cloud cloud)
    {
        _cloud = cloud;
        VpcTable = new(cloud, "vpc", "vpc");
        SubnetTable = new(cloud, "subnet", "subnet", ("vpc-id", subnet => [subnet.VpcId]));
        AclTable = new(cloud, "network-acl", "acl", ("vpc-id", acl => [acl.VpcId]));
        _vpcs = new(VpcTable, NetworkFilters.ForVpcs(cloud), ids => Ec2Errors.VpcNotFound(ids[0])) { IdFilter = "vpc-id" };
        _subnets = new(SubnetTable, NetworkFilters.ForSubnets(cloud, FreeAddresses), ids =>
            Ec2Errors.SubnetNotFound(ids[0]))
        { IdFilter = "subnet-id" };
        _acls = new(AclTable, NetworkFilters.ForAcls(cloud), ids => Ec2Errors.NetworkAclNotFound(ids[0])) { IdFilter = "network-acl-id" };
        Zones = [.. "abc".Select(
            (letter, i) => new Zone($"{cloud.Options.Region}{letter}", $"{ZoneIds.Prefix(cloud.Options.Region)}-az{i + 1}"))];
    }

    /// <summary>The Region's zones.</summary>
    public IReadOnlyList<Zone> Zones { get; }

    internal Table<Vpc> VpcTable { get; }

    internal Table<Subnet> SubnetTable { get; }

    internal Table<NetworkAcl> AclTable { get; }

    /// <summary>The default VPC.</summary>
    public Vpc DefaultVpc => VpcTable.Current.Values.First(vpc => vpc.IsDefault);

    /// <summary>Creates a VPC, with its default security group and network ACL.</summary>
    public Vpc CreateVpc(
        string cidrBlock, bool ipv6 = false, IReadOnlyDictionary<string, string>? tags = null, string instanceTenancy = "default")
    {
        using (_cloud.Enter())
            return AddVpc(cidrBlock, ipv6, false, tags, instanceTenancy);
    }

    /// <summary>Creates a subnet. Without an IPv4 range it is IPv6-only.</summary>
    public Subnet CreateSubnet(
        string vpcId, string? cidrBlock, string? zone = null, string? ipv6CidrBlock = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            var vpc = VpcTable.Find(vpcId) ?? throw Ec2Errors.VpcNotFound(vpcId);
            if (cidrBlock is not null)
            {
                if (!IPNetwork.TryParse(cidrBlock, out var range) || !IPNetwork.Parse(vpc.CidrBlock).Contains(range.BaseAddress))
                    throw Ec2Errors.SubnetOutsideVpc(cidrBlock);
                if (SubnetTable.Where("vpc-id", vpcId)
                    .Exists(other => other.CidrBlock is { } taken && Overlap(IPNetwork.Parse(taken), range)))
                {
                    throw Ec2Errors.SubnetConflict(cidrBlock);
                }
            }

            if (ipv6CidrBlock is not null && (!IPNetwork.TryParse(ipv6CidrBlock, out var block)
                || block.BaseAddress.AddressFamily != System.Net.Sockets.AddressFamily.InterNetworkV6))
            {
                throw Ec2Errors.InvalidParameterValue($"Value ({ipv6CidrBlock}) for parameter ipv6CidrBlock is invalid.");
            }

            return AddSubnet(vpc, cidrBlock, ipv6CidrBlock, FindZone(zone) ?? Zones[0], false, tags);
        }
    }

    /// <summary>Sets what MapPublicIpOnLaunch says of a subnet.</summary>
    public void SetMapPublicIpOnLaunch(string subnetId, bool value)
    {
        using (_cloud.Enter())
            SubnetTable.Put((SubnetTable.Find(subnetId) ?? throw Ec2Errors.SubnetNotFound(subnetId)) with { MapPublicIpOnLaunch = value });
    }

    /// <summary>Deletes a subnet in which there is nothing any more.</summary>
    public void DeleteSubnet(string id)
    {
        using (_cloud.Enter())
        {
            var subnet = SubnetTable.Find(id) ?? throw Ec2Errors.SubnetNotFound(id);
            if (_ec2!.NetworkInterfaces.Table.Where("subnet-id", id).Count > 0)
                throw Ec2Errors.DependencyViolation("subnet", id);
            SubnetTable.Remove(id);
            foreach (var acl in AclTable.Where("vpc-id", subnet.VpcId))
                AclTable.Put(acl with { SubnetsByAssociation = acl.SubnetsByAssociation.Where(pair => pair.Value != id).ToDictionary() });
        }
    }

    /// <summary>Deletes a VPC in which there is nothing but what came with it.</summary>
    public void DeleteVpc(string id)
    {
        using (_cloud.Enter())
        {
            _ = VpcTable.Find(id) ?? throw Ec2Errors.VpcNotFound(id);
            var groups = _ec2!.SecurityGroups.Table.Where("vpc-id", id);
            if (SubnetTable.Where("vpc-id", id).Count > 0 || groups.Exists(group => group.Name != "default"))
                throw Ec2Errors.DependencyViolation("vpc", id);
            groups.ForEach(group => _ec2.SecurityGroups.Table.Remove(group.Id));
            AclTable.Where("vpc-id", id).ForEach(acl => AclTable.Remove(acl.Id));
            VpcTable.Remove(id);
        }
    }

    /// <summary>Replaces the entries of a network ACL.</summary>
    public void SetAclEntries(string aclId, IReadOnlyList<NetworkAclEntry> entries)
    {
        using (_cloud.Enter())
            AclTable.Put((AclTable.Find(aclId) ?? throw Ec2Errors.NetworkAclNotFound(aclId)) with { Entries = entries });
    }

    /// <summary>Describes VPCs.</summary>
    public Page<Vpc> DescribeVpcs(Query query)
    {
        using (_cloud.Enter())
            return _vpcs.Page(query);
    }

    /// <summary>Describes subnets.</summary>
    public Page<Subnet> DescribeSubnets(Query query)
    {
        using (_cloud.Enter())
            return _subnets.Page(query);
    }

    /// <summary>Describes network ACLs.</summary>
    public Page<NetworkAcl> DescribeNetworkAcls(Query query)
    {
        using (_cloud.Enter())
            return _acls.Page(query);
    }

    /// <summary>How many IPv4 addresses of a subnet are free; EC2 keeps five of each for itself ("Subnet sizing for IPv4").</summary>
    public int FreeAddresses(Subnet subnet) => subnet.CidrBlock is null
        ? 0
        : (1 << (32 - IPNetwork.Parse(subnet.CidrBlock).PrefixLength)) - 5 - _ec2!.NetworkInterfaces.AddressesIn(subnet.Id);

    internal Zone? FindZone(string? nameOrId) => nameOrId is null
        ? null
        : Zones.FirstOrDefault(zone => zone.Name == nameOrId || zone.Id == nameOrId)
            ?? throw Ec2Errors.InvalidParameterValue(
                $"Value ({nameOrId}) for parameter availabilityZone is invalid. Subnets can currently only be created in the "
                    + $"following availability zones: {string.Join(", ", Zones.Select(zone => zone.Name))}.");

    /// <summary>"When we create a default VPC": 172.31.0.0/16 and a /20 default subnet with public addresses in each zone.</summary>
    internal void Furnish(Ec2Engine engine)
    {
        _ec2 = engine;
        using (_cloud.Enter())
        {
            var vpc = AddVpc("172.31.0.0/16", false, true, null, "default");
            foreach (var (i, zone) in Zones.Index())
                AddSubnet(vpc, $"172.31.{16 * i}.0/20", null, zone, true, null);
        }
    }

    private Vpc AddVpc(string cidrBlock, bool ipv6, bool isDefault, IReadOnlyDictionary<string, string>? tags, string instanceTenancy)
    {
        if (!IPNetwork.TryParse(cidrBlock, out var range) || range.PrefixLength is < 16 or > 28)
            throw new AwsException("InvalidVpc.Range", $"The CIDR '{cidrBlock}' is invalid.");
        var random = _cloud.Seeded.Addresses;
        var id = _cloud.Seeded.Id("vpc");
        var vpc = VpcTable.Put(new Vpc
        {
            Id = id, CidrBlock = cidrBlock, IsDefault = isDefault, InstanceTenancy = instanceTenancy, Tags = TagRules.Checked(tags),
            Ipv6CidrBlock = ipv6 ? $"2600:1f18:{random.Next(0x1000, 0xffff):x4}:{random.Next(0x10, 0xff):x2}00::/56" : null,
        });
        _ec2!.SecurityGroups.AddDefault(id);
        AclTable.Put(new NetworkAcl
        {
            Id = _cloud.Seeded.Id("acl"), VpcId = id, IsDefault = true,
            // "Default network ACL": all in and out, then the entry that can't be removed.
            Entries =
            [
                new(100, "-1", true, true, "0.0.0.0/0"), new(32767, "-1", false, true, "0.0.0.0/0"),
                new(100, "-1", true, false, "0.0.0.0/0"), new(32767, "-1", false, false, "0.0.0.0/0"),
            ],
        });
        return vpc;
    }

    private Subnet AddSubnet(Vpc vpc, string? cidrBlock, string? ipv6, Zone zone, bool isDefault, IReadOnlyDictionary<string, string>? tags)
    {
        var subnet = SubnetTable.Put(new Subnet
        {
            Id = _cloud.Seeded.Id("subnet"), VpcId = vpc.Id, Zone = zone, CidrBlock = cidrBlock, Ipv6Native = cidrBlock is null,
            Ipv6CidrBlock = ipv6, DefaultForAz = isDefault, MapPublicIpOnLaunch = isDefault, Tags = TagRules.Checked(tags),
        });
        var acl = AclTable.Where("vpc-id", vpc.Id).First(acl => acl.IsDefault);
        AclTable.Put(acl with
        {
            SubnetsByAssociation = new Dictionary<string, string>(acl.SubnetsByAssociation) { [_cloud.Seeded.Id("aclassoc")] = subnet.Id },
        });
        return subnet;
    }

    private static bool Overlap(IPNetwork first, IPNetwork second) => first.Contains(second.BaseAddress) || second.Contains(first.BaseAddress);
}
