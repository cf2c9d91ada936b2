using AutoMirror.Emulator.State;

namespace AutoMirror.Emulator.Ec2.Networking;

/// <summary>An Availability Zone.</summary>
public sealed record Zone(string Name, string Id);

/// <summary>A zone as filters see it.</summary>
internal sealed record ZoneRow : Resource
{
    public required Zone Zone { get; init; }

    public static string Group(Cloud cloud) => $"{cloud.Options.Region}-zg-1";
}

/// <summary>A VPC.</summary>
public sealed record Vpc : Resource
{
    /// <summary>Its primary IPv4 range.</summary>
    public required string CidrBlock { get; init; }

    /// <summary>Its IPv6 range, where it has one.</summary>
    public string? Ipv6CidrBlock { get; init; }

    /// <summary>Whether it is the Region's default VPC.</summary>
    public bool IsDefault { get; init; }

    /// <summary>What instances run on unless they say otherwise: <c>default</c> or <c>dedicated</c>.</summary>
    public string InstanceTenancy { get; init; } = "default";

    internal string CidrAssociationId => Id.Replace("vpc-", "vpc-cidr-assoc-", StringComparison.Ordinal);

    internal string? Ipv6CidrAssociationId => Ipv6CidrBlock is null ? null
        : Id.Replace("vpc-0", "vpc-cidr-assoc-6", StringComparison.Ordinal);
}

/// <summary>A subnet.</summary>
public sealed record Subnet : Resource
{
    /// <summary>The VPC that it is part of.</summary>
    public required string VpcId { get; init; }

    /// <summary>The zone that it lies in.</summary>
    public required Zone Zone { get; init; }

    /// <summary>Its IPv4 range; null when it is IPv6-only.</summary>
    public string? CidrBlock { get; init; }

    /// <summary>Its IPv6 range, where it has one.</summary>
    public string? Ipv6CidrBlock { get; init; }

    /// <summary>Whether it is IPv6-only.</summary>
    public bool Ipv6Native { get; init; }

    /// <summary>Whether it is its zone's default subnet.</summary>
    public bool DefaultForAz { get; init; }

    internal string? Ipv6CidrAssociationId => Ipv6CidrBlock is null ? null
        : Id.Replace("subnet-", "subnet-cidr-assoc-", StringComparison.Ordinal);

    /// <summary>Whether instances get a public IPv4 address unless they say otherwise.</summary>
    public bool MapPublicIpOnLaunch { get; init; }
}

/// <summary>A network ACL.</summary>
public sealed record NetworkAcl : Resource
{
    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>Whether it is the VPC's default.</summary>
    public bool IsDefault { get; init; }

    /// <summary>The subnets that it guards, by the association's id.</summary>
    public IReadOnlyDictionary<string, string> SubnetsByAssociation { get; init; } = new Dictionary<string, string>();

    /// <summary>Its entries.</summary>
    public IReadOnlyList<NetworkAclEntry> Entries { get; init; } = [];
}

/// <summary>An entry of a network ACL.</summary>
public sealed record NetworkAclEntry(
    int RuleNumber, string Protocol, bool Allow, bool Egress, string CidrBlock, (int From, int To)? Ports = null);

/// <summary>A security group.</summary>
public sealed record SecurityGroup : Resource
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its description.</summary>
    public required string Description { get; init; }

    /// <summary>Its VPC.</summary>
    public required string VpcId { get; init; }

    /// <summary>What may come in.</summary>
    public IReadOnlyList<Permission> Ingress { get; init; } = [];

    /// <summary>What may go out.</summary>
    public IReadOnlyList<Permission> Egress { get; init; } = [];
}

/// <summary>One rule of a security group: a protocol ("-1" is all), ports, and one peer: a range or a group.</summary>
public sealed record Permission(
    string Protocol, int? FromPort, int? ToPort, string? CidrIp, string? CidrIpv6 = null, string? GroupId = null,
        string? Description = null);
