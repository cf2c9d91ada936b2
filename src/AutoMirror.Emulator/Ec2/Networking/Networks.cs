using System.Net;
using System.Net.Sockets;
using AutoMirror.Emulator.Ec2.Sharing;
using AutoMirror.Emulator.Ec2.Tagging;
using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>VPCs, subnets, network ACLs and zones, as far as mirroring depends on them.</summary>
public sealed class Networks
{
    private readonly Cloud _cloud;
    private readonly Ec2Engine _ec2;
    private readonly Describing<Vpc> _vpcs;
    private readonly Describing<Subnet> _subnets;
    private readonly Describing<NetworkAcl> _acls;

    internal Networks(Cloud cloud, Ec2Engine ec2)
    {
        _cloud = cloud;
        _ec2 = ec2;
        VpcTable = new(cloud, "vpc", "vpc");
        SubnetTable = new(cloud, "subnet", "subnet", ("vpc-id", subnet => [subnet.VpcId]));
        AclTable = new(cloud, "network-acl", "acl", ("vpc-id", acl => [acl.VpcId]));
        _vpcs = new(VpcTable, NetworkFilters.ForVpcs(), Ec2Errors.VpcNotFound);
        _subnets = new(SubnetTable, NetworkFilters.ForSubnets(cloud, FreeAddresses), Ec2Errors.SubnetNotFound);
        _acls = new(AclTable, NetworkFilters.ForAcls(), Ec2Errors.NetworkAclNotFound);
        Zones = [.. "abc".Select((letter, i) => new Zone($"{cloud.Options.Region}{letter}", ZoneIds.Of(cloud.Options.Region, i + 1)))];
    }

    /// <summary>The Region's zones: three, unless a recorded account has others.</summary>
    public IReadOnlyList<Zone> Zones { get; private set; }

    internal Table<Vpc> VpcTable { get; }

    internal Table<Subnet> SubnetTable { get; }

    internal Table<NetworkAcl> AclTable { get; }

    /// <summary>The VPC that EC2 uses where a request names none.</summary>
    public Vpc DefaultVpc => VpcTable.Current.Values.FirstOrDefault(vpc => vpc.IsDefault) ?? throw Ec2Errors.NoDefaultVpc();

    /// <summary>Creates a VPC, with its default security group and network ACL.</summary>
    public Vpc CreateVpc(
        string cidrBlock, bool ipv6 = false, IReadOnlyDictionary<string, string>? tags = null, string instanceTenancy = "default")
    {
        using (_cloud.Enter())
            return AddVpc(_cloud.Options.AccountId, cidrBlock, ipv6, isDefault: false, tags, instanceTenancy);
    }

    /// <summary>Creates a subnet, which without an IPv4 range is IPv6-only.</summary>
    public Subnet CreateSubnet(
        string vpcId, string? cidrBlock, string? zone = null, string? ipv6CidrBlock = null,
        IReadOnlyDictionary<string, string>? tags = null)
    {
        using (_cloud.Enter())
        {
            var vpc = GetVpc(vpcId);
            _ec2.CheckOwner(vpc.OwnerId);
            if (cidrBlock is not null)
                CheckRange(vpc, cidrBlock);
            if (ipv6CidrBlock is not null
                && (!IPNetwork.TryParse(ipv6CidrBlock, out var block) || block.BaseAddress.AddressFamily != AddressFamily.InterNetworkV6))
            {
                throw Ec2Errors.InvalidParameterValue($"Value ({ipv6CidrBlock}) for parameter ipv6CidrBlock is invalid.");
            }

            return AddSubnet(vpc, cidrBlock, ipv6CidrBlock, FindZone(zone) ?? Zones[0], isDefault: false, tags);
        }
    }

    /// <summary>Sets whether instances in a subnet get a public IPv4 address unless they say otherwise.</summary>
    public void SetMapPublicIpOnLaunch(string subnetId, bool value)
    {
        using (_cloud.Enter())
        {
            var subnet = GetSubnet(subnetId);
            _ec2.CheckOwner(subnet.OwnerId);
            SubnetTable.Put(subnet with { MapPublicIpOnLaunch = value });
        }
    }

    /// <summary>Deletes a subnet without interfaces.</summary>
    public void DeleteSubnet(string id)
    {
        using (_cloud.Enter())
        {
            var subnet = GetSubnet(id);
            _ec2.CheckOwner(subnet.OwnerId);
            if (_ec2.NetworkInterfaces.Table.Where("subnet-id", id).Count > 0)
                throw Ec2Errors.DependencyViolation("subnet", id);
            SubnetTable.Remove(id);
            _ec2.RouteTables.Drop(subnet);
            foreach (var acl in AclTable.Where("vpc-id", subnet.VpcId))
                AclTable.Put(acl with { SubnetsByAssociation = acl.SubnetsByAssociation.Where(pair => pair.Value != id).ToDictionary() });
        }
    }

    /// <summary>Deletes a VPC that holds nothing but what came with it.</summary>
    public void DeleteVpc(string id)
    {
        using (_cloud.Enter())
        {
            var vpc = GetVpc(id);
            _ec2.CheckOwner(vpc.OwnerId);
            var groups = _ec2.SecurityGroups.Table.Where("vpc-id", id);
            if (SubnetTable.Where("vpc-id", id).Count > 0 || groups.Exists(group => group.Name != "default"))
                throw Ec2Errors.DependencyViolation("vpc", id);
            groups.ForEach(group => _ec2.SecurityGroups.Table.Remove(group.Id));
            AclTable.Where("vpc-id", id).ForEach(acl => AclTable.Remove(acl.Id));
            _ec2.RouteTables.Drop(vpc);
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
    public Page<Vpc> DescribeVpcs(Query query) => _vpcs.Page(query);

    /// <summary>Describes subnets.</summary>
    public Page<Subnet> DescribeSubnets(Query query) => _subnets.Page(query);

    /// <summary>Describes network ACLs.</summary>
    public Page<NetworkAcl> DescribeNetworkAcls(Query query) => _acls.Page(query);

    /// <summary>How many IPv4 addresses of a subnet are free; EC2 keeps five of each for itself ("Subnet sizing for IPv4").</summary>
    public int FreeAddresses(Subnet subnet) => subnet.CidrBlock is null
        ? 0
        : (1 << (32 - IPNetwork.Parse(subnet.CidrBlock).PrefixLength)) - 5 - _ec2.NetworkInterfaces.AddressesIn(subnet.Id);

    /// <summary>A zone of a recorded account, whose names belong to other ids than here.</summary>
    internal void AddZone(Zone zone) =>
        Zones = [.. Zones.Where(each => each.Name != zone.Name).Append(zone).OrderBy(each => each.Name, StringComparer.Ordinal)];

    internal Vpc GetVpc(string id) => VpcTable.Find(id) ?? throw Ec2Errors.VpcNotFound(id);

    internal Subnet GetSubnet(string id) => SubnetTable.Find(id) ?? throw Ec2Errors.SubnetNotFound(id);

    internal Zone? FindZone(string? nameOrId) => nameOrId is null
        ? null
        : Zones.FirstOrDefault(zone => zone.Name == nameOrId || zone.Id == nameOrId)
            ?? throw Ec2Errors.ZoneNotFound(nameOrId, Zones.Select(zone => zone.Name));

    /// <summary>"When we create a default VPC": 172.31.0.0/16 and a /20 default subnet with public addresses in each zone.</summary>
    internal void AddDefaultVpc()
    {
        using (_cloud.Enter())
        {
            var vpc = AddVpc(_cloud.Options.AccountId, "172.31.0.0/16", ipv6: false, isDefault: true, null, "default");
            foreach (var (i, zone) in Zones.Index())
                AddSubnet(vpc, $"172.31.{16 * i}.0/20", null, zone, isDefault: true, null);
        }
    }

    /// <summary>A subnet that another account shares, in a VPC of that account.</summary>
    internal Subnet AddShared(SharedSubnet shared)
    {
        var vpc = shared.VpcId is { } id
            ? GetVpc(id)
            : AddVpc(shared.OwnerId, shared.VpcCidrBlock, ipv6: false, isDefault: false, null, "default");
        if (vpc.OwnerId != shared.OwnerId)
            throw new ArgumentException($"{vpc.Id} belongs to {vpc.OwnerId}, not to {shared.OwnerId}.");
        CheckRange(vpc, shared.CidrBlock);
        return AddSubnet(vpc, shared.CidrBlock, null, FindZone(shared.Zone) ?? Zones[0], isDefault: false, null);
    }

    private void CheckRange(Vpc vpc, string cidrBlock)
    {
        if (!IPNetwork.TryParse(cidrBlock, out var range) || !IPNetwork.Parse(vpc.CidrBlock).Contains(range.BaseAddress))
            throw Ec2Errors.SubnetOutsideVpc(cidrBlock);
        if (SubnetTable.Where("vpc-id", vpc.Id).Exists(other => other.CidrBlock is { } taken && Overlap(IPNetwork.Parse(taken), range)))
            throw Ec2Errors.SubnetConflict(cidrBlock);

        static bool Overlap(IPNetwork first, IPNetwork second) =>
            first.Contains(second.BaseAddress) || second.Contains(first.BaseAddress);
    }

    private Vpc AddVpc(
        string ownerId, string cidrBlock, bool ipv6, bool isDefault, IReadOnlyDictionary<string, string>? tags, string instanceTenancy)
    {
        if (!IPNetwork.TryParse(cidrBlock, out var range) || range.PrefixLength is < 16 or > 28)
            throw Ec2Errors.InvalidVpcRange(cidrBlock);
        var random = _cloud.Seeded.Addresses;
        var id = _cloud.Seeded.Id("vpc");
        var vpc = VpcTable.Put(new Vpc
        {
            Id = id, OwnerId = ownerId, CidrBlock = cidrBlock, IsDefault = isDefault, InstanceTenancy = instanceTenancy,
            Tags = TagRules.Checked(tags),
            Ipv6CidrBlock = ipv6 ? $"2600:1f18:{random.Next(0x1000, 0xffff):x4}:{random.Next(0x10, 0xff):x2}00::/56" : null,
        });
        if (ownerId == _cloud.Options.AccountId)
            _ec2.SecurityGroups.AddDefault(id);
        _ec2.RouteTables.AddMain(vpc);
        AclTable.Put(new NetworkAcl
        {
            Id = _cloud.Seeded.Id("acl"), VpcId = id, OwnerId = ownerId, IsDefault = true, Entries = NetworkAclEntry.OfDefaultAcl(ipv6),
        });
        return vpc;
    }

    private Subnet AddSubnet(Vpc vpc, string? cidrBlock, string? ipv6, Zone zone, bool isDefault, IReadOnlyDictionary<string, string>? tags)
    {
        var subnet = SubnetTable.Put(new Subnet
        {
            Id = _cloud.Seeded.Id("subnet"), VpcId = vpc.Id, OwnerId = vpc.OwnerId, Zone = zone, CidrBlock = cidrBlock,
            Ipv6Native = cidrBlock is null,
            Ipv6CidrBlock = ipv6, DefaultForAz = isDefault, MapPublicIpOnLaunch = isDefault, Tags = TagRules.Checked(tags),
        });
        var acl = AclTable.Where("vpc-id", vpc.Id).First(acl => acl.IsDefault);
        AclTable.Put(acl with
        {
            SubnetsByAssociation = new Dictionary<string, string>(acl.SubnetsByAssociation) { [_cloud.Seeded.Id("aclassoc")] = subnet.Id },
        });
        return subnet;
    }
}
